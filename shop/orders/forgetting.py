"""Carts that nobody can come back to go, with what was typed at their checkout."""

from datetime import timedelta

from shop import clock
from shop.orders.tables import Order
from shop.web.cookies import CART, LIVES


async def forget_old_carts() -> None:
    """A guest's cart is not younger than the cookie that opens it. What was placed before is in the books."""
    old = clock.now() - timedelta(seconds=LIVES[CART])
    await Order.delete().where(
        (Order.status == "cart")
        & Order.customer.is_null()
        & Order.number.is_null()
        & (Order.created_at < old)
    )
