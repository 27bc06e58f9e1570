"""JSON for tests under `/_control`: the clock, the totals, the journal, and a fresh start."""

from litestar import Router, delete, get, post
from litestar.di import Provide

from shop.sandbox import (
    account,
    control_deliveries,
    control_faults,
    control_payments,
    due,
    endpoints,
    totals,
)
from shop.sandbox.control_input import given, read
from shop.sandbox.hands import RefusedError
from shop.sandbox.rooms import Rooms
from shop.sandbox.shapes import Body


@get("/clock")
async def clock(rooms: Rooms) -> Body:
    return {"now": rooms.now, "ahead": rooms.sandbox.clock.ahead}


@post("/clock", status_code=200)
async def move_clock(rooms: Rooms, given: Body) -> Body:
    """Whatever becomes due by that happens before the answer, and its events are sent."""
    wanted = read(given, advance=0.0, wait=True)
    if wanted["advance"] < 0:
        raise RefusedError("The clock cannot go back.")
    with rooms.store.transaction():
        rooms.sandbox.clock.advance(wanted["advance"])
    happened = due.run(rooms.sandbox)
    rooms.sandbox.woken.set()
    if wanted["wait"]:
        await rooms.deliverer.first_attempts(happened)
    return {"now": rooms.now, "ahead": rooms.sandbox.clock.ahead, "events": happened}


@get("/totals")
async def show_totals(rooms: Rooms) -> Body:
    return totals.of(rooms.store)


@get("/objects/{kind:str}")
async def objects(rooms: Rooms, kind: str) -> list[Body]:
    return rooms.store.all(kind)


@get("/journal")
async def journal(rooms: Rooms, path: str | None = None) -> list[Body]:
    """The oldest first; `path` leaves only the requests whose path begins with it."""
    entries = rooms.store.all("journal")
    return [entry for entry in entries if path is None or entry["path"].startswith(path)]


@delete("/journal", status_code=200)
async def empty_journal(rooms: Rooms) -> Body:
    with rooms.store.transaction():
        for entry in rooms.store.all("journal"):
            rooms.store.remove("journal", entry["id"])
    return {}


@post("/reset", status_code=200)
async def reset(rooms: Rooms) -> Body:
    """Everything is forgotten, the moved clock too; the endpoint of the options is as it was at the start."""
    with rooms.store.transaction():
        rooms.store.empty()
        rooms.sandbox.clock.restart()
    account.configure(rooms.sandbox)
    endpoints.configure(rooms.sandbox)
    return {}


router = Router(
    "/_control",
    route_handlers=[
        clock,
        move_clock,
        show_totals,
        objects,
        journal,
        empty_journal,
        reset,
        *control_payments.HANDLERS,
        *control_deliveries.HANDLERS,
        *control_faults.HANDLERS,
    ],
    dependencies={"given": Provide(given)},
)
