"""Which test reaches which line, and how long it takes: the tests once, watched by coverage.py.

python -m tests.mutants.reached OUT.json FILE ...
"""

import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import coverage
import pytest

# Those of the other folders start processes of their own, where nobody watches, or speak of other things.
ASKED = (
    "tests/payments", "tests/orders", "tests/catalogue", "tests/checkout", "tests/confirmation",
    "tests/journeys", "tests/test_migrations.py", "--ignore=tests/journeys/test_in_a_browser.py",
)  # fmt: skip


class Watch:
    """How long each test takes. One that fails without any change is left out."""

    def __init__(self, watching: coverage.Coverage) -> None:
        self.watching = watching
        self.seconds: dict[str, float] = {}
        self.failed: set[str] = set()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        self.watching.switch_context(item.nodeid)
        began = time.monotonic()
        yield
        self.seconds[item.nodeid] = round(time.monotonic() - began, 3)
        self.watching.switch_context("")

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self.failed.add(report.nodeid)


def main(out: str, *files: str) -> None:
    paths = {file: str(Path(file).resolve()) for file in files}
    watching = coverage.Coverage(data_file=None, include=list(paths.values()))
    watching.start()
    watch = Watch(watching)
    pytest.main(["-q", "-p", "no:cacheprovider", "--no-header", *ASKED], plugins=[watch])
    watching.stop()
    data: Any = watching.get_data()
    lines = {
        file: {
            line: sorted(set(tests) - watch.failed) for line, tests in data.contexts_by_lineno(path).items()
        }
        for file, path in paths.items()
    }
    seconds = {test: time for test, time in watch.seconds.items() if test not in watch.failed}
    Path(out).write_text(json.dumps({"seconds": seconds, "lines": lines}))


if __name__ == "__main__":
    main(*sys.argv[1:])
