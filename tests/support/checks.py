"""`make check`, listed as data. Every check runs, so that one round shows all there is to mend."""

import subprocess
import sys
from pathlib import Path

PYTHON = sys.executable
CHECKS: list[tuple[str, list[str]]] = [
    ("style", [PYTHON, "-m", "ruff", "check", "--quiet", "."]),
    ("format", [PYTHON, "-m", "ruff", "format", "--quiet", "--diff", "."]),
    ("types", [PYTHON, "-m", "mypy", "--no-error-summary"]),
    ("direction of imports", [str(Path(PYTHON).with_name("lint-imports")), "--no-cache"]),
    ("templates", [PYTHON, "-m", "djlint", "templates", "--lint", "--quiet"]),
    ("spelling", [PYTHON, "-m", "codespell_lib"]),
    ("migrations on SQLite", [PYTHON, "-m", "pytest", "-q", "--no-header", "tests/test_migrations.py"]),
    (
        "migrations on PostgreSQL",
        [PYTHON, "-m", "pytest", "-q", "--no-header", "--database=postgres", "tests/test_migrations.py"],
    ),
]


def main() -> int:
    failed = [name for name, command in CHECKS if not _holds(name, command)]
    print("all checks hold" if not failed else f"to mend: {', '.join(failed)}")
    return 1 if failed else 0


def _holds(name: str, command: list[str]) -> bool:
    done = subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    print(f"{'ok    ' if done.returncode == 0 else 'FAILED'} {name}", flush=True)
    if done.returncode != 0:
        print(done.stdout, flush=True)
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
