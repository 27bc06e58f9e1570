"""The page on which a person watches the sandbox and lends a hand."""

import json
from collections.abc import Callable, Mapping

from litestar import Request, Response, get, post
from litestar.datastructures import State
from litestar.response import Redirect

from shop.sandbox import board_view, due, hands
from shop.sandbox.hands import RefusedError
from shop.sandbox.pages import money
from shop.sandbox.rooms import Rooms
from shop.sandbox.sandbox import Act
from shop.sandbox.shapes import Body

AnyRequest = Request[object, object, State]
Form = Mapping[str, str]
SHOWN = ("checkout.session", "payment_intent", "charge", "refund", "dispute", "event", "delivery")


@get("/")
async def index(request: AnyRequest, rooms: Rooms) -> Response[str]:
    return _board(request, rooms)


@post("/acts/{name:str}", status_code=200)
async def act(request: AnyRequest, rooms: Rooms, name: str) -> Response[str] | Redirect:
    form = {"subject": ""} | {field: str(value) for field, value in (await request.form()).items()}
    change = ACTS.get(name)
    if change is None:
        return rooms.missing("act")
    try:
        await hands.do(rooms, change(form), wait=True)
    except RefusedError as problem:
        return _board(request, rooms, problem=str(problem), status=409)
    return _board(request, rooms) if _is_partial(request) else Redirect("/", status_code=303)


@post("/clock", status_code=200)
async def move_clock(request: AnyRequest, rooms: Rooms) -> Response[str] | Redirect:
    minutes = str((await request.form()).get("minutes", ""))
    if not (minutes.isascii() and minutes.isdigit() and len(minutes) <= 6):
        return _board(request, rooms, problem="Give the minutes as a whole number.", status=422)
    with rooms.store.transaction():
        rooms.sandbox.clock.advance(int(minutes) * 60)
    await rooms.deliverer.first_attempts(due.run(rooms.sandbox))
    return _board(request, rooms) if _is_partial(request) else Redirect("/", status_code=303)


@get("/payments/{intent_id:str}")
async def payment(rooms: Rooms, intent_id: str) -> Response[str]:
    """Also the address of a charge's receipt."""
    intent = rooms.store.find("payment_intent", intent_id)
    if intent is None:
        return rooms.missing("payment")
    charges = rooms.store.all("charge", ("$.payment_intent =", intent_id))
    title = f"Payment of {money(intent['amount'], intent['currency'])}"
    return rooms.pages.page(
        "sandbox/object.html",
        title=title,
        note=intent["status"],
        papers=[_paper(body) for body in [intent, *charges]],
    )


@get("/requests/{request_id:str}")
async def journal_entry(rooms: Rooms, request_id: str) -> Response[str]:
    entry = rooms.store.find("journal", request_id)
    if entry is None:
        return rooms.missing("request")
    title = f"{entry['method']} {entry['path']}"
    note = f"{entry['status']} in {entry['took']} s"
    parameters = entry["parameters"].replace("&", "\n") or "No parameters."
    return rooms.pages.page(
        "sandbox/object.html",
        title=title,
        note=note,
        papers=[(request_id, parameters), ("Answer", entry["answer"])],
    )


@get("/objects/{kind:str}/{object_id:str}")
async def any_object(rooms: Rooms, kind: str, object_id: str) -> Response[str]:
    body = rooms.store.find(kind, object_id) if kind in SHOWN else None
    if body is None:
        return rooms.missing("object")
    return rooms.pages.page("sandbox/object.html", title=kind, note=object_id, papers=[_paper(body)])


def _board(request: AnyRequest, rooms: Rooms, problem: str | None = None, status: int = 200) -> Response[str]:
    template = "sandbox/_board.html" if _is_partial(request) else "sandbox/dashboard.html"
    response = rooms.pages.page(template, status=status, board=board_view.of(rooms, problem))
    response.headers["Vary"] = "HX-Request-Type"
    return response


def _is_partial(request: AnyRequest) -> bool:
    return request.headers.get("HX-Request-Type") == "partial"


def _paper(body: Body) -> tuple[str, str]:
    return str(body["id"]), json.dumps(body, indent=2, ensure_ascii=False)


def _amount(form: Form) -> int | None:
    text = form.get("amount", "").strip()
    if text and not (text.isascii() and text.isdigit() and len(text) <= 8):
        raise RefusedError("Give the amount in the smallest unit, as digits.")
    return int(text) if text else None


ACTS: dict[str, Callable[[Form], Callable[[Act], Body]]] = {
    "pay": lambda form: hands.pay(form["subject"], form.get("outcome", "card_success"), None, {}),
    "expire": lambda form: hands.expire(form["subject"]),
    "confirm": lambda form: hands.answer(form["subject"], True),
    "refuse": lambda form: hands.answer(form["subject"], False),
    "succeed": lambda form: hands.settle(form["subject"], True),
    "fail": lambda form: hands.settle(form["subject"], False),
    "refund": lambda form: hands.refund(form["subject"], _amount(form), form.get("goes", "succeeded")),
    "dispute": lambda form: hands.dispute(form["subject"], form.get("reason", "fraudulent")),
    "finish-refund": lambda form: hands.finish_refund(form["subject"], True),
    "fail-refund": lambda form: hands.finish_refund(form["subject"], False),
    "win": lambda form: hands.close_dispute(form["subject"], "won"),
    "lose": lambda form: hands.close_dispute(form["subject"], "lost"),
    "escalate": lambda form: hands.escalate_dispute(form["subject"]),
    "resend": lambda form: hands.resend(form["subject"]),
}

HANDLERS = [index, act, move_clock, payment, journal_entry, any_object]
