"""What a settled order leaves to be done at Stripe: money to return, pages that must not be paid."""

import logging

from shop import faultpoints
from shop.errors import GatewayRefused, GatewayUnreachable
from shop.orders.log import STRIPE
from shop.orders.tables import Order
from shop.payments import attempts, refunds
from shop.payments.settle import settle
from shop.payments.stripe_gateway import StripeGateway

log = logging.getLogger("shop")


async def follow_up(gateway: StripeGateway, order: int | None) -> None:
    """Does it now where Stripe answers; the reconciler comes back to what is left."""
    if order is None:
        return
    try:
        for token in await refunds.requested(order):
            await refunds.carry_out(gateway, token)
        await close_leftover(gateway, order)
    except GatewayUnreachable as problem:
        log.warning("left to the reconciler: %s", problem)


async def close_leftover(gateway: StripeGateway, order: int) -> None:
    """Ends the live try of an order that is paid or cancelled, or is to be: nobody shall pay it now."""
    row = await Order.select(Order.status, Order.cancelling_at).where(Order.id == order).first()
    attempt = await attempts.live(order)
    # What the bank is still working at cannot be ended.
    if row is None or attempt is None or attempt.session_id is None or attempt.state != "open":
        return
    if row["status"] in ("paid", "cancelled") or row["cancelling_at"] is not None:
        await end_session(gateway, attempt.session_id, STRIPE)


async def end_session(gateway: StripeGateway, session_id: str, actor: str) -> None:
    """Expires it at Stripe; if it is no longer open, what became of it is settled instead."""
    await faultpoints.reach("expire-before")
    try:
        await gateway.expire(session_id)
    except GatewayRefused:
        log.info("session was not open any more")
    await faultpoints.reach("expire-after")
    await settle(gateway, session_id, actor=actor)
