"""A shopper comes back from Stripe: what Stripe says now is written down, if it says it soon enough."""

import logging
import re

from shop.errors import GatewayRefused, GatewayUnreachable, NotFound
from shop.orders.tables import Order
from shop.payments import attempts
from shop.payments.aftermath import follow_up
from shop.payments.settle import settle
from shop.payments.stripe_gateway import StripeGateway

log = logging.getLogger("shop")

SESSION_ID = re.compile(r"cs_(test|live)_[A-Za-z0-9]{10,200}")
# The shopper waits; the webhook and the reconciler come to the same end without them.
BUDGET = 2.0


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
    order = await Order.objects().get(Order.id == attempt.order)
    assert order is not None
    return order


def address(order: Order) -> str:
    """A payment that is not known yet is waited for: the page asks again by itself."""
    if order.status == "cart":
        return "/cart"
    waits = order.status == "pending" and order.review is None
    return f"/orders/{order.token}" + ("?waited=0" if waits else "")
