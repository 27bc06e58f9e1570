"""A shopper comes back from Stripe: what Stripe says now is written down, if it says it soon enough."""

import logging
from datetime import timedelta

from shop import clock
from shop.customers.who import Shopper
from shop.errors import GatewayRefused, GatewayUnreachable, NotFound
from shop.orders.owners import by_id, by_token, owns
from shop.orders.tables import Order
from shop.payments import attempts
from shop.payments.aftermath import follow_up
from shop.payments.reading import SESSION_ID
from shop.payments.settle import settle
from shop.payments.stripe_gateway import StripeGateway
from shop.payments.tables import Attempt

log = logging.getLogger("shop")

# The shopper waits; the webhook and the reconciler come to the same end without them.
BUDGET = 2.0
# A page that asks for itself again need not ask Stripe each time.
RECENT = timedelta(seconds=3)


async def settled_order(gateway: StripeGateway, session_id: str) -> Order:
    """The order of one of our sessions. Raises NotFound without asking Stripe about anything else."""
    attempt = await attempts.of_session(session_id) if SESSION_ID.fullmatch(session_id) else None
    if attempt is None:
        raise NotFound
    try:
        settled = await settle(gateway, session_id, budget=BUDGET)
        await follow_up(gateway, settled.order)
    except (GatewayUnreachable, GatewayRefused) as problem:
        log.warning("not settled on return: %s", type(problem).__name__)
    return await by_id(attempt.order)


async def known_now(gateway: StripeGateway, shopper: Shopper, token: str) -> Order:
    """The order that an address carries; its owner's, while it waits, as Stripe knows it this moment."""
    order = await by_token(token)
    if order.status != "pending" or order.review is not None or not owns(shopper, order):
        return order
    attempt = await attempts.live(order.id)
    if attempt is None or attempt.state != "open" or _just_asked(attempt):
        return order
    return await settled_order(gateway, str(attempt.session_id))


def _just_asked(attempt: Attempt) -> bool:
    return clock.now() - (attempt.checked_at or attempt.created_at) < RECENT


def address(order: Order) -> str:
    """A payment that is not known yet is waited for: the page asks again by itself."""
    if order.status == "cart":
        return "/cart"
    waits = order.status == "pending" and order.review is None
    return f"/orders/{order.token}" + ("?waited=0" if waits else "")
