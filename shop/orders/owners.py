"""Looking orders up through whoever asks: a stranger's order is not found."""

import re
from typing import Any

from piccolo.columns.combination import Where, WhereRaw

from shop.customers.who import Shopper
from shop.errors import NotFound
from shop.orders.tables import Order

TOKEN = re.compile(r"[A-Za-z0-9_-]{20,64}")


async def by_token(token: str) -> Order:
    """An order by what its address carries, whoever asks."""
    found = await Order.objects().where(Order.token == token).first() if TOKEN.fullmatch(token) else None
    if found is None:
        raise NotFound
    return found


async def by_id(order: int) -> Order:
    """An order as it is now. NotFound where it has joined the shopper's other cart meanwhile."""
    found = await Order.objects().where(Order.id == order).first()
    if found is None:
        raise NotFound
    return found


async def owned(shopper: Shopper, token: str) -> Order:
    """The shopper's own order, or NotFound."""
    order = await by_token(token)
    if not owns(shopper, order):
        raise NotFound
    return order


def owns(shopper: Shopper, order: Order) -> bool:
    if order.customer is not None:
        return bool(order.customer == shopper.customer)
    return shopper.guest_key is not None and bool(order.guest_key == shopper.guest_key)


def theirs(shopper: Shopper, order: Any = Order) -> Where | WhereRaw | Any:
    """The condition for the shopper's orders: a customer's once signed in, else the guest's.

    `order` is another way to their columns, such as `Line.order`.
    """
    if shopper.customer is not None:
        return order.customer == shopper.customer
    if shopper.guest_key is not None:
        return order.guest_key == shopper.guest_key
    return WhereRaw("1 = 0")
