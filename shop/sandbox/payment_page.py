"""The page on which a shopper pays a session, and the bank's question that may follow."""

import asyncio
from urllib.parse import quote

from litestar import Request, Response, get, post
from litestar.datastructures import State
from litestar.response import Redirect

from shop.sandbox import checkout, intents, language, page_view
from shop.sandbox.checkout import NotOpenError
from shop.sandbox.page_form import PageForm
from shop.sandbox.rooms import Rooms
from shop.sandbox.shapes import Body

AnyRequest = Request[object, object, State]
# So long Stripe holds the shopper until the shop has answered `checkout.session.completed`.
LONGEST_WAIT = 10.0


@get("/c/pay/{session_id:str}")
async def show(rooms: Rooms, session_id: str, method: str = "card") -> Response[str]:
    session = rooms.store.find("checkout.session", session_id)
    if session is None:
        return rooms.missing("payment page")
    if not _is_open(rooms, session):
        return _closed(rooms, session)
    return _page(rooms, PageForm(session, {"method": method}, rooms.now))


@post("/c/pay/{session_id:str}", status_code=200)
async def submit(request: AnyRequest, rooms: Rooms, session_id: str) -> Response[str] | Redirect:
    session = rooms.store.find("checkout.session", session_id)
    if session is None:
        return rooms.missing("payment page")
    form = PageForm(session, await _sent(request), rooms.now)
    if "choose" in form.sent:
        return _choose(rooms, form)
    choice = form.choice()
    if choice is None:
        return _page(rooms, form, status=422)
    try:
        with rooms.sandbox.act() as act:
            session = checkout.pay(act, session_id, choice)
    except NotOpenError:
        return await _after(rooms, rooms.store.find("checkout.session", session_id) or session)
    return await _after(rooms, session, form)


async def _sent(request: AnyRequest) -> dict[str, str]:
    return {name: value for name, value in (await request.form()).items() if isinstance(value, str)}


@get("/challenge/{intent_id:str}")
async def ask(rooms: Rooms, intent_id: str) -> Response[str]:
    intent = rooms.store.find("payment_intent", intent_id)
    if intent is None:
        return rooms.missing("question")
    session = _session_of(rooms, intent)
    if session is not None and not _is_open(rooms, session):
        return _closed(rooms, session)
    return rooms.pages.page(
        "sandbox/challenge.html",
        leads_to=[*_leads_to(session), _return_url(intent)],
        spoken=language.of(session),
        intent=intent,
        session=session,
    )


@post("/challenge/{intent_id:str}", status_code=200)
async def answer(request: AnyRequest, rooms: Rooms, intent_id: str) -> Response[str] | Redirect:
    intent = rooms.store.find("payment_intent", intent_id)
    if intent is None:
        return rooms.missing("question")
    confirmed = (await request.form()).get("answer") == "confirm"
    session = _session_of(rooms, intent)
    if session is None:
        return _answer_without_session(rooms, intent, confirmed)
    try:
        with rooms.sandbox.act() as act:
            session = checkout.answer_bank(act, session["id"], confirmed)
    except NotOpenError:
        return await _after(rooms, rooms.store.find("checkout.session", session["id"]) or session)
    return await _after(rooms, session, PageForm(session, {}, rooms.now))


def _answer_without_session(rooms: Rooms, intent: Body, confirmed: bool) -> Response[str] | Redirect:
    """For an intent that was confirmed by the API: back to where that call said."""
    if intent["status"] != "requires_action":
        return rooms.missing("question any more")
    back = intent["next_action"]["redirect_to_url"]["return_url"]
    with rooms.sandbox.act() as act:
        intents.answer(act, intent, confirmed)
    return Redirect(back or f"/payments/{intent['id']}", status_code=303)


async def _after(rooms: Rooms, session: Body, form: PageForm | None = None) -> Response[str] | Redirect:
    """Paid: on to the shop. Asked: to the bank. Declined: the page again, with the reason."""
    if session["status"] == "complete":
        await _shop_knows(rooms, session)
        return Redirect(page_view.success_url(session), status_code=303)
    if not _is_open(rooms, session):
        return _closed(rooms, session)
    intent = rooms.store.find("payment_intent", session["payment_intent"] or "")
    if intent is not None and intent["status"] == "requires_action":
        return Redirect(f"/challenge/{quote(intent['id'])}", status_code=303)
    problem = (intent or {}).get("last_payment_error")
    return _page(
        rooms, form or PageForm(session, {}, rooms.now), status=402 if problem else 200, problem=problem
    )


async def _shop_knows(rooms: Rooms, session: Body) -> None:
    events = rooms.store.all(
        "event", ("$.type =", "checkout.session.completed"), ("$.data.object.id =", session["id"])
    )
    try:
        async with asyncio.timeout(LONGEST_WAIT):
            await rooms.deliverer.first_attempts([event["id"] for event in events])
    except TimeoutError:
        return


def _choose(rooms: Rooms, form: PageForm) -> Response[str]:
    """Another way to deliver changes the total, which the shopper sees before they pay."""
    with rooms.sandbox.act() as act:
        session = checkout.choose_shipping(act, form.session["id"], form.text("shippingRate"))
    return _page(rooms, PageForm(session, form.sent, rooms.now))


def _page(rooms: Rooms, form: PageForm, status: int = 200, problem: Body | None = None) -> Response[str]:
    view = page_view.of(rooms.store, form, problem)
    return rooms.pages.page(
        "sandbox/pay.html",
        status=status,
        leads_to=_leads_to(form.session),
        spoken=language.of(form.session),
        view=view,
    )


def _closed(rooms: Rooms, session: Body) -> Response[str]:
    return rooms.pages.page(
        "sandbox/closed.html",
        spoken=language.of(session),
        session=session,
        success_url=page_view.success_url(session),
    )


def _return_url(intent: Body) -> str | None:
    url = ((intent["next_action"] or {}).get("redirect_to_url") or {}).get("return_url")
    return str(url) if url else None


def _leads_to(session: Body | None) -> list[str | None]:
    return [session["success_url"], session["cancel_url"]] if session else []


def _is_open(rooms: Rooms, session: Body) -> bool:
    return session["status"] == "open" and int(session["expires_at"]) > rooms.now


def _session_of(rooms: Rooms, intent: Body) -> Body | None:
    found = rooms.store.all("checkout.session", ("$.payment_intent =", intent["id"]))
    return found[0] if found else None


HANDLERS = [show, submit, ask, answer]
