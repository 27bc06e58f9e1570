"""docs/mutants.md, from what is known about every change."""

import re
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

from tests.mutants.changes import Change
from tests.support.commands import REPOSITORY

PAGE = REPOSITORY / "docs/mutants.md"
LEFT = Path(__file__).with_name("left.toml")
NOTICED = ("noticed", "hung")

HEAD = """# Do the tests notice?

`make mutants` changes the code about money in small ways, one at a time, asks the tests about each change,
and writes this page. {figure}

What is changed: the files of `shop/payments/`, `shop/orders/moves.py` and `shop/catalogue/stock.py`; not
the migrations, which `make check` compares with the tables. How: by the operators of
[mutmut](https://mutmut.readthedocs.io) (another comparison, number, text, argument or operator, or nothing
in its place) and by some more: a statement left out, an answer, a decorator, an entry of a dictionary or a
set, a condition turned round, another comparison in SQL. What is not changed: annotations, imports,
docstrings, sentences for people and for the log, and the named steps at which `tests/crashes` ends a
process, which do nothing in a shop that serves.

Asked are the tests of payments, orders, catalogue, checkout, confirmation and journeys (without those in a
browser) and of the migrations, on SQLite. Each change is shown to the tests that run the changed
statement; where those are very many, to all that take no time, to those that run least else, and to some
of the others. So a few changes count as not noticed here that `make test` would notice. A test that hangs
has noticed.

| file | changes | asked about | noticed | not noticed |
|---|--:|--:|--:|--:|
"""


def files() -> list[str]:
    money = sorted((REPOSITORY / "shop/payments").glob("*.py"))
    listed = [str(path.relative_to(REPOSITORY)) for path in money]
    return [*listed, "shop/orders/moves.py", "shop/catalogue/stock.py"]


def write(made: list[Change], asked: list[Change], known: dict[Change, str], how: str) -> None:
    """`asked` are the changes that were to be asked about; `how` says in words which those were."""
    answered = [change for change in asked if change in known]
    noticed = [change for change in answered if known[change] in NOTICED]
    share = f"{100 * len(noticed) / max(1, len(answered)):.1f} %"
    asked_about = f"Of {len(made)} changes it asked about {len(answered)} ({how})"
    figure = f"{asked_about}; the tests noticed {len(noticed)}: **{share}**."
    text = HEAD.format(figure=f"{figure}\n{_told()['note'].strip()}")
    for file in files():
        counts = [len([each for each in some if each.file == file]) for some in (made, answered, noticed)]
        if counts[0]:
            text += f"| `{file}` | {' | '.join(map(str, counts))} | {counts[1] - counts[2]} |\n"
    PAGE.write_text(text + _left([change for change in answered if known[change] not in NOTICED]))
    print(figure)


def _left(changes: list[Change]) -> str:
    reasons = _told()["left"]
    grouped: dict[str, list[str]] = {}
    for change in changes:
        line = f"{change.file} {change.told}"
        why = next((each["why"] for each in reasons if re.search(each["change"], line)), "Not looked at yet.")
        grouped.setdefault(why, []).append(line)
    text = "\n## What they do not notice, and why it is left\n"
    for why, lines in sorted(grouped.items(), key=lambda group: -len(group[1])):
        counted = Counter(lines)
        text += f"\n{why}\n\n```text\n" + "".join(f"{_short(line)}\n" for line in sorted(counted)) + "```\n"
    return text


def _told() -> dict[str, Any]:
    return tomllib.loads(LEFT.read_text())


def _short(line: str) -> str:
    """Of a long statement, the words around its change."""
    before, _, after = line.partition(" → ")
    where, _, before = before.partition(": ")
    same = 0
    while same < min(len(before), len(after)) and before[same] == after[same]:
        same += 1
    begin = max(0, same - 60)
    cut = [("… " if begin else "") + part[begin : same + 80].strip() for part in (before, after)]
    return f"{where}: {cut[0]}\n    → {cut[1]}"
