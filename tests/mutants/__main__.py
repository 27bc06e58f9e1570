"""`make mutants`: changes the files about money in every small way, and asks the tests about each change.

What was noticed once stays noticed while the function around it is the same; `--again` forgets that.
"""

import argparse
import hashlib
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from tests.mutants import page
from tests.mutants.changes import Change, changes
from tests.support.commands import REPOSITORY

KEPT = REPOSITORY / "var/mutants"
WORKERS = 2
# So many tests are asked about one change; more would tell little more.
MANY = 30
NO_TIME = 0.05


def main() -> int:
    asked = argparse.ArgumentParser(prog="make mutants")
    asked.add_argument("--again", action="store_true", help="ask about everything anew")
    asked.add_argument("--sample", type=int, help="ask only about so many, chosen by chance")
    asked.add_argument("--seed", type=int, default=1, help="the chance by which they are chosen")
    asked.add_argument("--only", default="", help="only files whose path fits this pattern")
    asked.add_argument(
        "--page", action="store_true", help="ask about nothing, write the page from what is known"
    )
    given = asked.parse_args()
    KEPT.mkdir(parents=True, exist_ok=True)
    files = page.files()
    made = [change for file in files for change in changes(file, (REPOSITORY / file).read_text())]
    wanted, how = [change for change in made if re.search(given.only, change.file)], "all of them"
    # In any order, so that a run that is broken off has asked about some of everything.
    random.Random(given.seed).shuffle(wanted)
    if given.sample and given.sample < len(wanted):
        wanted, how = wanted[: given.sample], f"chosen by chance, seed {given.seed}"
    known = {} if given.again else _known()
    if not given.page:
        _ask([change for change in wanted if known.get(_key(change)) not in page.NOTICED], files, known)
    answers = {change: known[_key(change)] for change in wanted if _key(change) in known}
    if len(answers) < len(wanted):
        how = "as far as it came"
    page.write(made, wanted, answers, how)
    return 0


def _known() -> dict[str, str]:
    try:
        lines = (KEPT / "answers.jsonl").read_text().splitlines()
    except FileNotFoundError:
        return {}
    return dict(json.loads(line) for line in lines)


def _key(change: Change) -> str:
    """A change is the same while the function around it is."""
    return hashlib.sha256(f"{change.file}\n{change.told}\n{change.around}".encode()).hexdigest()[:20]


