"""Money has arrived: it pays for its order, or goes back, or people look at it. Never silent.

Everything here runs inside settle's transaction, which holds the order.
"""

from typing import Any

from shop import clock
from shop.errors import SoldOut
from shop.money import Money
from shop.orders import moves
from shop.orders.letters import tell_paid
from shop.orders.log import note
from shop.orders.tables import Order
from shop.payments import attempts, ledger, letters, refunds
from shop.payments.facts import SessionFacts
from shop.payments.tables import Attempt, Payment


async def take(order: Order, attempt: Attempt, session: SessionFacts, actor: str, *, ours: bool) -> str:
    """What is decided here is decided once: by whoever writes the payment's row."""
    problem = "it names another shop" if not ours else _disagreement(order, attempt, session)
    if session.intent is None:
        # Nothing was taken for an attempt that had an amount; there is no row to decide by.
        first = await attempts.paid(attempt, session, actor)
        return await _flag(order, session, problem, actor) if first else "known"
    first = await keep(session, attempt, order, problem)
    if attempt.session_id in (None, session.id):
        await attempts.paid(attempt, session, actor)
    if first:
        result = await (
            _flag(order, session, problem, actor) if problem else _pay(order, attempt, session, actor)
        )
    else:
        result = "known"
    await ledger.copy_returns(order, session, actor)
    return result


async def keep(session: SessionFacts, attempt: Attempt | None, order: Order | None, problem: str) -> bool:
    """Writes the payment's row; False where it stands already."""
    intent = session.intent
    if intent is None:
        return False
    inserted = (
        await Payment.insert(
            Payment(
                {
                    Payment.order: order.id if order else None,
                    Payment.attempt: attempt.id if attempt else None,
                    Payment.session_id: session.id,
                    Payment.payment_intent_id: intent.id,
                    Payment.charge_id: intent.charge_id,
                    Payment.amount: intent.received,
                    Payment.currency: intent.currency,
                    Payment.received_at: clock.now(),
                    Payment.problem: problem or None,
                }
            )
        )
        .on_conflict(action="DO NOTHING")
        .returning(Payment.id)
    )
    return bool(inserted)


def _disagreement(order: Order, attempt: Attempt, session: SessionFacts) -> str:
    """Why this session cannot have paid for this attempt, or nothing."""
    intent = session.intent
    checks = {
        "it is no payment": session.mode != "payment",
        "it is another mode's": session.livemode != attempt.livemode,
        "another session is this attempt's": attempt.session_id not in (None, session.id),
        "it names another attempt": session.attempt != attempt.token,
        "it names another order": order.number is None
        or {session.order, session.reference} != {order.number},
        "the amount differs": session.amount != attempt.amount,
        "the currency differs": session.currency != attempt.currency,
        "there is no payment behind it": intent is None,
    }
    if intent is not None:
        checks |= {
            "the payment has not succeeded": intent.status != "succeeded",
            "the amount received differs": intent.received != attempt.amount,
            "the currency received differs": intent.currency != attempt.currency,
        }
    return "; ".join(sentence for sentence, wrong in checks.items() if wrong)


async def _flag(order: Order, session: SessionFacts, problem: str, actor: str) -> str:
    """The payment and our own books differ: nothing is shipped, stock stays held, people look at it."""
    if order.status in moves.HELD:
        await Order.update({Order.review: problem}).where(Order.id == order.id)
    await note(order.id, actor, "review", problem)
    await letters.tell_review(session.id, order.number, problem)
    return "flagged"


async def _pay(order: Order, attempt: Attempt, session: SessionFacts, actor: str) -> str:
    if order.status in moves.HELD:
        fits = order.version == attempt.order_version and order.total == attempt.amount
        if fits and await moves.pay(order.id, actor, f"paid by {session.id}", _stripe_ids(session)):
            return await _paid(order, session, actor)
        return await _give_back(order, session, actor, letters.CHANGED)
    if order.status == "cart":
        return await _pay_late(order, attempt, session, actor)
    if order.status == "paid":
        return await _give_back(order, session, actor, letters.PAID_ALREADY)
    return await _give_back(order, session, actor, letters.CANCELLED)


async def _pay_late(order: Order, attempt: Attempt, session: SessionFacts, actor: str) -> str:
    """The try had been given up and was paid all the same: the order stands if nothing else has changed."""
    newest = await attempts.newest(order.id)
    if newest is None or newest.id != attempt.id or order.version != attempt.order_version:
        return await _give_back(order, session, actor, letters.CHANGED)
    if not await moves.could_take(order.id):
        return await _give_back(order, session, actor, letters.SOLD_OUT)
    if not await moves.pay_late(order.id, attempt.order_version, actor, _stripe_ids(session)):
        raise SoldOut(f"order {order.number}")
    return await _paid(order, session, actor)


async def _paid(order: Order, session: SessionFacts, actor: str) -> str:
    await tell_paid(order.id)
    intent = session.intent
    if intent and (intent.returned or intent.disputed):
        why = "it was refunded or disputed before we saw the payment"
        await Order.update({Order.review: why}).where(Order.id == order.id)
        await note(order.id, actor, "review", why)
        await letters.tell_review(session.id, order.number, why)
    if order.cancelling_at is not None:
        await letters.tell_review(session.id, order.number, "it was paid before it could be cancelled")
    return "paid"


async def _give_back(order: Order, session: SessionFacts, actor: str, why: str) -> str:
    """Money that should not have come goes back by itself, once, and both sides are told."""
    assert session.intent is not None
    await Payment.update({Payment.problem: why}).where(Payment.payment_intent_id == session.intent.id)
    token = await refunds.ask_back(session.intent, why)
    await note(order.id, actor, "refund", f"{session.id}: {why}")
    if token:
        amount = Money(session.intent.received - session.intent.returned, session.intent.currency)
        await letters.tell_given_back(order, token, amount, why)
    return f"given back: {why}"


def _stripe_ids(session: SessionFacts) -> dict[Any, Any]:
    assert session.intent is not None
    return {
        Order.stripe_session_id: session.id,
        Order.stripe_payment_intent_id: session.intent.id,
        Order.stripe_charge_id: session.intent.charge_id,
        # A payment by an older session decides what the order was paid with.
        Order.cancelling_at: None,
    }
