"""What money's fate writes to the shopper and to the merchant. Inside the caller's transaction; once each."""

from typing import Any

from shop.mail import outbox
from shop.money import Money
from shop.orders.letters import about
from shop.orders.tables import Order
from shop.payments.facts import DisputeFacts
from shop.payments.tables import Payment, Refund
from shop.web.words import later

SHOP = "shop"
FAILED = ("failed", "canceled")

# Why money goes back by itself, in words that the letter says in the reader's language.
CHANGED = later("the order was changed after this payment was begun")
SOLD_OUT = later("what was ordered is sold out by now")
PAID_ALREADY = later("the order had been paid already")
CANCELLED = later("the order had been cancelled")


async def tell_not_paid(order: Order, attempt: str) -> None:
    """The bank has said no after all."""
    facts = {"order": about(order)}
    await outbox.write(f"attempt:{attempt}:failed", "payment failed", order.email, facts, order.locale)


async def tell_given_back(order: Order, token: str, amount: Money, why: str) -> None:
    """Money that should not have come goes back by itself, and both sides are told why."""
    facts = {"order": about(order), "why": why, **_amount(amount)}
    await outbox.write(f"refund:{token}", "given back", order.email, facts, order.locale)
    await outbox.write(f"refund:{token}:merchant", "given back", outbox.MERCHANT, facts)


async def tell_refund(token: str) -> None:
    """The shopper hears of money on its way; people of money that was to go back and has not."""
    refund = await Refund.objects().where((Refund.token == token) & (Refund.state != "requested")).first()
    if refund is None:
        return
    order = await _order_of(refund)
    facts = {
        "order": about(order) if order else None,
        "why": "" if refund.requested_by in (SHOP, "stripe") else refund.why,
        **_amount(Money(refund.amount, refund.currency)),
    }
    if refund.state in FAILED:
        facts |= {"asked": refund.why, "payment": (await _payment_of(refund)).payment_intent_id}
        await outbox.write(f"refund:{token}:failed", "refund failed", outbox.MERCHANT, facts)
    elif order:
        await outbox.write(f"refund:{token}", "refunded", order.email, facts, order.locale)


async def tell_review(session: str, number: str | None, problem: str) -> None:
    """One letter for each session whose money people must look at."""
    facts = {"order": {"number": number}, "session": session, "problem": problem}
    await outbox.write(f"session:{session}:review", "review", outbox.MERCHANT, facts)


async def tell_disputed(order: Order, dispute: DisputeFacts) -> None:
    facts = {
        "order": about(order),
        "dispute": dispute.id,
        "reason": dispute.reason,
        **_amount(Money(dispute.amount, dispute.currency)),
    }
    await outbox.write(f"dispute:{dispute.id}", "disputed", outbox.MERCHANT, facts)


def _amount(amount: Money) -> dict[str, Any]:
    return {"amount": amount.minor, "currency": amount.currency}


async def _order_of(refund: Refund) -> Order | None:
    payment = await _payment_of(refund)
    return await Order.objects().where(Order.id == payment.order).first()


async def _payment_of(refund: Refund) -> Payment:
    payment = await Payment.objects().where(Payment.id == refund.payment).first()
    assert payment is not None
    return payment
