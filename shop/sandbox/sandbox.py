"""One sandbox: what it was asked to be, what it remembers, and the acts that change it."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from shop.sandbox.clock import Clock
from shop.sandbox.options import SandboxOptions
from shop.sandbox.store import Store

API_VERSION = "2026-10-28.endive"


@dataclass
class Sandbox:
    options: SandboxOptions
    store: Store
    clock: Clock
    # Set whenever something may have become due: a delivery, or the end of a session.
    woken: asyncio.Event = field(default_factory=asyncio.Event)
    keys_in_flight: set[str] = field(default_factory=set)

    @classmethod
    def opened(cls, options: SandboxOptions) -> "Sandbox":
        store = Store(options.state)
        return cls(options, store, Clock(store))

    @contextmanager
    def act(self, request_id: str | None = None, idempotency_key: str | None = None) -> Iterator["Act"]:
        with self.store.transaction():
            yield Act(self, request_id, idempotency_key)
        self.woken.set()


@dataclass(frozen=True)
class Act:
    """One change, in one transaction, with what caused it: events name the request they come from."""

    sandbox: Sandbox
    request_id: str | None
    idempotency_key: str | None
    # The events of this act, for whoever wants to wait until they were delivered.
    emitted: list[str] = field(default_factory=list)

    @property
    def store(self) -> Store:
        return self.sandbox.store

    @property
    def now(self) -> int:
        return self.sandbox.clock.now()

    @property
    def origin(self) -> str:
        return self.sandbox.options.origin
