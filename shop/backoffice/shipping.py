"""A paid order leaves the shop: one row, one line in its log, one letter, all in one transaction."""

from typing import Any

from shop import clock
from shop.backoffice.orders import Seen, see
from shop.database import repeatable, transaction
from shop.errors import NotToBeSent
from shop.orders import letters
from shop.orders.cart import hold
from shop.orders.log import note
from shop.orders.tables import Order, Shipment


@repeatable
async def ship(order: Order, parcel: dict[str, str], by: str, *, anyway: bool = False) -> Shipment | None:
    """`parcel` has carrier, tracking and tracking_url. Answers what was sent before; None where it is new.

    Raises NotToBeSent; `anyway` sends also what was given back, is disputed or withdrawn from.
    """
    async with transaction():
        await hold(order.id)
        before: Shipment | None = await Shipment.objects().where(Shipment.order == order.id).first()
        if before is not None:
            return before
        _check(await see(order), anyway=anyway)
        sent: dict[str, Any] = {"order": order.id, "sent_by": by, "sent_at": clock.now(), **parcel}
        await Shipment.insert(Shipment(**sent))
        await note(order.id, by, "sent", " ".join(filter(None, (parcel["carrier"], parcel["tracking"]))))
        await letters.tell_sent(order.id)
        return None


def _check(order: Seen, *, anyway: bool) -> None:
    if order.status != "paid":
        raise NotToBeSent(f"it is {order.status}, not paid")
    if order.review:
        raise NotToBeSent(f"its payment is looked into: {order.review}")
    if anyway:
        return
    if order.total and order.given_back >= order.total:
        raise NotToBeSent("all of it was given back")
    if order.disputed:
        raise NotToBeSent("its payment is disputed")
    if order.withdrawn:
        raise NotToBeSent("the shopper has withdrawn from it")
