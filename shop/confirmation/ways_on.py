"""The two ways on from an order that waits for its payment: pay after all, or change it.

Stock is given back on Stripe's word only: its page is closed there first, and if it was paid, that stands.
"""

from shop.errors import GatewayRefused, GatewayUnreachable
from shop.orders.log import SHOPPER
from shop.orders.owners import by_id
from shop.orders.tables import Order
from shop.payments import attempts
from shop.payments.aftermath import end_session, follow_up
from shop.payments.opening import open_page
from shop.payments.settle import settle
from shop.payments.stripe_gateway import StripeGateway
from shop.payments.tables import Attempt

BUDGET = 2.0


async def pay_again(gateway: StripeGateway, order: Order) -> str:
    """The address to go on to: Stripe's page while it is open. Raises GatewayUnreachable, GatewayRefused."""
    attempt = await attempts.live(order.id) if order.status == "pending" else None
    if attempt is None:
        return where_it_is(order)
    if attempt.state == "creating":
        attempt = await open_page(gateway, attempt)
    else:
        attempt = await _as_stripe_knows_it(gateway, attempt)
    if attempt.state == "open" and attempt.session_url:
        return str(attempt.session_url)
    return where_it_is(await by_id(order.id))


async def reopen(gateway: StripeGateway, order: Order) -> str:
    """The cart, or the order where it was paid after all. Raises GatewayUnreachable: nothing has changed."""
    attempt = await attempts.live(order.id) if order.status == "pending" else None
    if attempt is None:
        return where_it_is(order)
    if attempt.state == "creating":
        attempt = await _opened_or_refused(gateway, attempt)
    if attempt.state == "open" and attempt.session_id:
        await end_session(gateway, attempt.session_id, SHOPPER)
        await follow_up(gateway, order.id)
    return where_it_is(await by_id(order.id))


def where_it_is(order: Order) -> str:
    return "/cart" if order.status == "cart" else f"/orders/{order.token}"


async def _as_stripe_knows_it(gateway: StripeGateway, attempt: Attempt) -> Attempt:
    """Its page may have closed without our having heard of it."""
    try:
        settled = await settle(gateway, str(attempt.session_id), budget=BUDGET)
        await follow_up(gateway, settled.order)
    except (GatewayUnreachable, GatewayRefused):
        # The page itself may well be there for the shopper.
        return attempt
    return await attempts.by_token(attempt.token)


async def _opened_or_refused(gateway: StripeGateway, attempt: Attempt) -> Attempt:
    try:
        return await open_page(gateway, attempt)
    except GatewayRefused:
        return await attempts.by_token(attempt.token)
