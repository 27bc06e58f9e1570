"""From an event to one of our sessions, and from there to settle: at its arrival and when tried again."""

import logging

from shop.errors import ShopError
from shop.payments import events
from shop.payments.aftermath import follow_up
from shop.payments.attempts import of_session
from shop.payments.facts import EventFacts
from shop.payments.installation import shop_id
from shop.payments.settle import settle
from shop.payments.stripe_gateway import StripeGateway
from shop.payments.tables import Attempt, Payment

log = logging.getLogger("shop")

# What we act on; anything else is noted with its name and left alone.
KINDS = (
    "checkout.session.completed",
    "checkout.session.async_payment_succeeded",
    "checkout.session.async_payment_failed",
    "checkout.session.expired",
    "payment_intent.succeeded",
    "payment_intent.processing",
    "payment_intent.payment_failed",
    "payment_intent.canceled",
    "charge.refunded",
    "refund.created",
    "refund.updated",
    "refund.failed",
    "charge.dispute.created",
    "charge.dispute.updated",
    "charge.dispute.closed",
    "charge.dispute.funds_withdrawn",
    "charge.dispute.funds_reinstated",
)


async def handle(gateway: StripeGateway, event: EventFacts, budget: float = 20.0) -> None:
    """Acts on a noted event, or notes why not yet: it is kept either way. Raises what a database raises."""
    try:
        session_id = await _session_of(gateway, event)
        if session_id is None:
            await events.done(event.id, "not ours")
            return
        settled = await settle(gateway, session_id, event.id, budget=budget)
        await follow_up(gateway, settled.order)
    except ShopError as problem:
        log.warning("event %s (%s) not settled yet: %s", event.id, event.kind, type(problem).__name__)
        await events.not_yet(event.id, f"{type(problem).__name__}: {problem}")
    except Exception as problem:
        log.exception("event %s (%s) failed", event.id, event.kind)
        await events.not_yet(event.id, type(problem).__name__)


async def _session_of(gateway: StripeGateway, event: EventFacts) -> str | None:
    """Our own rows are asked first, Stripe's list last; another application's events end here."""
    if event.kind not in KINDS:
        return None
    if event.session_id is not None:
        ours = event.shop == await shop_id() or await of_session(event.session_id) is not None
        return event.session_id if ours else None
    known = await _known_session(event)
    if known is None and event.shop in (None, await shop_id()):
        return await _session_at_stripe(gateway, event)
    return known


async def _known_session(event: EventFacts) -> str | None:
    intent, charge, attempt = event.payment_intent_id, event.charge_id, event.attempt
    if intent is not None:
        for table in (Attempt, Payment):
            row = await table.select(table.session_id).where(table.payment_intent_id == intent).first()
            if row and row["session_id"]:
                return str(row["session_id"])
    if charge is not None:
        row = await Payment.select(Payment.session_id).where(Payment.charge_id == charge).first()
        if row and row["session_id"]:
            return str(row["session_id"])
    if attempt is not None:
        row = await Attempt.select(Attempt.session_id).where(Attempt.token == attempt).first()
        if row and row["session_id"]:
            return str(row["session_id"])
    return None


async def _session_at_stripe(gateway: StripeGateway, event: EventFacts) -> str | None:
    intent = event.payment_intent_id
    if intent is None and event.charge_id is not None:
        intent = await gateway.intent_of_charge(event.charge_id)
    found = await gateway.session_of_intent(intent) if intent else None
    return found.id if found else None
