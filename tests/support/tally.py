"""How often each fault was played and what was lost by it; `make proof` writes docs/proof.md from it."""

import json
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "proof.md"
DATABASES = {"sqlite": "SQLite", "postgres": "PostgreSQL"}
HEAD = """# What was tried, and what was lost

`make proof` writes this page: each fault, how often it was played in its last run, and what was missing from
the books afterwards. The books are compared line by line (tests/support/books.py): what Stripe took less what
it gave back is what the orders say, every paid session is one payment, stock here and sold is what there
was, what is reserved is what somebody waits for, and there is one letter for each thing that happened.

A history draws its interruptions by chance. One that was drawn lies in wait until somebody comes to the named
step, and is counted there; how many were drawn and how many were reached stands in the table.
"""


class Tally:
    def __init__(self) -> None:
        self.played: Counter[str] = Counter()
        self.lost: Counter[str] = Counter()

    def add(self, fault: str, times: int = 1, lost: int = 0) -> None:
        """`fault` is "Group: what happened"."""
        self.played[fault] += times
        self.lost[fault] += lost

    def keep(self, database: str, folder: Path = ROOT / "var") -> None:
        """Two runs, one for each database, write one page; whoever ends last has both."""
        folder.mkdir(exist_ok=True)
        counts = {fault: [times, self.lost[fault]] for fault, times in self.played.items()}
        (folder / f"proof-{database}.json").write_text(json.dumps(counts, indent=1))
        read = {name: _read(folder / f"proof-{name}.json") for name in DATABASES}
        PAGE.parent.mkdir(exist_ok=True)
        PAGE.write_text(_page(read))


Counts = dict[str, list[int]]


def _read(file: Path) -> Counts:
    return dict(json.loads(file.read_text())) if file.exists() else {}


def _page(read: dict[str, Counts]) -> str:
    faults = sorted({fault for counts in read.values() for fault in counts})
    groups = dict.fromkeys(fault.split(": ")[0] for fault in faults)
    return HEAD + "".join(
        _table(group, [f for f in faults if f.startswith(group + ": ")], read) for group in groups
    )


def _table(group: str, faults: list[str], read: dict[str, Counts]) -> str:
    columns = " | ".join(f"on {name}" for name in DATABASES.values())
    rows = [f"\n## {group}\n", f"| what happened | {columns} | lost |", "|---|--:|--:|---|"]
    for fault in faults:
        counts = [read[name].get(fault, [0, 0]) for name in DATABASES]
        lost = sum(count[1] for count in counts)
        times = " | ".join(f"{count[0]:,}" if count[0] else "–" for count in counts)
        rows.append(f"| {fault.partition(': ')[2]} | {times} | {lost or 'nothing'} |")
    return "\n".join(rows) + "\n"