def _ask(wanted: list[Change], files: list[str], known: dict[str, str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        copies = [Path(folder) / str(number) for number in range(WORKERS)]
        reached = _reached(_copy(copies[0]), files)
        for copy in copies[1:]:
            shutil.copytree(copies[0], copy)
        waiting: SimpleQueue[Change] = SimpleQueue()
        for change in wanted:
            waiting.put(change)
        answers = (KEPT / "answers.jsonl").open("a")

        def work(copy: Path) -> None:
            with subprocess.Popen(
                [sys.executable, "-m", "tests.mutants.worker"],
                cwd=copy, env=_environment(copy), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            ) as worker:  # fmt: skip
                assert worker.stdin is not None
                _passes_unchanged(worker, reached)
                while not waiting.empty():
                    change = waiting.get()
                    outcome, seconds = _answer(worker, change, reached)
                    known[_key(change)] = outcome
                    print(json.dumps([_key(change), outcome]), file=answers, flush=True)
                    print(
                        f"{outcome:9} {seconds:6.1f} s  {waiting.qsize():5} {change.file} {change.told}",
                        flush=True,
                    )
                worker.stdin.close()

        with ThreadPoolExecutor(WORKERS) as pool:
            list(pool.map(work, copies))


def _passes_unchanged(worker: Any, reached: dict[str, Any]) -> None:
    file = "shop/payments/settle.py"
    unchanged = Change(file, "", 1, 999, "", "", (REPOSITORY / file).read_text())
    outcome, seconds = _answer(worker, unchanged, reached)
    print(f"unchanged: {outcome}, {seconds} s", flush=True)
    assert outcome == "survived", "the tests fail without any change"


def _answer(worker: Any, change: Change, reached: dict[str, Any]) -> tuple[str, float]:
    tests = _tests(change, reached)
    if not tests:
        return "not reached", 0.0
    task = {"file": change.file, "source": change.source, "tests": tests}
    worker.stdin.write(json.dumps(task) + "\n")
    worker.stdin.flush()
    answer = json.loads(worker.stdout.readline())
    return answer["outcome"], answer["seconds"]


def _tests(change: Change, reached: dict[str, Any]) -> dict[str, float]:
    """The tests that run the changed statement, fastest first; for what runs at import, those that run
    anything of the file, those of the test file of its name, and those of its folder that take no time.
    """
    lines: dict[str, list[str]] = reached["lines"].get(change.file, {})
    named = {test for line in range(change.first, change.last + 1) for test in lines.get(str(line), [])}
    always: set[str] = set()
    if "" in named:
        named |= {test for tests in lines.values() for test in tests}
        always = {test for test in reached["seconds"] if _asks_at_import(test, change.file, reached)}
    if change.file.endswith(("tables.py", "piccolo_app.py")):
        named |= {test for test in reached["seconds"] if test.startswith("tests/test_migrations.py")}
    seconds: dict[str, float] = reached["seconds"]
    ordered = sorted((test for test in named if test), key=lambda test: seconds[test])
    if len(ordered) > MANY:
        ordered = list(_few(ordered, reached, change.file))
    return {test: seconds[test] for test in sorted({*ordered, *always}, key=lambda test: seconds[test])}


def _asks_at_import(test: str, file: str, reached: dict[str, Any]) -> bool:
    """A test about a constant runs no line of the file."""
    folder = f"tests/{Path(file).parent.name}/"
    return f"{folder}test_{Path(file).name}" in test or (
        test.startswith(folder) and reached["seconds"][test] < NO_TIME
    )


def _few(ordered: list[str], reached: dict[str, Any], file: str) -> set[str]:
    """Of a great many: those that take no time, those that run least of all else, those that together run
    each line, and some others.
    """
    runs: Counter[str] = Counter(
        test for lines in reached["lines"].values() for tests in lines.values() for test in tests
    )
    chosen = {test for test in ordered if reached["seconds"][test] < NO_TIME}
    slower = [test for test in ordered if test not in chosen] or ordered
    chosen |= set(sorted(slower, key=lambda test: runs[test])[: MANY // 2])
    chosen |= {slower[number * len(slower) * 2 // MANY] for number in range(MANY // 2)}
    for tests in reached["lines"].get(file, {}).values():
        here = set(tests) & set(ordered)
        if here and not here & chosen:
            chosen.add(next(test for test in ordered if test in here))
    return chosen


def _copy(to: Path) -> Path:
    told = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=REPOSITORY, capture_output=True, text=True, check=True,
    )  # fmt: skip
    for name in told.stdout.splitlines():
        if (REPOSITORY / name).is_file():
            (to / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(REPOSITORY / name, to / name)
    return to


def _reached(copy: Path, files: list[str]) -> dict[str, Any]:
    out = KEPT / "reached.json"
    sources = sorted([*copy.rglob("shop/**/*.py"), *copy.rglob("tests/**/test_*.py")])
    now = hashlib.sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()
    if not out.exists() or json.loads(out.read_text()).get("of") != now:
        subprocess.run(
            [sys.executable, "-m", "tests.mutants.reached", str(out), *files],
            cwd=copy, env=_environment(copy), check=True,
        )  # fmt: skip
        out.write_text(json.dumps(json.loads(out.read_text()) | {"of": now}))
    found: dict[str, Any] = json.loads(out.read_text())
    return found


def _environment(copy: Path) -> dict[str, str]:
    return dict(os.environ) | {"PYTHONPATH": str(copy)}


if __name__ == "__main__":
    sys.exit(main())
