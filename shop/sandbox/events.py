"""What happened, in the order in which it happened; a delivery for each endpoint that wants to know."""

from typing import Any

from shop.sandbox import deliveries, endpoints, ids
from shop.sandbox.sandbox import API_VERSION, Act
from shop.sandbox.shapes import Body, shape

DAYS_KEPT = 30


def emit(act: Act, event_type: str, body: Body, previous: Body | None = None) -> Body:
    data: Body = {"object": body} if previous is None else {"object": body, "previous_attributes": previous}
    interested = endpoints.listening_to(act.store, event_type)
    event = shape(
        "event",
        id=ids.new("evt_1"),
        api_version=API_VERSION,
        created=act.now,
        data=data,
        pending_webhooks=len(interested),
        request=shape("Event.Request", id=act.request_id, idempotency_key=act.idempotency_key),
        type=event_type,
    )
    act.store.add("event", event)
    act.emitted.append(event["id"])
    for endpoint in interested:
        deliveries.add(act, event, endpoint)
    return event


def changes(before: Body, after: Body) -> Body:
    """`previous_attributes`: what the fields that changed held before."""
    return {
        name: _difference(before.get(name), value)
        for name, value in after.items()
        if before.get(name) != value
    }


def _difference(before: Any, after: Any) -> Any:
    if not isinstance(before, dict) or not isinstance(after, dict):
        return before
    old = {name: before.get(name) for name in before | after}
    return {name: value for name, value in old.items() if value != after.get(name)}
