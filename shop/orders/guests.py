"""A guest gets a key with the first thing put into the cart, not before."""

from dataclasses import replace

from litestar.datastructures import Cookie

from shop.customers.who import Shopper
from shop.orders.tables import Order
from shop.web.cookies import CART, cookie, digest, mint


async def with_a_key(shopper: Shopper) -> tuple[Shopper, list[Cookie]]:
    """The shopper as somebody who can have a cart, and the cookie that the browser must keep for it.

    A key that no order has may be anybody's invention: it is not taken up.
    """
    known = shopper.guest_key is not None and await Order.exists().where(Order.guest_key == shopper.guest_key)
    if shopper.signed_in or known:
        return shopper, []
    token = mint()
    return replace(shopper, guest_key=digest(token)), [cookie(CART, token)]
