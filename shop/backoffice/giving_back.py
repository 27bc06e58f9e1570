"""Which refund a request is: a new one, or one that was asked for a moment ago and has no answer yet."""

import hashlib
from datetime import timedelta

from shop import clock
from shop.errors import GivenBackAlready
from shop.orders.tables import Order
from shop.payments.letters import FAILED
from shop.payments.tables import Refund

A_MOMENT = timedelta(minutes=10)


async def request_key(order: Order, amount: int | None, own: str | None, *, again: bool) -> str:
    """The key with which a refund is made once. `own` is the merchant's, who then knows what is the same.

    Without one, whoever presses twice at once asks for the same refund, for both have seen as many refunds
    before; pressed twice in a row, it is the same where nobody knows yet what became of the first, and
    GivenBackAlready where the same amount has gone back just now.
    """
    if own is not None:
        return _key(order, f"own:{own}")
    of_order = Refund.payment.order == order.id
    recent = (
        await Refund.select(Refund.token, Refund.amount, Refund.state)
        .where(of_order & (Refund.created_at > clock.now() - A_MOMENT))
        .where(Refund.requested_by.like("staff:%") & Refund.state.not_in(list(FAILED)))
        .order_by(Refund.id, ascending=False)
    )
    for refund in recent:
        if refund["state"] == "requested" and amount in (None, refund["amount"]):
            return str(refund["token"])
        if amount == refund["amount"] and not again:
            raise GivenBackAlready
    return _key(order, f"{amount} after:{await Refund.count().where(of_order)}")


def _key(order: Order, what: str) -> str:
    return hashlib.sha256(f"{order.token}:{what}".encode()).hexdigest()[:43]
