"""Faults of the API: which request, how often, and what becomes of it."""

from litestar import delete, get, post

from shop.sandbox import faults
from shop.sandbox.control_input import read
from shop.sandbox.hands import RefusedError
from shop.sandbox.rooms import Rooms
from shop.sandbox.shapes import Body


@get("/faults")
async def listed(rooms: Rooms) -> list[Body]:
    return rooms.store.all("fault")


@post("/faults", status_code=200)
async def add(rooms: Rooms, given: Body) -> Body:
    wanted = read(given, **dict.fromkeys(faults.DEFAULTS))
    wanted = {name: value for name, value in wanted.items() if name in given}
    try:
        with rooms.store.transaction():
            return faults.add(rooms.store, wanted)
    except ValueError as problem:
        raise RefusedError(str(problem)) from problem


@delete("/faults", status_code=200)
async def forget(rooms: Rooms) -> Body:
    with rooms.store.transaction():
        for fault in rooms.store.all("fault"):
            rooms.store.remove("fault", fault["id"])
    return {}


HANDLERS = [listed, add, forget]
