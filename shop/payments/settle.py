"""The one door for money: makes our rows agree with what Stripe says now.

Webhook, return page, reconciler, pay again, reopen and cancel all come through here. First the network,
within the caller's budget; then one transaction that writes all of it, which nothing interrupts.
"""

import asyncio
from dataclasses import dataclass

from shop import faultpoints
from shop.database import repeatable, transaction
from shop.errors import GatewayUnreachable
from shop.orders import moves
from shop.orders.cart import hold
from shop.orders.log import SHOPPER, STRIPE, note
from shop.orders.owners import by_id
from shop.orders.tables import Order
from shop.payments import attempts, events, ledger, returning, takings
from shop.payments.facts import SessionFacts
from shop.payments.installation import shop_id
from shop.payments.letters import tell_not_paid, tell_review
from shop.payments.stripe_gateway import StripeGateway
from shop.payments.tables import Attempt, Payment
from shop.web.words import later

REOPENED = later("You took the order back to change it.")


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of it: `result` for the ledger of events, `order` where it is one of ours."""

    result: str
    order: int | None = None


async def settle(
    gateway: StripeGateway,
    session_id: str,
    event_id: str | None = None,
    *,
    actor: str = STRIPE,
    budget: float = 20.0,
) -> Settled:
    """Raises GatewayUnreachable when Stripe gives no answer within `budget` seconds, GatewayRefused when it
    knows no such session; nothing has changed then.
    """
    known = await Payment.exists().where(Payment.session_id == session_id)
    try:
        async with asyncio.timeout(budget):
            session = await gateway.session(session_id, with_returns=known)
    except TimeoutError:
        raise GatewayUnreachable("Stripe took too long") from None
    await faultpoints.reach("settle-read")
    return await record(session, event_id, actor)


@repeatable
async def record(session: SessionFacts, event_id: str | None = None, actor: str = STRIPE) -> Settled:
    """Writes what Stripe said. May be called any number of times, in any order of what was said when."""
    async with transaction():
        settled = await _record(session, actor)
        await events.done(event_id, settled.result)
        await faultpoints.reach("settle-written")
    await faultpoints.reach("settle-committed")
    return settled


async def _record(session: SessionFacts, actor: str) -> Settled:
    ours = session.shop == await shop_id()
    attempt = await _attempt_of(session, ours=ours)
    if attempt is None and not ours:
        return Settled("another shop's")
    if attempt is None:
        return await _without_attempt(session)
    await hold(attempt.order)
    order = await by_id(attempt.order)
    attempt = await attempts.by_token(attempt.token)
    if session.paid:
        return Settled(await takings.take(order, attempt, session, actor, ours=ours), order.id)
    if session.status == "complete":
        return Settled(await _unpaid(order, attempt, session, actor), order.id)
    if session.status == "expired":
        return Settled(await _expired(order, attempt, actor), order.id)
    return Settled(await _still_open(attempt, session, actor), order.id)


async def _attempt_of(session: SessionFacts, *, ours: bool) -> Attempt | None:
    """By its id, or by our own token in the metadata: a session may be paid before we have stored its id."""
    by_id = await attempts.of_session(session.id)
    if by_id is not None or not ours:
        return by_id
    return await Attempt.objects().where(Attempt.token == session.attempt).first()


async def _without_attempt(session: SessionFacts) -> Settled:
    """It carries our shop's id and no try of ours: only people can tell whose money that is."""
    if not session.paid or session.intent is None:
        return Settled("ours, unknown attempt")
    order = await Order.objects().where(Order.number == session.order).first()
    if await takings.keep(session, None, order, "it belongs to no attempt of ours"):
        await _tell_unknown(session, order)
    await ledger.copy_refunds(session)
    return Settled("flagged: unknown attempt")


async def _tell_unknown(session: SessionFacts, order: Order | None) -> None:
    problem = f"{session.id} was paid and belongs to no attempt of ours"
    if order is not None:
        await note(order.id, STRIPE, "review", problem)
    await tell_review(session.id, session.order, problem)


async def _unpaid(order: Order, attempt: Attempt, session: SessionFacts, actor: str) -> str:
    """Complete, but the money is on its way, or is not coming."""
    if session.intent and session.intent.status in ("requires_payment_method", "canceled"):
        if await attempts.failed(attempt, actor, "the bank did not pay"):
            await returning.to_cart(order, actor, later("The bank did not confirm the payment."))
            await tell_not_paid(order, attempt.token)
        return "failed"
    if await attempts.processing(attempt, session, actor):
        await moves.wait_for_bank(order.id, actor)
    await attempts.checked(attempt.id)
    return "processing"


async def _expired(order: Order, attempt: Attempt, actor: str) -> str:
    if await attempts.expired(attempt, actor, "the session expired at Stripe"):
        why = REOPENED if actor == SHOPPER else later("The time for paying ran out.")
        await returning.to_cart(order, actor, why)
    return "expired"


async def _still_open(attempt: Attempt, session: SessionFacts, actor: str) -> str:
    if not await attempts.opened(attempt, session, actor):
        await attempts.checked(attempt.id)
    return "open"
