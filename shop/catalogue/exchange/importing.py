"""An import from its file to its end: looked at first, then written whole or not at all."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from shop.catalogue.exchange import cells
from shop.catalogue.exchange.gathering import WantedProduct, gathered
from shop.catalogue.exchange.making import make
from shop.catalogue.exchange.plan import Change, Manner, Plan
from shop.catalogue.exchange.planning import planned
from shop.catalogue.exchange.reading import Problem, sheet
from shop.catalogue.exchange.stock_taking import Shelves, shelves
from shop.catalogue.exchange.writing import write
from shop.database import repeatable, transaction
from shop.errors import Overtaken

# A decoded photo takes a hundred megabytes.
AT_ONCE = 2
Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Outcome:
    """`rows` and `products` are what the file has; with problems nothing is changed."""

    rows: int
    products: int
    changes: tuple[Change, ...]
    notes: tuple[str, ...]
    problems: tuple[Problem, ...]


async def look(content: bytes, manner: Manner, progress: Progress) -> Outcome:
    """What the file would change."""
    here = await shelves()
    wanted, problems = _wanted(content, manner, here, progress)
    if problems:
        return _outcome(wanted, None, problems)
    return _outcome(wanted, planned(wanted, here, manner), [])


async def bring_in(content: bytes, manner: Manner, actor: str, why: str, progress: Progress) -> Outcome:
    """Pictures are made first: a row without its picture would be seen, a file without its row is not."""
    here = await shelves()
    wanted, problems = _wanted(content, manner, here, progress)
    if problems:
        return _outcome(wanted, None, problems)
    plan = planned(wanted, here, manner)
    made: dict[str, dict[str, Any]] = {}
    if not plan.problems:
        made = _make(plan, manner, progress)
    if not plan.problems and plan.changes:
        progress("Writing ...")
        plan = await _write(wanted, manner, made, actor, why)
    return _outcome(wanted, plan, [])


@repeatable
async def _write(
    wanted: list[WantedProduct], manner: Manner, made: dict[str, dict[str, Any]], actor: str, why: str
) -> Plan:
    """Planned again on what the shop has now, which nobody changes until it is written."""
    async with transaction():
        plan = planned(wanted, await shelves(), manner)
        if plan.sources() - made.keys():
            raise Overtaken
        if not plan.problems:
            await write(plan, made, actor, why)
        return plan


def _wanted(
    content: bytes, manner: Manner, here: Shelves, progress: Progress
) -> tuple[list[WantedProduct], list[Problem]]:
    told = sheet(content)
    if isinstance(told, list):
        return [], told
    progress(f"Read {len(told.rows)} rows ...")
    products = {row["id"]: (slug, cells.tidy(row["title"])) for slug, row in here.products.items()}
    homes = {sku: products[row["product"]] for sku, row in here.variants.items()}
    return gathered(told, manner.currency, homes)


def _make(plan: Plan, manner: Manner, progress: Progress) -> dict[str, dict[str, Any]]:
    """One file that proves broken only now is a problem like any other."""
    todo: dict[str, Path] = {}
    names = {}
    for gallery in plan.galleries.values():
        for hung in gallery:
            file = manner.folder.find(hung.name) if hung.known is None else None
            if file is not None:
                todo[hung.source], names[hung.source] = file, hung.name
    made: dict[str, dict[str, Any]] = {}
    with ThreadPoolExecutor(AT_ONCE) as workers:
        results = {source: workers.submit(make, file) for source, file in todo.items()}
        for number, (source, result) in enumerate(results.items(), 1):
            progress(f"Picture {number} of {len(results)}: {names[source]}")
            try:
                made[source] = result.result()
            except (OSError, ValueError, SyntaxError) as problem:
                plan.bad(0, "pictures", f"{names[source]} is broken: {problem}.")
    return made


def _outcome(wanted: list[WantedProduct], plan: Plan | None, problems: list[Problem]) -> Outcome:
    told = sorted([*problems, *(plan.problems if plan else [])], key=lambda one: (one.row, one.column))
    return Outcome(
        rows=sum(len(product.variants) for product in wanted),
        products=len(wanted),
        changes=tuple(plan.changes.values()) if plan else (),
        notes=tuple(plan.notes) if plan else (),
        problems=tuple(told),
    )
