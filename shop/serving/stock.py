"""`python -m shop stock …`."""

import re
from argparse import Namespace
from typing import Any

from shop.catalogue import counting
from shop.catalogue.counting import MOST, Counted
from shop.catalogue.product import full_title
from shop.catalogue.tables import StockMovement, Variant
from shop.environment import BadSetting
from shop.errors import NotFound, Promised
from shop.serving.commands.carrying_out import actor
from shop.serving.commands.kinds import Answer, Refused
from shop.web.forms import whole_number


async def count(chosen: Namespace) -> Answer:
    pieces = whole_number(chosen.n, 0, MOST)
    if pieces is None:
        raise BadSetting(f"N must be a whole number from 0 to {MOST}, not {chosen.n!r}.")
    try:
        return _told(await counting.count(chosen.sku, pieces, actor(chosen), _why(chosen)))
    except (NotFound, Promised) as problem:
        raise Refused(_sentence(chosen.sku, problem)) from None


async def add(chosen: Namespace) -> Answer:
    if not re.fullmatch(r"[+-]?[0-9]{1,10}", chosen.n):
        raise BadSetting(f"N must be a whole number such as 24 or -2, not {chosen.n!r}.")
    try:
        return _told(await counting.add(chosen.sku, int(chosen.n), actor(chosen), _why(chosen)))
    except (NotFound, Promised) as problem:
        raise Refused(_sentence(chosen.sku, problem)) from None


async def show(chosen: Namespace) -> Answer:
    if chosen.sku is not None:
        return await _counts(chosen.sku)
    below = MOST if chosen.below is None else whole_number(chosen.below, 0, MOST)
    if below is None:
        raise BadSetting(f"--below must be a whole number, not {chosen.below!r}.")
    rows = await Variant.select(
        *Variant.all_columns(), Variant.product.title, Variant.product.retired_at
    ).order_by(Variant.product.position, Variant.product.id, Variant.position, Variant.id)
    kept = [_row(row) for row in rows]
    kept = [row for row in kept if chosen.below is None or (row["free"] < below and not row["retired"])]
    lines = [f"{'on hand':>9} {'promised':>9} {'free':>9}  SKU"]
    lines += [
        f"{row['on_hand']:>9} {row['reserved']:>9} {row['free']:>9}  {row['sku']}  {row['title']}"
        f"{' (not sold any more)' if row['retired'] else ''}"
        for row in kept
    ]
    return Answer({"stock": kept}, tuple(lines) if kept else ("There is nothing to list.",))


async def _counts(sku: str) -> Answer:
    if not await Variant.exists().where(Variant.sku == sku):
        raise Refused(_sentence(sku, NotFound()))
    columns = (
        StockMovement.at, StockMovement.change, StockMovement.on_hand, StockMovement.actor, StockMovement.why,
    )  # fmt: skip
    rows = await (
        StockMovement.select(*columns)
        .where(StockMovement.variant.sku == sku)
        .order_by(StockMovement.id, ascending=False)
    )
    lines = [
        f"{row['at']:%Y-%m-%d %H:%M}  {row['change']:+d} → {row['on_hand']}  {row['actor']}: {row['why']}"
        for row in rows
    ]
    return Answer({"sku": sku, "movements": rows}, tuple(lines or [f"Nobody has counted {sku} yet."]))


def _row(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "sku": row["sku"],
        "title": full_title(row["product.title"], row),
        "on_hand": row["on_hand"],
        "reserved": row["reserved"],
        "free": row["on_hand"] - row["reserved"],
        "retired": row["retired_at"] is not None or row["product.retired_at"] is not None,
    }


def _told(counted: Counted) -> Answer:
    data = {
        "sku": counted.sku,
        "before": counted.before,
        "on_hand": counted.on_hand,
        "reserved": counted.reserved,
        "change": counted.change,
    }
    promised = f", {counted.reserved} of them promised to orders" if counted.reserved else ""
    if counted.change:
        return Answer(data, (f"{counted.sku}: {counted.before} → {counted.on_hand} on hand{promised}.",))
    return Answer(data, (f"{counted.sku}: {counted.on_hand} on hand{promised}, as the books say.",))


def _why(chosen: Namespace) -> str:
    why = str(chosen.why).strip()
    if not why:
        raise BadSetting("--why must say something.")
    return why


def _sentence(sku: str, problem: NotFound | Promised) -> str:
    if isinstance(problem, NotFound):
        return f"There is no SKU {sku!r}; `python -m shop stock list` shows all."
    return (
        f"{sku} has {problem.on_hand} on hand, and {problem.reserved} of them are promised to orders:"
        f" it can be set to anything from {problem.reserved} to {MOST}. Nothing was changed."
    )
