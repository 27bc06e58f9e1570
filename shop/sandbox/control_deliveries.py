"""The way of events to the shop: held back, lost, doubled, turned round."""

import random

from litestar import delete, get, post

from shop.sandbox import deliveries, endpoints, hands
from shop.sandbox.control_input import read
from shop.sandbox.hands import RefusedError
from shop.sandbox.rooms import Rooms
from shop.sandbox.shapes import Body

ORDERS = ("as_sent", "reversed", "shuffled")


@get("/deliveries")
async def listed(rooms: Rooms, in_state: str | None = None, of_type: str | None = None) -> list[Body]:
    """In the order in which the events happened, each with its attempts."""
    wanted = [("$.state =", in_state)] if in_state else []
    wanted += [("$.type =", of_type)] if of_type else []
    return rooms.store.all("delivery", *wanted)


@get("/deliveries/rules")
async def rules(rooms: Rooms) -> Body:
    return deliveries.rules_of(rooms.store)


@post("/deliveries/rules", status_code=200)
async def set_rules(rooms: Rooms, given: Body) -> Body:
    """Only what is named is changed: `{"hold": ["*"]}`, `{"drop": {"charge.updated": 2}}`."""
    known = deliveries.rules_of(rooms.store)
    wanted = read(
        given, hold=known["hold"], drop=known["drop"], duplicate=known["duplicate"], delay=known["delay"]
    )
    with rooms.store.transaction():
        return rooms.store.set("rules", {"id": "deliveries", **wanted})


@delete("/deliveries/rules", status_code=200)
async def forget_rules(rooms: Rooms) -> Body:
    """What is held stays held until it is released."""
    with rooms.store.transaction():
        return rooms.store.set("rules", deliveries.no_rules())


@post("/deliveries/release", status_code=200)
async def release(rooms: Rooms, given: Body) -> list[Body]:
    """One after the other, each tried once before the answer; holding ends with it unless `keep_holding`."""
    wanted = read(given, order="as_sent", types=["*"], keep_holding=False)
    if wanted["order"] not in ORDERS:
        raise RefusedError(f"The order is one of {', '.join(ORDERS)}.")
    with rooms.sandbox.act() as act:
        if not wanted["keep_holding"]:
            act.store.set("rules", deliveries.rules_of(act.store) | {"hold": []})
        held = deliveries.release(act, wanted["types"])
        for delivery in _ordered(held, wanted["order"]):
            rooms.deliverer.start_after_the_last(delivery)
    return await rooms.deliverer.all_started(held)


@post("/deliveries/flush", status_code=200)
async def flush(rooms: Rooms) -> list[Body]:
    """Everything that waits for its next try is tried now."""
    waiting = rooms.store.all("delivery", ("$.state =", "waiting"))
    for delivery in waiting:
        rooms.deliverer.start(delivery)
    return await rooms.deliverer.all_started(waiting)


@post("/events/{event_id:str}/resend", status_code=200)
async def resend(rooms: Rooms, given: Body, event_id: str) -> Body:
    wanted = read(given, wait=True)
    return await hands.do(rooms, hands.resend(event_id), wait=wanted["wait"])


@post("/webhook", status_code=200)
async def configure(rooms: Rooms, given: Body) -> Body:
    """Where events go from now on, for a test that learns its own port late."""
    wanted = read(given, url="", secret="")
    with rooms.sandbox.act() as act:
        return endpoints.point_configured_at(act, wanted["url"], wanted["secret"] or None)


@post("/webhook_endpoints/{endpoint_id:str}/rotate", status_code=200)
async def rotate(rooms: Rooms, given: Body, endpoint_id: str) -> Body:
    """`configured` names the endpoint of the options; `keep_old_for` seconds both secrets sign."""
    wanted = read(given, secret="", keep_old_for=0)
    name = endpoints.CONFIGURED if endpoint_id == "configured" else endpoint_id
    if rooms.store.find("webhook_endpoint", name) is None:
        raise RefusedError(f"There is no webhook endpoint {endpoint_id}.")
    with rooms.sandbox.act() as act:
        return endpoints.rotate(act, name, wanted["secret"] or None, wanted["keep_old_for"])


def _ordered(held: list[Body], order: str) -> list[Body]:
    if order == "reversed":
        return held[::-1]
    # A test's disorder, not a secret.
    return random.sample(held, len(held)) if order == "shuffled" else held


HANDLERS = [listed, rules, set_rules, forget_rules, release, flush, resend, configure, rotate]
