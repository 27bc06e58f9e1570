"""Our books against Stripe's, both ways; it only looks, and says each difference in a sentence."""

from collections.abc import AsyncIterator
from datetime import timedelta

from shop import clock
from shop.money import Money, plain
from shop.payments.facts import SessionFacts
from shop.payments.installation import shop_id
from shop.payments.ledger import returned
from shop.payments.stripe_gateway import StripeGateway
from shop.payments.tables import Payment


async def differences(gateway: StripeGateway, days: int) -> AsyncIterator[str]:
    """What differs in the last `days` days. Raises GatewayUnreachable where Stripe does not answer."""
    since = clock.now() - timedelta(days=days)
    ours = await shop_id()
    seen: set[str] = set()
    async for session in gateway.sessions_since(since):
        if session.shop == ours and session.paid and session.intent is not None:
            seen.add(session.intent.id)
            async for difference in _missing_or_different(session):
                yield difference
    for payment in await Payment.objects().where(Payment.received_at >= since).order_by(Payment.id):
        if payment.payment_intent_id not in seen:
            async for difference in _unknown_to_stripe(gateway, payment):
                yield difference


async def _missing_or_different(session: SessionFacts) -> AsyncIterator[str]:
    intent = session.intent
    assert intent is not None
    payment = await Payment.objects().where(Payment.payment_intent_id == intent.id).first()
    if payment is None:
        yield f"{session.id} of order {session.order} is paid at Stripe ({intent.id}) and missing here."
        return
    if (payment.amount, payment.currency) != (intent.received, intent.currency):
        there, here = _told(intent.received, intent.currency), _told(payment.amount, payment.currency)
        yield f"{intent.id}: Stripe received {there}, we recorded {here}."
    back = await returned(payment.id)
    if back != intent.returned:
        there, here = _told(intent.returned, intent.currency), _told(back, payment.currency)
        yield f"{intent.id}: Stripe has returned {there}, we recorded {here}."


async def _unknown_to_stripe(gateway: StripeGateway, payment: Payment) -> AsyncIterator[str]:
    """Its session may be older than the span that was read."""
    found = await gateway.session_of_intent(payment.payment_intent_id)
    if found is None:
        yield f"{payment.payment_intent_id} is recorded here and unknown at Stripe."
    elif not found.paid:
        yield f"{payment.payment_intent_id} is recorded as received here and not paid at Stripe."


def _told(amount: int, currency: str) -> str:
    return f"{plain(Money(amount, currency))} {currency}"
