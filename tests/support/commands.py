"""`python -m shop` as a process of its own, in a folder of its own."""

import fcntl
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import httpx

REPOSITORY = Path(__file__).parent.parent.parent
# Generous: other tests run at the same time on the same cores.
PATIENCE = 30
# Held open as long as this process lives.
claims: list[IO[str]] = []


class Command:
    """One run of `python -m shop …`; what it says goes into files, so that no pipe can fill up."""

    def __init__(self, folder: Path, *arguments: str, **environment: str) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
        self._out, self._err = folder / f"{time.monotonic_ns()}.out", folder / f"{time.monotonic_ns()}.err"
        with self._out.open("wb") as out, self._err.open("wb") as err:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "shop", *arguments],
                cwd=folder,
                env={**kept, "PYTHONPATH": str(REPOSITORY), **environment},
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=err,
                # A group of its own, as a terminal gives it: Ctrl-C reaches all of it.
                start_new_session=True,
            )

    @property
    def out(self) -> str:
        return self._out.read_text()

    @property
    def err(self) -> str:
        return self._err.read_text()

    def ends(self) -> int:
        return self.process.wait(PATIENCE)

    def says(self, text: str) -> None:
        """Waits until it has said so."""
        until = time.monotonic() + PATIENCE
        while text not in self.out:
            assert self.process.poll() is None, f"ended ({self.process.returncode}): {self.out}{self.err}"
            assert time.monotonic() < until, f"not said: {text}; only {self.out}{self.err}"
            time.sleep(0.02)

    def press_ctrl_c(self) -> None:
        os.killpg(self.process.pid, signal.SIGINT)

    def family(self) -> set[int]:
        """The processes of its session that still live, itself included."""
        living = set()
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                state, _, _, session = stat.read_text().rsplit(")", 1)[1].split()[:4]
            except OSError:
                continue
            if int(session) == self.process.pid and state not in "ZX":
                living.add(int(stat.parent.name))
        return living

    def kill_family(self) -> None:
        for number in self.family():
            os.kill(number, signal.SIGKILL)
        self.process.wait(PATIENCE)


@contextmanager
def running(folder: Path, *arguments: str, **environment: str) -> Iterator[Command]:
    command = Command(folder, *arguments, **environment)
    try:
        yield command
    finally:
        command.kill_family()


def until(holds: Callable[[], bool], within: float = PATIENCE) -> None:
    deadline = time.monotonic() + within
    while not holds():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.05)


def free_port() -> int:
    """A port that is free, and the next one as well, and nobody else's until these tests end."""
    for port in range(20_000, 32_000, 2):  # below those that connections take for themselves
        claim = (Path(tempfile.gettempdir()) / f"shop-tests-port-{port}").open("w")
        try:
            fcntl.flock(claim, fcntl.LOCK_EX | fcntl.LOCK_NB)
            for one in (port, port + 1):
                socket.create_server(("127.0.0.1", one)).close()
        except OSError:
            claim.close()
        else:
            claims.append(claim)
            return port
    raise RuntimeError("no port is free")


def answers(url: str) -> bool:
    try:
        return httpx.get(url, timeout=5).status_code < 500
    except httpx.TransportError:
        return False
