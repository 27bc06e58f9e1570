"""An order comes back to its shopper, or goes where staff sent it; the caller holds it in a transaction."""

from shop.orders import moves
from shop.orders.merge import put_into, take_other_cart
from shop.orders.tables import Order
from shop.payments import attempts


async def to_cart(order: Order, actor: str, why: str) -> None:
    """By Stripe's own word a try at paying it is dead; nothing changes while another one lives."""
    if order.status not in moves.HELD or order.review or await attempts.live(order.id):
        return
    if order.cancelling_at is not None and await moves.cancel(order.id, actor, why):
        return
    # The other cart goes first: the schema allows one cart per shopper.
    lines = await take_other_cart(order, actor)
    await moves.give_back(order.id, actor, why)
    await put_into(order.id, lines)
