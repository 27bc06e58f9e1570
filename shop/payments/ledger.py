"""Refunds and disputes as Stripe has them now, copied by id: the order in which events come cannot matter."""

from typing import Any

from shop import clock
from shop.database import run
from shop.orders import moves
from shop.orders.log import note
from shop.orders.tables import Order
from shop.payments import letters, returning
from shop.payments.facts import DisputeFacts, IntentFacts, RefundFacts, SessionFacts
from shop.payments.tables import Dispute, Payment, Refund
from shop.web.cookies import mint
from shop.web.words import later

UNDER_WAY = ("pending", "requires_action")


async def copy_returns(order: Order, session: SessionFacts, actor: str) -> None:
    """Inside settle's transaction."""
    intent = session.intent
    payment = await copy_refunds(session)
    if intent is None or payment is None:
        return
    if intent.charge_id and not payment.charge_id:
        await _learn_charge(order, payment, intent)
    for dispute in intent.disputes:
        await _copy_dispute(order, payment, dispute, actor)
    if order.review and order.status in moves.HELD and await returned(payment.id) >= payment.amount:
        await _release_reviewed(order, actor)


async def copy_refunds(session: SessionFacts) -> Payment | None:
    """The session's payment, with what has gone back of it written down."""
    intent = session.intent
    payment = (
        await Payment.objects().where(Payment.payment_intent_id == intent.id).first() if intent else None
    )
    if intent is not None and payment is not None:
        for refund in intent.refunds:
            await _copy_refund(payment, refund)
    return payment


async def returned(payment: int) -> int:
    """What has gone back of a payment, in minor units."""
    rows = await run(
        'SELECT SUM("amount") AS "n" FROM "refund" WHERE "payment" = {} AND "state" = \'succeeded\'', payment
    )
    return int(rows[0]["n"] or 0)


async def returned_of_order(order: int) -> int:
    """What has gone back of the payment that paid for an order."""
    rows = await run(
        'SELECT SUM(r."amount") AS "n" FROM "refund" r JOIN "payment" p ON p."id" = r."payment"'
        ' JOIN "order" o ON o."id" = p."order" AND o."stripe_payment_intent_id" = p."payment_intent_id"'
        ' WHERE o."id" = {} AND r."state" = \'succeeded\'',
        order,
    )
    return int(rows[0]["n"] or 0)


async def given_back_of_order(order: int) -> int:
    """What goes back, or has gone, of payments that came for an order and could not pay for it."""
    rows = await run(
        'SELECT SUM(r."amount") AS "n" FROM "refund" r JOIN "payment" p ON p."id" = r."payment"'
        ' JOIN "order" o ON o."id" = p."order"'
        " WHERE o.\"id\" = {} AND r.\"state\" NOT IN ('failed', 'canceled')"
        ' AND COALESCE(o."stripe_payment_intent_id", \'\') <> p."payment_intent_id"',
        order,
    )
    return int(rows[0]["n"] or 0)


async def _learn_charge(order: Order, payment: Payment, intent: IntentFacts) -> None:
    await Payment.update({Payment.charge_id: intent.charge_id}).where(Payment.id == payment.id)
    await Order.update({Order.stripe_charge_id: intent.charge_id}).where(
        (Order.id == order.id) & (Order.stripe_payment_intent_id == intent.id)
    )


async def _copy_refund(payment: Payment, refund: RefundFacts) -> None:
    values: dict[Any, Any] = {
        Refund.stripe_refund_id: refund.id,
        Refund.state: refund.status[:20],
        Refund.checked_at: clock.now(),
    }
    known = await Refund.update(values).where(_same(payment, refund)).returning(Refund.token)
    if known:
        await letters.tell_refund(known[0]["token"])
        return
    token = mint()
    await Refund.insert(
        Refund(
            {
                **values,
                Refund.token: token,
                Refund.payment: payment.id,
                Refund.idempotency_key: mint(),
                Refund.amount: refund.amount,
                Refund.currency: refund.currency,
                Refund.requested_by: "stripe",
                Refund.why: "made at Stripe",
                Refund.created_at: refund.created,
            }
        )
    ).on_conflict(action="DO NOTHING")
    await letters.tell_refund(token)


def _same(payment: Payment, refund: RefundFacts) -> Any:
    """By Stripe's id, or by our token where the answer to our own call never reached us."""
    known: Any = Refund.stripe_refund_id == refund.id
    if refund.status in UNDER_WAY:
        # An older answer that arrives late must not undo what a newer one has said.
        known = known & Refund.state.not_in(["succeeded", *letters.FAILED])
    if not refund.token:
        return known
    asked = (
        (Refund.token == refund.token) & (Refund.payment == payment.id) & Refund.stripe_refund_id.is_null()
    )
    return known | asked


async def _copy_dispute(order: Order, payment: Payment, dispute: DisputeFacts, actor: str) -> None:
    values: dict[Any, Any] = {
        Dispute.status: dispute.status[:50],
        Dispute.refundable: dispute.refundable,
        Dispute.amount: dispute.amount,
    }
    known = await Dispute.update(values).where(Dispute.stripe_dispute_id == dispute.id).returning(Dispute.id)
    if known:
        return
    await Dispute.insert(
        Dispute(
            {
                **values,
                Dispute.payment: payment.id,
                Dispute.stripe_dispute_id: dispute.id,
                Dispute.reason: dispute.reason[:100],
                Dispute.currency: dispute.currency,
                Dispute.created_at: dispute.created,
            }
        )
    ).on_conflict(action="DO NOTHING")
    await note(order.id, actor, "dispute", f"{dispute.id}: {dispute.reason}")
    await letters.tell_disputed(order, dispute)


async def _release_reviewed(order: Order, actor: str) -> None:
    """The payment that did not agree has gone back whole: the shopper may try again."""
    await Order.update({Order.review: None}).where(Order.id == order.id)
    order.review = None
    await returning.to_cart(order, actor, later("The payment was returned."))
