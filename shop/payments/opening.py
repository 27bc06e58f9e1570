"""From a written attempt to Stripe's page. The same call may be made again until its outcome is known."""

import asyncio
from datetime import timedelta

from shop import clock, faultpoints
from shop.database import repeatable, transaction
from shop.errors import GatewayFailed, GatewayRefused, GatewayReplayedFailure, GatewayUnreachable
from shop.orders.cart import hold
from shop.orders.log import SHOPPER
from shop.orders.owners import by_id
from shop.payments import attempts, returning
from shop.payments.facts import SessionFacts
from shop.payments.settle import record
from shop.payments.stripe_gateway import FAILS_FOR_GOOD, KEY_LIVES, StripeGateway
from shop.payments.tables import Attempt
from shop.web.words import later

# A shopper waits; retries of a Stripe that hangs would take twice as long.
BUDGET = 12.0
# Its clock and ours may differ a little.
SLACK = timedelta(minutes=10)


async def open_page(gateway: StripeGateway, attempt: Attempt, actor: str = SHOPPER) -> Attempt:
    """Makes or finds the attempt's session and stores it; answers the attempt as it is then.

    Raises GatewayUnreachable where nobody knows (nothing changed: call again), and GatewayRefused where
    Stripe will not have it (the order is a cart again).
    """
    if attempt.state != "creating":
        return attempt
    try:
        await faultpoints.reach("create-before")
        async with asyncio.timeout(BUDGET):
            session = await _made_or_found(gateway, attempt)
        await faultpoints.reach("create-after")
    except (GatewayUnreachable, TimeoutError):
        # The same button pressed twice: Stripe lets one of the two calls through.
        attempt = await attempts.by_token(attempt.token)
        if attempt.state == "creating":
            raise GatewayUnreachable("nobody knows whether a session was made") from None
        return attempt
    except GatewayRefused as problem:
        await _failed(attempt, f"Stripe refused: {problem.code or problem.status}", actor)
        raise
    if session is None:
        await _failed(attempt, "no session was made", actor)
    elif not await _opened(attempt, session, actor):
        # A webhook was faster, or gave it up meanwhile; what Stripe says now decides.
        await record(session, actor=actor)
    await faultpoints.reach("create-stored")
    return await attempts.by_token(attempt.token)


async def _made_or_found(gateway: StripeGateway, attempt: Attempt) -> SessionFacts | None:
    if clock.now() - attempt.created_at < KEY_LIVES:
        try:
            return await gateway.create_session(attempts.asked(attempt), attempt.idempotency_key)
        except GatewayReplayedFailure:
            pass
        except GatewayFailed:
            # Nobody was ever sent to a page that this call may have made: giving it up loses no money.
            session = await _looked_for(gateway, attempt)
            if session is None and clock.now() - attempt.created_at < FAILS_FOR_GOOD:
                raise
            return session
    return await _looked_for(gateway, attempt)


async def _looked_for(gateway: StripeGateway, attempt: Attempt) -> SessionFacts | None:
    return await gateway.session_of_attempt(
        attempt.token, attempt.created_at - SLACK, attempt.created_at + KEY_LIVES + SLACK
    )


@repeatable
async def _opened(attempt: Attempt, session: SessionFacts, actor: str) -> bool:
    async with transaction():
        return await attempts.opened(attempt, session, actor)


@repeatable
async def _failed(attempt: Attempt, why: str, actor: str) -> None:
    async with transaction():
        await hold(attempt.order)
        order = await by_id(attempt.order)
        if await attempts.failed(attempt, actor, why):
            await returning.to_cart(order, actor, later("The payment could not be started."))
            await faultpoints.reach("refused-written")
