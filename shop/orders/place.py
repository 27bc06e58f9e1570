"""Placing an order: its lines and prices are frozen and its stock is reserved, all or nothing."""

import secrets
from dataclasses import dataclass
from typing import Any

from shop.catalogue.product import full_title
from shop.errors import CartChanged, CartFull, SoldOut
from shop.money import Money
from shop.orders import moves
from shop.orders.cart import set_quantity
from shop.orders.tables import Line, Order
from shop.orders.views import MOST_LINES

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
    """A placed order, with what a payment needs to know of it."""

    order: int
    token: str
    number: str
    version: int
    email: str
    total: Money
    lines: tuple[PlacedLine, ...]


async def place(cart: Order, version: int, seen_total: int, email: str, actor: str) -> Placed:
    """Inside the caller's transaction. Raises CartChanged or SoldOut where the cart is not what was seen."""
    number = await moves.place(cart.id, version, "".join(secrets.choice(DIGITS) for _ in range(8)), actor)
    if number is None:
        raise CartChanged
    lines = tuple([await _freeze(row) for row in await _lines(cart.id)])
    total = sum(line.unit_price * line.quantity for line in lines)
    if not lines or total != seen_total:
        raise CartChanged
    if len(lines) > MOST_LINES:
        raise CartFull
    await Order.update({Order.lines_total: total, Order.total: total, Order.email: email}).where(
        Order.id == cart.id
    )
    return Placed(cart.id, cart.token, number, version, email, Money(total, cart.currency), lines)


async def _lines(order: int) -> list[dict[str, Any]]:
    product: Any = Line.variant.product
    return (
        await Line.select(
            Line.id, Line.quantity, *Line.variant.all_columns(), product.title, product.retired_at
        )
        .where(Line.order == order)
        .order_by(Line.id)
    )


async def _freeze(row: dict[str, Any]) -> PlacedLine:
    if row["variant.retired_at"] or row["variant.product.retired_at"]:
        raise SoldOut(row["variant.sku"])
    title = full_title(row["variant.product.title"], row, "variant.")
    price, quantity = row["variant.price"], row["quantity"]
    await Line.update(
        {
            Line.sku: row["variant.sku"],
            Line.title: title,
            Line.unit_price: price,
            Line.total: price * quantity,
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
            changes.append(f"{title} is sold out and has left your cart.")
        elif left < row["quantity"]:
            await set_quantity(row["id"], left)
            changes.append(f"There are only {left} of {title} left. Your cart holds {left} now.")
    return tuple(changes)
