"""`requirements/install`, which `make run` and `make test` begin with, on machines that lack something."""

import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.commands import REPOSITORY

TOOLS = ("sh", "cmp", "grep", "rm", "cp", "mkdir", "ln", "cat", "env")
# Debian's python3 without python3-venv.
NO_VENV = f"""#!/bin/sh
case "$*" in *ensurepip*) exit 1;; esac
exec {sys.executable} "$@"
"""
UV = f"""#!/bin/sh
echo "$@" >> uv.log
if [ "$1" = venv ]; then
    mkdir -p .venv/bin
    printf '#!/bin/sh\\ncase "$*" in *pip*) exit 1;; esac\\nexec {sys.executable} "$@"\\n' > .venv/bin/python
    chmod +x .venv/bin/python
fi
"""


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """A machine with the least that there is, and the repository's requirements."""
    (tmp_path / "bin").mkdir()
    for tool in (*TOOLS, "chmod"):
        (tmp_path / "bin" / tool).symlink_to(shutil.which(tool) or tool)
    shutil.copytree(REPOSITORY / "requirements", tmp_path / "requirements")
    return tmp_path


def test_with_neither_venv_nor_uv_one_sentence_says_what_to_install(machine: Path) -> None:
    _program(machine, "python3", NO_VENV)
    done = _install(machine)
    assert done.returncode == 2
    assert done.stderr.startswith("Python 3.11 or newer with its venv module is needed")
    assert done.stderr.count("\n") == 1


def test_without_venv_uv_does_it_and_only_once(machine: Path) -> None:
    _program(machine, "python3", NO_VENV)
    _program(machine, "uv", UV)
    assert _install(machine).returncode == 0
    calls = (machine / "uv.log").read_text().splitlines()
    assert calls[0].startswith("venv")
    assert calls[1].startswith("pip install")
    assert "--require-hashes" in calls[1]
    assert _install(machine).stdout == ""
    assert (machine / "uv.log").read_text().splitlines() == calls


def test_another_lock_is_installed_again(machine: Path) -> None:
    _program(machine, "python3", NO_VENV)
    _program(machine, "uv", UV)
    assert _install(machine).returncode == 0
    with (machine / "requirements" / "run.lock").open("a") as lock:
        lock.write("# changed\n")
    assert _install(machine).returncode == 0
    assert [call.split()[0] for call in (machine / "uv.log").read_text().splitlines()] == [
        "venv",
        "pip",
        "pip",
    ]


def test_an_installation_that_failed_is_tried_again(machine: Path) -> None:
    _program(machine, "python3", NO_VENV)
    _program(machine, "uv", UV + '\n[ "$1" = venv ]\n')
    assert _install(machine).returncode != 0
    assert not (machine / ".venv" / "run.installed").exists()
    _program(machine, "uv", UV)
    assert _install(machine).returncode == 0


def test_what_the_tests_need_contains_what_the_shop_needs() -> None:
    run, dev = (_pinned(REPOSITORY / "requirements" / f"{name}.lock") for name in ("run", "dev"))
    assert run <= dev


def _program(machine: Path, name: str, text: str) -> None:
    file = machine / "bin" / name
    file.write_text(text)
    file.chmod(file.stat().st_mode | stat.S_IXUSR)


def _install(machine: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["requirements/install", "run"],
        cwd=machine,
        env={"PATH": str(machine / "bin")},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


def _pinned(lock: Path) -> set[str]:
    return {line.split(" ")[0] for line in lock.read_text().splitlines() if "==" in line}
