"""One changed file at a time, in a copy of the repository: do the tests notice?

    python -m tests.mutants.worker    in the copy; reads tasks and writes answers, each a line of JSON

All that is not ours is imported once; each change gets a process of its own that starts from there.
"""

import importlib
import json
import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

HEAVY = (
    "litestar", "litestar.openapi", "piccolo.table", "piccolo.columns", "piccolo.engine.sqlite", "asyncpg",
    "piccolo.apps.migrations.auto", "stripe", "httpx", "uvicorn", "uvloop", "httptools", "babel.numbers",
    "babel.dates", "jinja2", "msgspec", "argon2", "selectolax.lexbor", "hypothesis", "playwright.async_api",
    "brotli", "anyio", "anyio.pytest_plugin", "_pytest.assertion.rewrite",
)  # fmt: skip
SURVIVED, NOTICED, HUNG = "survived", "noticed", "hung"
HANGS = 99


class Chosen:
    """Only these tests, in this order; one that takes ten times as long as usual hangs."""

    def __init__(self, tests: dict[str, float]) -> None:
        self.tests = tests

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        place = {test: number for number, test in enumerate(self.tests)}
        items[:] = sorted(
            (item for item in items if item.nodeid in place), key=lambda item: place[item.nodeid]
        )

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        signal.signal(signal.SIGALRM, lambda *_: os._exit(HANGS))
        signal.alarm(15 + int(10 * self.tests[item.nodeid]))
        yield
        signal.alarm(0)


def run(file: str, source: str, tests: dict[str, float]) -> tuple[str, float]:
    path = Path(file)
    original = path.read_text()
    path.write_text(source)
    _forget_compiled(path)
    began = time.monotonic()
    try:
        child = os.fork()
        if child == 0:
            _tested(tests)
        _, ended = os.waitpid(child, 0)
        with suppress(ProcessLookupError):
            os.killpg(child, signal.SIGKILL)
    finally:
        path.write_text(original)
        _forget_compiled(path)
    code = os.waitstatus_to_exitcode(ended)
    outcome = {0: SURVIVED, HANGS: HUNG}.get(code, NOTICED)
    return outcome, round(time.monotonic() - began, 2)


def _tested(tests: dict[str, float]) -> None:
    code = 1
    try:
        os.setsid()
        sys.dont_write_bytecode = True
        nowhere = os.open(os.devnull, os.O_RDWR)
        for standard in (0, 1, 2):
            os.dup2(nowhere, standard)
        files = list(dict.fromkeys(test.partition("::")[0] for test in tests))
        options = ["-x", "-q", "-p", "no:cacheprovider", "--no-header", "--tb=no"]
        options += ["-W", "ignore::pytest.PytestAssertRewriteWarning"]
        code = int(pytest.main([*options, *files], plugins=[Chosen(tests)]))
    finally:
        os._exit(code)


def _forget_compiled(path: Path) -> None:
    # Python tells a changed file by its second and size, which is not enough here.
    for compiled in path.parent.glob(f"__pycache__/{path.stem}.*.pyc"):
        compiled.unlink(missing_ok=True)


def main() -> None:
    for name in HEAVY:
        with suppress(ImportError):
            importlib.import_module(name)
    assert not [name for name in sys.modules if name.split(".")[0] == "shop"]
    for line in sys.stdin:
        task: dict[str, Any] = json.loads(line)
        outcome, seconds = run(task["file"], task["source"], task["tests"])
        print(json.dumps({"outcome": outcome, "seconds": seconds}), flush=True)


if __name__ == "__main__":
    main()
