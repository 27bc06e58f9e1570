"""One try at paying one order: what is asked of Stripe is frozen first, so that it can be repeated.

Every change of state goes by the table of moves, is a compare-and-swap, and leaves a row in the order's log;
nothing changed means that somebody else was faster.
"""

import json
from datetime import timedelta
from typing import Any

from shop import clock
from shop.orders.log import note
from shop.orders.place import Placed
from shop.payments import asking
from shop.payments.facts import SessionFacts
from shop.payments.installation import shop_id
from shop.payments.tables import Attempt
from shop.settings import settings
from shop.web import words
from shop.web.cookies import mint

LIVE = ("creating", "open", "processing")

# Money beats our bookkeeping: a try that we had given up can still turn out paid.
MOVES = {
    "creating": {"open", "processing", "paid", "failed", "expired"},
    "open": {"processing", "paid", "failed", "expired"},
    "processing": {"paid", "failed"},
    "failed": {"paid"},
    "expired": {"paid"},
    "paid": set(),
}
# Stripe counts its least, 30 minutes, by its own clock.
TIME_TO_PAY = timedelta(minutes=35)


async def start(placed: Placed) -> Attempt:
    """Writes down the try and every parameter of its call. Inside the transaction that places the order."""
    token = mint()
    expires_at = (clock.now() + TIME_TO_PAY).replace(microsecond=0)
    attempt = Attempt(
        {
            Attempt.token: token,
            Attempt.order: placed.order,
            Attempt.order_version: placed.version,
            Attempt.amount: placed.total.minor,
            Attempt.currency: placed.total.currency,
            Attempt.livemode: settings().stripe.live,
            Attempt.idempotency_key: mint(),
            Attempt.parameters: _parameters(placed, token, await shop_id(), int(expires_at.timestamp())),
            Attempt.created_at: clock.now(),
            Attempt.expires_at: expires_at,
        }
    )
    await Attempt.insert(attempt)
    return await by_token(token)


async def by_token(token: str) -> Attempt:
    found = await Attempt.objects().where(Attempt.token == token).first()
    assert found is not None, "attempts are never deleted"
    return found


async def live(order: int) -> Attempt | None:
    """The try that may still be paid; the schema allows one."""
    return await Attempt.objects().where((Attempt.order == order) & Attempt.state.is_in(list(LIVE))).first()


async def newest(order: int) -> Attempt | None:
    return await Attempt.objects().where(Attempt.order == order).order_by(Attempt.id, ascending=False).first()


async def of_session(session_id: str) -> Attempt | None:
    return await Attempt.objects().where(Attempt.session_id == session_id).first()


async def opened(attempt: Attempt, session: SessionFacts, actor: str) -> bool:
    """creating → open: Stripe has a page for it."""
    return await _move(attempt, "open", actor, session.id, _bound(session))


async def processing(attempt: Attempt, session: SessionFacts, actor: str) -> bool:
    return await _move(attempt, "processing", actor, session.id, _bound(session))


async def paid(attempt: Attempt, session: SessionFacts, actor: str) -> bool:
    return await _move(attempt, "paid", actor, session.id, _bound(session), ended=True)


async def failed(attempt: Attempt, actor: str, why: str) -> bool:
    return await _move(attempt, "failed", actor, why, {Attempt.why: why[:300]}, ended=True)


async def expired(attempt: Attempt, actor: str, why: str) -> bool:
    return await _move(attempt, "expired", actor, why, {Attempt.why: why[:300]}, ended=True)


async def checked(attempt: int) -> None:
    await Attempt.update({Attempt.checked_at: clock.now()}).where(Attempt.id == attempt)


async def _move(
    attempt: Attempt, after: str, actor: str, why: str, values: dict[Any, Any], *, ended: bool = False
) -> bool:
    """Inside the caller's transaction."""
    now = clock.now()
    before = [state for state, following in MOVES.items() if after in following]
    moved = (
        await Attempt.update(
            {
                Attempt.state: after,
                Attempt.checked_at: now,
                **({Attempt.ended_at: now} if ended else {}),
                **values,
            }
        )
        .where((Attempt.id == attempt.id) & Attempt.state.is_in(before))
        .returning(Attempt.id)
    )
    if moved:
        await note(attempt.order, actor, f"attempt {after}", why)
    return bool(moved)


def asked(attempt: Attempt) -> dict[str, Any]:
    """The frozen parameters of the attempt's call."""
    return dict(json.loads(attempt.parameters))


def _bound(session: SessionFacts) -> dict[Any, Any]:
    values: dict[Any, Any] = {Attempt.session_id: session.id}
    if session.url:
        values[Attempt.session_url] = session.url
    if session.intent:
        values[Attempt.payment_intent_id] = session.intent.id
    return values


def _parameters(placed: Placed, token: str, shop: str, expires_at: int) -> dict[str, Any]:
    here = settings()
    metadata = {"shop": shop, "order": placed.number, "attempt": token}
    # Whoever pays in German comes back to German pages.
    ours = here.url + words.prefix()
    return {
        "mode": "payment",
        "locale": asking.language(),
        "line_items": asking.line_items(placed),
        **asking.shipping_options(placed),
        "client_reference_id": placed.number,
        "metadata": metadata,
        # Not copied by Stripe: payments, charges and refunds are told apart by it.
        "payment_intent_data": {"metadata": metadata, **asking.shipping(placed)},
        "customer_email": placed.email,
        "success_url": f"{ours}/checkout/return?session_id={{CHECKOUT_SESSION_ID}}",
        "cancel_url": f"{ours}/orders/{placed.token}?cancelled=1",
        "expires_at": expires_at,
    }
