"""`python -m shop products …`."""

import json
import sys
from argparse import Namespace
from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import Any

from shop.catalogue.exchange import importing
from shop.catalogue.exchange.exporting import exported
from shop.catalogue.exchange.importing import Outcome
from shop.catalogue.exchange.making import Folder
from shop.catalogue.exchange.plan import Change, Manner
from shop.catalogue.exchange.reading import Problem
from shop.environment import BadSetting
from shop.money import Money, formatted
from shop.serving.commands.carrying_out import actor
from shop.serving.commands.kinds import DONE, LOOK, Answer
from shop.serving.progress import note
from shop.settings import settings

# What is longer scrolls away; --json has all of it.
MOST_LINES = 60


async def bring_in(chosen: Namespace) -> Answer:
    content = _content(chosen.file)
    folder = None if chosen.pictures is None else Path(chosen.pictures)
    if folder is not None and not folder.is_dir():
        raise BadSetting(f"--pictures must be a folder; {folder} is none.")
    manner = Manner(settings().currency, Folder(folder), chosen.stock, chosen.retire_missing)
    if chosen.yes:
        why = f"import of {Path(chosen.file).name}"
        outcome = await importing.bring_in(content, manner, actor(chosen), why, note)
    else:
        outcome = await importing.look(content, manner, note)
    return _answer(outcome, written=chosen.yes)


async def bring_out(chosen: Namespace) -> Answer:
    text, products, variants = await exported()
    data = {"products": products, "variants": variants, "file": chosen.file}
    if chosen.file == "-":
        if chosen.json:
            raise BadSetting("Standard output takes the file or the JSON, not both: name a file.")
        sys.stdout.write(text)
        return Answer(data)
    try:
        # With this mark spreadsheets read it as the UTF-8 that it is.
        Path(chosen.file).write_text(text, encoding="utf-8-sig", newline="")
    except OSError as problem:
        raise BadSetting(f"{chosen.file} cannot be written: {problem.strerror}.") from None
    return Answer(data, (f"{chosen.file} has {products} products with {variants} variants.",))


def _content(name: str) -> bytes:
    try:
        return sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except OSError as problem:
        raise BadSetting(f"{name} cannot be read: {problem.strerror}.") from None


def _answer(outcome: Outcome, *, written: bool) -> Answer:
    counts = Counter((change.what, "variants" if change.sku else "products") for change in outcome.changes)
    done = written and not outcome.problems
    data: dict[str, Any] = {
        "written": done,
        **{
            kind: {what: counts[what, kind] for what in ("added", "changed", "retired")}
            for kind in ("products", "variants")
        },
        "rows": outcome.rows,
        "changes": [asdict(change) for change in outcome.changes],
        "notes": outcome.notes,
        "problems": [asdict(problem) for problem in outcome.problems],
    }
    if outcome.problems:
        many = len(outcome.problems)
        lines = tuple(_shortened([_where(problem) for problem in outcome.problems]))
        sentence = f"{'One problem' if many == 1 else f'{many} problems'}; nothing was written."
        return Answer(data, lines, LOOK, sentence)
    lines = tuple(
        _shortened([_line(change) for change in outcome.changes]) + list(outcome.notes[:MOST_LINES])
    )
    return Answer(data, (*lines, _sum(counts, outcome, done)), DONE)


def _sum(counts: Counter[tuple[str, str]], outcome: Outcome, done: bool) -> str:
    if not outcome.changes:
        return f"Nothing differs: all {outcome.rows} rows are in the shop as they are in the file."
    told = [
        f"{number} {kind if number > 1 else kind[:-1]} {what}"
        for (what, kind), number in sorted(counts.items())
    ]
    if done:
        return f"Written: {', '.join(told)}."
    return f"A try: {', '.join(told)}. Nothing has been written; --yes does it."


def _where(problem: Problem) -> str:
    row = f"row {problem.row}" if problem.row else "the file"
    return f"{row}{f', {problem.column}' if problem.column else ''}: {problem.sentence}"


def _line(change: Change) -> str:
    told = [
        f"{name} {'' if change.what == 'added' else f'{_shown(name, was)} → '}{_shown(name, now)}"
        for name, (was, now) in change.fields.items()
        if name != "retired" or change.what == "changed"
    ]
    mark = {"added": "+", "changed": "~", "retired": "-"}[change.what]
    return f"{mark} {change.sku or change.product} {change.what}{': ' if told else ''}{', '.join(told)}"


def _shown(name: str, value: Any) -> str:
    if value is None:
        return "none"
    if name in ("price", "compare_at"):
        return formatted(Money(value, settings().currency), settings().locale)
    text = json.dumps(value, ensure_ascii=False) if isinstance(value, str) else str(value)
    return text if len(text) <= 60 else f"{text[:57]}…"


def _shortened(lines: list[str]) -> list[str]:
    if len(lines) <= MOST_LINES:
        return lines
    return [*lines[:MOST_LINES], f"… and {len(lines) - MOST_LINES} more; --json lists all."]
