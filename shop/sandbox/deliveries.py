"""Events on their way to endpoints, and the rules by which a test makes that way a bad one."""

from typing import Any

from shop.sandbox import ids
from shop.sandbox.sandbox import Act
from shop.sandbox.shapes import Body
from shop.sandbox.store import Store

THREE_DAYS = 3 * 24 * 3600
SLOWEST_REPEAT = 60


def add(act: Act, event: Body, endpoint: Body) -> None:
    rules = rules_of(act.store)
    state = "waiting"
    if _takes_one(rules["drop"], event["type"]):
        state = "dropped"
    elif _matches(rules["hold"], event["type"]):
        state = "held"
    _add(act, event, endpoint, state, rules["delay"])
    if _takes_one(rules["duplicate"], event["type"]):
        _add(act, event, endpoint, state, rules["delay"], is_copy=True)
    act.store.set("rules", rules)


def again(act: Act, event: Body, endpoint: Body) -> Body:
    """Somebody asks for an event once more; the rules are for what happens by itself."""
    return _add(act, event, endpoint, "waiting", 0, is_copy=True)


def release(act: Act, types: list[str]) -> list[Body]:
    """The caller starts them, so that they leave in the order that it wants."""
    held = act.store.all("delivery", ("$.state =", "held"))
    released = [delivery for delivery in held if _matches(types, delivery["type"])]
    for delivery in released:
        act.store.change("delivery", delivery | {"state": "waiting"})
    return released


def record(act: Act, delivery: Body, attempt: Body) -> None:
    delivery["attempts"].append(attempt)
    if attempt["succeeded"]:
        delivery["state"] = "delivered"
    elif act.now - delivery["created"] > THREE_DAYS:
        delivery["state"] = "given up"
    else:
        delivery["state"] = "waiting"
        delivery["next_at"] = act.sandbox.clock.exactly() + _pause(len(delivery["attempts"]))
    act.store.change("delivery", delivery)
    if attempt["succeeded"] and not delivery["is_copy"]:
        _acknowledge(act.store, delivery["event"])


def due(store: Store, now: float) -> list[Body]:
    return store.all("delivery", ("$.state =", "waiting"), ("$.next_at <=", now))


def rules_of(store: Store) -> Body:
    return store.find("rules", "deliveries") or no_rules()


def no_rules() -> Body:
    """`hold`: types, or `*`. `drop`, `duplicate`: how many more of which type. `delay`: seconds."""
    return {"id": "deliveries", "hold": [], "drop": {}, "duplicate": {}, "delay": 0}


def _add(act: Act, event: Body, endpoint: Body, state: str, delay: float, is_copy: bool = False) -> Body:
    delivery = {
        "id": ids.new("dlv_"),
        "event": event["id"],
        "type": event["type"],
        "endpoint": endpoint["id"],
        "url": endpoint["url"],
        "state": state,
        "is_copy": is_copy,
        "created": act.now,
        "next_at": act.sandbox.clock.exactly() + delay,
        "attempts": [],
    }
    return act.store.add("delivery", delivery)


def _acknowledge(store: Store, event_id: str) -> None:
    event = store.find("event", event_id)
    if event is not None:
        store.change("event", event | {"pending_webhooks": max(event["pending_webhooks"] - 1, 0)})


def _pause(attempts: int) -> float:
    return float(min(0.5 * 2 ** (attempts - 1), SLOWEST_REPEAT))


def _matches(types: list[str], event_type: str) -> bool:
    return "*" in types or event_type in types


def _takes_one(counts: dict[str, Any], event_type: str) -> bool:
    key = event_type if event_type in counts else "*"
    left = counts.get(key, 0)
    if left > 0:
        counts[key] = left - 1
    return bool(left > 0)
