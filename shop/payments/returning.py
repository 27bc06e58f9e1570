"""An order comes back to its shopper, or goes where staff sent it; the caller holds it in a transaction."""

from shop.orders import moves
from shop.orders.merge import put_into, take_other_cart
from shop.orders.tables import Order
from shop.payments.attempts import LIVE
from shop.payments.tables import Attempt


async def to_cart(order: Order, attempt: Attempt, actor: str, why: str) -> None:
    """Its only live try is dead by Stripe's own word. Another order's or an older try changes nothing."""
    if order.status not in moves.HELD or order.review or await _has_another_live(order, attempt):
        return
    if order.cancelling_at is not None and await moves.cancel(order.id, actor, why):
        return
    # The other cart goes first: the schema allows one cart per shopper.
    lines = await take_other_cart(order, actor)
    await moves.give_back(order.id, actor, why)
    await put_into(order.id, lines)


async def _has_another_live(order: Order, attempt: Attempt) -> bool:
    return await Attempt.exists().where(
        (Attempt.order == order.id) & (Attempt.id != attempt.id) & Attempt.state.is_in(list(LIVE))
    )
