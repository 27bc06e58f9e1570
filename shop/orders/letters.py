"""What an order's fate writes to its shopper and to the merchant. Inside the caller's transaction."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from shop.mail import outbox
from shop.orders import agreements
from shop.orders.owners import by_id
from shop.orders.summary import told
from shop.orders.tables import Order, Shipment


async def tell_paid(order: int) -> None:
    """The shopper gets the whole order, and the merchant what is needed to send it."""
    paid = await by_id(order)
    facts = {
        "order": await told(order),
        "paid_at": _moment(paid.paid_at),
        "has_account": paid.customer is not None,
    }
    key = f"order:{paid.number}:paid"
    # What was agreed to goes along, for the shopper to keep.
    agreed = {"policies": await agreements.mailed_with(paid)}
    await outbox.write(key, "paid", paid.email, facts | agreed, paid.locale)
    more = {"charge": paid.stripe_charge_id}
    await outbox.write(f"{key}:merchant", "new order", outbox.MERCHANT, facts | more)


async def tell_sent(order: int) -> None:
    """To be called where the shipment's row was written; nothing is said before that."""
    shipment = await Shipment.objects().where(Shipment.order == order).first()
    if shipment is None:
        return
    sent = await by_id(order)
    facts = {
        "order": await told(order),
        "carrier": shipment.carrier,
        "tracking": shipment.tracking,
        "tracking_url": shipment.tracking_url,
        "sent_at": _moment(shipment.sent_at),
    }
    await outbox.write(f"order:{sent.number}:sent", "sent", sent.email, facts, sent.locale)


async def tell_withdrawn(
    order: Order, token: str, name: str, email: str, lines: Iterable[tuple[str, int]], made_at: datetime
) -> None:
    """The withdrawal `token` was received. `lines`: titles and quantities; none of them means all of it."""
    facts = {
        "order": about(order),
        "name": name,
        "email": email,
        "lines": [{"title": title, "quantity": quantity} for title, quantity in lines],
        "made_at": _moment(made_at),
    }
    await outbox.write(f"withdrawal:{token}", "withdrawal", email, facts, order.locale)
    if email != order.email:
        # Whoever has the order's address may have typed another e-mail: whoever bought hears of it.
        await outbox.write(f"withdrawal:{token}:order", "withdrawal", order.email, facts, order.locale)
    await outbox.write(f"withdrawal:{token}:merchant", "withdrawal", outbox.MERCHANT, facts)


def about(order: Order) -> dict[str, Any]:
    """Enough to say which order is meant."""
    return {
        "number": order.number,
        "token": order.token,
        "email": order.email,
        "currency": order.currency,
        "total": order.total,
    }


def _moment(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
