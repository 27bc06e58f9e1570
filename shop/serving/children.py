"""Processes that end when their parent does, however it ends."""

import multiprocessing
import os
import signal
import socket
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess

# A fresh interpreter: no event loop, thread or database connection of the parent is in it.
SPAWN = multiprocessing.get_context("spawn")
STOPS = {signal.SIGINT, signal.SIGTERM}

Ready = Callable[[], None]
Work = Callable[[socket.socket, Ready], None]


class Child:
    """One process that serves on a socket; whoever finds it dead may start it again."""

    def __init__(self, name: str, work: Work, listening: socket.socket) -> None:
        self.name = name
        self._work = work
        self._listening = listening
        self.start()

    def start(self) -> None:
        self._served = False
        self._told, tells = SPAWN.Pipe(duplex=False)
        self.process = spawned(self.name, _work, self._work, self._listening, tells)
        tells.close()

    def serves(self, within: float = 0) -> bool:
        """Whether it has said that it takes requests."""
        try:
            if not self._served and self._told.poll(within):
                self._told.recv()
                self._served = True
        except EOFError:
            pass
        return self._served

    def stop(self, patience: float) -> None:
        self.process.join(patience)
        if self.process.is_alive():
            self.process.kill()
            self.process.join()


def _work(work: Work, listening: socket.socket, tells: Connection) -> None:
    work(listening, lambda: tells.send(True))


def spawned(name: str, target: Callable[..., None], *arguments: object) -> SpawnProcess:
    process = SPAWN.Process(target=_in_child, args=(target, *arguments), name=name, daemon=True)
    # Ctrl-C reaches every process of the terminal; the children stop when the parent tells them.
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        process.start()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
    return process


def _in_child(target: Callable[..., None], *arguments: object) -> None:
    # Told to stop before it serves, it just ends; later its server catches the signal.
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM, signal.SIGCHLD})
    threading.Thread(target=_end_with_parent, daemon=True).start()
    target(*arguments)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    assert parent is not None
    parent.join()
    os._exit(1)
