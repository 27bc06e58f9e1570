"""The sandbox's own time, which a test or a person may move forward."""

import time

from shop.sandbox.store import Store


class Clock:
    def __init__(self, store: Store) -> None:
        self._store = store
        self._ahead: float = (store.find("setting", "clock") or {"ahead": 0})["ahead"]

    def now(self) -> int:
        return int(self.exactly())

    def exactly(self) -> float:
        return time.time() + self._ahead

    @property
    def ahead(self) -> float:
        return self._ahead

    def restart(self) -> None:
        self._ahead = 0.0

    def advance(self, seconds: float) -> None:
        """Forward only: an object that was made tomorrow would confuse every list."""
        if seconds < 0:
            raise ValueError("The clock cannot go back.")
        self._ahead += seconds
        self._store.set("setting", {"id": "clock", "ahead": self._ahead})
