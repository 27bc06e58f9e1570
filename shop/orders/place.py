"""Placing an order: its lines and prices are frozen and its stock is reserved, all or nothing."""

import secrets
from dataclasses import dataclass
from typing import Any

from piccolo.querystring import QueryString

from shop.catalogue.product import full_title
from shop.delivery.address import Address, to_json
from shop.delivery.taxes import Bill, Taxed
from shop.delivery.ways import Chosen, Way
from shop.errors import CartChanged, CartFull, SoldOut
from shop.money import Money
from shop.orders import moves, totals
from shop.orders.cart import set_quantity
from shop.orders.tables import Line, Order
from shop.orders.views import MOST_LINES
from shop.web import words
from shop.web.words import gettext as _
from shop.web.words import ngettext

# Crockford's digits: none is mistaken for another when it is read out.
DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


@dataclass(frozen=True, slots=True)
class PlacedLine:
    title: str
    sku: str
    unit_price: int
    quantity: int


@dataclass(frozen=True, slots=True)
class Placed:
    """A placed order, with what a payment needs to know of it. Nothing is sent where there is no `way`."""

    order: int
    token: str
    number: str
    version: int
    email: str
    total: Money
    lines: tuple[PlacedLine, ...]
    way: Way | None = None
    to: Address | None = None
    tax_added: int = 0


async def place(
    cart: Order,
    version: int,
    seen_total: int,
    email: str,
    actor: str,
    *,
    delivery: Chosen | None = None,
    agreed_to: str = "",
) -> Placed:
    """Inside the caller's transaction. Raises CartChanged or SoldOut where the cart is not what was seen."""
    number = await moves.place(cart.id, version, "".join(secrets.choice(DIGITS) for _ in range(8)), actor)
    if number is None:
        raise CartChanged
    rows = await _lines(cart.id)
    amounts = [(row["variant.price"] * row["quantity"], row["variant.product.tax_class"]) for row in rows]
    way = totals.way_to(delivery, amounts, sent=any(row["variant.product.is_sent"] for row in rows))
    to = delivery.to if delivery and way else None
    bill = totals.reckon(cart.currency, amounts, way, to.country if to else "")
    lines = tuple([await _freeze(row, line) for row, line in zip(rows, bill.lines, strict=True)])
    if not lines or bill.total != seen_total:
        raise CartChanged
    if len(lines) + bool(bill.tax_added) > MOST_LINES:
        raise CartFull
    # The language of the page is the one that the shopper's letters are written in.
    said = {Order.email: email, Order.locale: words.locale(), **_agreed(agreed_to)}
    await Order.update({**said, **_bill(bill, way, to)}).where(Order.id == cart.id)
    total = Money(bill.total, cart.currency)
    return Placed(cart.id, cart.token, number, version, email, total, lines, way, to, bill.tax_added)


def _agreed(agreed_to: str) -> dict[Any, Any]:
    # By placing the order: the same moment.
    at = QueryString('"placed_at"') if agreed_to else None
    return {Order.agreed_to: agreed_to or None, Order.agreed_at: at}


def _bill(bill: Bill, way: Way | None, to: Address | None) -> dict[Any, Any]:
    return {
        Order.lines_total: bill.lines_total,
        Order.discount_total: bill.discount,
        Order.delivery_total: bill.delivery.amount,
        Order.tax_added: bill.tax_added,
        Order.tax_included: bill.tax_included,
        Order.total: bill.total,
        Order.deliver_to: to_json(to) if to else None,
        Order.delivery_way: way.key if way else None,
        Order.delivery_title: way.title if way else None,
        Order.delivery_tax_rate: bill.delivery.rate,
        Order.delivery_tax: bill.delivery.tax,
    }


async def _lines(order: int) -> list[dict[str, Any]]:
    product: Any = Line.variant.product
    return (
        await Line.select(
            Line.id,
            Line.quantity,
            *Line.variant.all_columns(),
            product.title,
            product.retired_at,
            product.tax_class,
            product.is_sent,
        )
        .where(Line.order == order)
        .order_by(Line.id)
    )


async def _freeze(row: dict[str, Any], taxed: Taxed) -> PlacedLine:
    if row["variant.retired_at"] or row["variant.product.retired_at"]:
        raise SoldOut(row["variant.sku"])
    title = full_title(row["variant.product.title"], row, "variant.")
    price, quantity = row["variant.price"], row["quantity"]
    await Line.update(
        {
            Line.sku: row["variant.sku"],
            Line.title: title,
            Line.unit_price: price,
            Line.total: taxed.amount,
            Line.tax_rate: taxed.rate,
            Line.tax: taxed.tax,
        }
    ).where(Line.id == row["id"])
    return PlacedLine(title, row["variant.sku"], price, quantity)


async def fit_to_stock(cart: Order) -> tuple[str, ...]:
    """Lowers lines to what is there and takes out what is gone; says so in a sentence for each.

    Inside the caller's transaction, which holds the order and counts the change.
    """
    changes = []
    for row in await _lines(cart.id):
        gone = row["variant.retired_at"] or row["variant.product.retired_at"]
        left = 0 if gone else row["variant.on_hand"] - row["variant.reserved"]
        title = row["variant.product.title"]
        if left <= 0:
            await Line.delete().where(Line.id == row["id"])
            changes.append(_("%(title)s is sold out and has left your cart.") % {"title": title})
        elif left < row["quantity"]:
            await set_quantity(row["id"], left)
            changes.append(
                ngettext(
                    "There is only %(left)s of %(title)s left. Your cart holds %(left)s now.",
                    "There are only %(left)s of %(title)s left. Your cart holds %(left)s now.",
                    left,
                )
                % {"left": left, "title": title}
            )
    return tuple(changes)
