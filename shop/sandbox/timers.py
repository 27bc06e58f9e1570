"""What will happen by itself, by the sandbox's clock."""

from shop.sandbox import ids
from shop.sandbox.sandbox import Act
from shop.sandbox.shapes import Body
from shop.sandbox.store import Store


def start(act: Act, seconds: float, what: str, subject: str) -> None:
    act.store.add("timer", {"id": ids.new("tmr_"), "at": act.now + seconds, "what": what, "subject": subject})


def cancel(act: Act, what: str, subject: str) -> None:
    for timer in act.store.all("timer", ("$.what =", what), ("$.subject =", subject)):
        act.store.remove("timer", timer["id"])


def due(store: Store, now: float) -> list[Body]:
    return sorted(store.all("timer", ("$.at <=", now)), key=lambda timer: float(timer["at"]))


def next_at(store: Store) -> float | None:
    return min((timer["at"] for timer in store.all("timer")), default=None)
