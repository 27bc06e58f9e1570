"""Forgetting somebody: whatever names them goes, and the books of their orders stay without them."""

import json
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from shop import clock
from shop.backoffice.belonging import (
    RECENT,
    belonging,
    letter_keys,
    links_of,
    still_paid_for,
)
from shop.customers import mailed_links
from shop.customers.tables import Customer, SignIn
from shop.database import repeatable, transaction
from shop.delivery.address import Address, from_json, to_json
from shop.delivery.tables import Address as BookEntry
from shop.errors import OrderMoved, Overtaken
from shop.mail.outbox import MERCHANT
from shop.mail.tables import Letter
from shop.orders import moves
from shop.orders.log import note
from shop.orders.tables import Line, Order, Shipment, Withdrawal
from shop.payments.tables import Attempt

WHY = "what names the shopper was erased"


@dataclass(frozen=True, slots=True)
class Erasure:
    """`kept` are numbers of orders that are too recent; from `kept_until` on they can be erased as well."""

    customer: bool
    carts: int
    orders: tuple[str, ...]
    kept: tuple[str, ...]
    kept_until: datetime | None

    @property
    def nothing(self) -> bool:
        return not (self.customer or self.carts or self.orders or self.kept)


async def look(email: str, *, everything: bool) -> Erasure:
    """What `erase` would do now. Raises OrderMoved with the reason where it would do nothing."""
    theirs = await belonging(email)
    if theirs.waiting:
        numbers = ", ".join(str(order.number) for order in theirs.waiting)
        raise OrderMoved(f"Order {numbers} is not paid for yet; cancel it or wait for its end.")
    if await still_paid_for(theirs.orders):
        raise OrderMoved("A payment may still arrive for one of the orders; run `reconcile` first.")
    kept = () if everything else theirs.recent()
    gone = theirs.older() + (theirs.recent() if everything else ())
    return Erasure(
        customer=theirs.customer is not None,
        carts=len(theirs.carts),
        orders=tuple(str(order.number) for order in gone),
        kept=tuple(str(order.number) for order in kept),
        kept_until=max(theirs.last_moved(order) for order in kept) + RECENT if kept else None,
    )


@repeatable
async def erase(email: str, by: str, *, everything: bool) -> Erasure:
    """`everything`: recent orders as well. What it has done; a second time there is nothing left to do."""
    async with transaction():
        done = await look(email, everything=everything)
        theirs = await belonging(email)
        for cart in theirs.carts:
            await _empty(cart, by)
        for order in theirs.orders:
            if order.status not in ("cart", *moves.HELD) and str(order.number) not in done.kept:
                await _forget_order(order, by)
        await mailed_links.forget(links_of(theirs))
        if theirs.customer is not None:
            await _forget_customer(theirs.customer.id)
        return done


async def _empty(cart: Order, by: str) -> None:
    """A cart that was placed before is known by its number and stays in the books, as cancelled."""
    counted = (
        await Order.update({Order.version: Order.version + 1})
        .where((Order.id == cart.id) & (Order.status == "cart"))
        .returning(Order.id)
    )
    if not counted:
        raise Overtaken
    await Line.delete().where(Line.order == cart.id)
    if cart.number is None:
        await Order.delete().where(Order.id == cart.id)
    elif await moves.join(cart.id, by, WHY):
        await _forget_order(cart, by)
    else:
        raise Overtaken


async def _forget_order(order: Order, by: str) -> None:
    """Number, lines, amounts, dates and Stripe's ids stay, and the country, by which tax is told."""
    to = from_json(order.deliver_to)
    country = to_json(Address(country=to.country)) if to and to.country else None
    await Order.update({Order.email: "", Order.deliver_to: country, Order.guest_key: None}).where(
        Order.id == order.id
    )
    await Attempt.update({Attempt.parameters: {}}).where(Attempt.order == order.id)
    await Withdrawal.update({Withdrawal.name: "", Withdrawal.email: ""}).where(Withdrawal.order == order.id)
    # A carrier's page says who gets the parcel.
    tracked: dict[Any, Any] = {Shipment.tracking: "", Shipment.tracking_url: ""}
    await Shipment.update(tracked).where(Shipment.order == order.id)
    for key in await letter_keys(order):
        await _forget_letters(key)
    await note(order.id, by, "erased", WHY)


async def _forget_letters(key: str) -> None:
    """The shopper's own go; the merchant's stay without the shopper, so that they are not written again."""
    about = Letter.key.like(f"{key}%")
    await Letter.delete().where(about & (Letter.recipient != MERCHANT))
    for row in await Letter.select(Letter.id, Letter.facts).where(about):
        facts = json.loads(row["facts"]) if isinstance(row["facts"], str) else row["facts"]
        await Letter.update({Letter.facts: _unnamed(facts)}).where(Letter.id == row["id"])


def _unnamed(facts: dict[str, Any]) -> dict[str, Any]:
    nobody = {"email": "", "name": "", "address": None}
    told = {name: nobody.get(name, value) for name, value in facts.items()}
    if isinstance(told.get("order"), dict):
        told["order"] = {name: nobody.get(name, value) for name, value in told["order"].items()}
    return told


async def _forget_customer(customer: int) -> None:
    await SignIn.delete().where(SignIn.customer == customer)
    await BookEntry.delete().where(BookEntry.customer == customer)
    await Customer.update(
        {
            Customer.email: f"erased-{secrets.token_hex(8)}@invalid",
            Customer.password_hash: "",
            Customer.anonymised_at: clock.now(),
        }
    ).where(Customer.id == customer)
