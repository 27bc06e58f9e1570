"""Whose is what: everything that is kept about the person behind an e-mail."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from shop import clock
from shop.customers.tables import Customer, MailedLink
from shop.database import Rows, run
from shop.orders.moves import HELD
from shop.orders.tables import Order, Shipment, Withdrawal
from shop.payments.attempts import LIVE
from shop.payments.tables import Attempt, Dispute, Payment, Refund

# A parcel on its way, a withdrawal or a complaint needs name and address.
RECENT = timedelta(days=60)
# Another customer who typed this e-mail is somebody else; one who was erased has left recent orders behind.
ORDERS = """
    SELECT o."id" FROM "order" o LEFT JOIN "customer" c ON c."id" = o."customer"
    WHERE c."email" = {} OR (o."email" = {} AND (c."id" IS NULL OR c."anonymised_at" IS NOT NULL))
    ORDER BY o."id"
"""


@dataclass(frozen=True, slots=True)
class Belonging:
    """`orders` are all of them, carts included, oldest first; `sent` says when those were that were sent."""

    email: str
    customer: Customer | None
    orders: tuple[Order, ...]
    sent: dict[int, datetime]

    @property
    def carts(self) -> tuple[Order, ...]:
        return tuple(order for order in self.orders if order.status == "cart")

    @property
    def waiting(self) -> tuple[Order, ...]:
        return tuple(order for order in self.orders if order.status in HELD)

    def recent(self) -> tuple[Order, ...]:
        """Done with, but not for long."""
        return tuple(order for order in self._done() if self.last_moved(order) > clock.now() - RECENT)

    def older(self) -> tuple[Order, ...]:
        return tuple(order for order in self._done() if self.last_moved(order) <= clock.now() - RECENT)

    def last_moved(self, order: Order) -> datetime:
        placed: datetime = order.paid_at or order.placed_at or order.created_at
        return max(placed, self.sent.get(order.id, placed))

    def _done(self) -> tuple[Order, ...]:
        return tuple(order for order in self.orders if order.status not in ("cart", *HELD))


async def belonging(email: str) -> Belonging:
    customer = await Customer.objects().where(Customer.email == email).first()
    keys = [row["id"] for row in await run(ORDERS, email, email)]
    orders = await Order.objects().where(Order.id.is_in(keys)).order_by(Order.id) if keys else []
    shipments = await Shipment.select().where(Shipment.order.is_in(keys)) if keys else []
    sent = {row["order"]: row["sent_at"] for row in shipments}
    return Belonging(email, customer, tuple(orders), sent)


def links_of(theirs: Belonging) -> Any:
    """The condition for links that were mailed to them, or to what was to become their e-mail."""
    mailed = MailedLink.email == theirs.email
    return mailed if theirs.customer is None else mailed | (MailedLink.customer == theirs.customer.id)


async def still_paid_for(orders: tuple[Order, ...]) -> bool:
    """A try at paying one of them has not come to its end."""
    keys = [order.id for order in orders]
    return bool(keys) and await Attempt.exists().where(
        Attempt.order.is_in(keys) & Attempt.state.is_in(list(LIVE))
    )


async def rows_of(order: int) -> dict[str, Rows]:
    """Payments, refunds, disputes and withdrawals of one order, oldest first."""
    payments = await Payment.select().where(Payment.order == order).order_by(Payment.id)
    withdrawals = await Withdrawal.select().where(Withdrawal.order == order).order_by(Withdrawal.id)
    refunds: Rows = []
    disputes: Rows = []
    if payments:
        keys = [payment["id"] for payment in payments]
        refunds = await Refund.select().where(Refund.payment.is_in(keys)).order_by(Refund.id)
        disputes = await Dispute.select().where(Dispute.payment.is_in(keys)).order_by(Dispute.id)
    return {"payments": payments, "refunds": refunds, "disputes": disputes, "withdrawals": withdrawals}


async def letter_keys(order: Order) -> list[str]:
    """How the keys of the letters about one order begin."""
    rows = await rows_of(order.id)
    attempts = await Attempt.select(Attempt.token).where(Attempt.order == order.id)
    keys = [f"attempt:{row['token']}:" for row in attempts]
    keys += [f"refund:{row['token']}" for row in rows["refunds"]]
    keys += [f"dispute:{row['stripe_dispute_id']}" for row in rows["disputes"]]
    keys += [f"withdrawal:{row['token']}" for row in rows["withdrawals"]]
    return [f"order:{order.number}:", *keys] if order.number else keys
