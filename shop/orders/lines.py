"""Putting things into the cart, changing how many, taking them out."""

import secrets
from dataclasses import dataclass
from typing import Any

from shop.catalogue.product import full_title
from shop.catalogue.tables import Variant
from shop.customers.who import Shopper
from shop.database import repeatable, transaction
from shop.errors import CartFull, NotFound, Overtaken, SoldOut
from shop.orders.cart import find_cart, open_cart, set_quantity, touch
from shop.orders.tables import Line
from shop.orders.views import MOST, MOST_LINES


@dataclass(frozen=True, slots=True)
class Changed:
    """What the line holds now; `short` when more was asked for than there is.

    `asked` is how many were to be put in, or how many there should be.
    """

    sku: str
    title: str
    quantity: int
    before: int
    short: bool
    asked: int


@repeatable
async def add(shopper: Shopper, sku: str, quantity: int) -> Changed:
    """Adds to the variant's line, up to what is there and to 999. Raises SoldOut, NotFound, CartFull."""
    async with transaction():
        cart = await open_cart(shopper)
        if not await touch(cart.id):
            raise Overtaken
        variant = await _for_sale(sku)
        line = await Line.objects().where((Line.order == cart.id) & (Line.variant == variant["id"])).first()
        before = line.quantity if line else 0
        wanted = before + quantity
        now = min(wanted, _left(variant), MOST)
        if now <= 0:
            raise SoldOut(sku)
        if line is None:
            await _has_room(cart.id)
            await _insert(cart.id, variant["id"], now)
        else:
            # A line may stand above what is left by now; an add never lowers it behind the shopper's back.
            now = max(now, before)
            await set_quantity(line.id, now)
        return Changed(sku, _title(variant), now, before, short=now < wanted, asked=quantity)


@repeatable
async def change(shopper: Shopper, token: str, quantity: int) -> Changed:
    """Sets how many; 0 takes the line out. Raises NotFound where the line is not in the shopper's cart."""
    async with transaction():
        cart = await find_cart(shopper)
        if cart is None or not await touch(cart.id):
            raise NotFound
        line = await Line.objects().where((Line.order == cart.id) & (Line.token == token)).first()
        if line is None:
            raise NotFound
        variant = await _any_variant(line.variant)
        now = min(quantity, _left(variant))
        if quantity == 0:
            await Line.delete().where(Line.id == line.id)
        elif now <= 0:
            # Sold out meanwhile: the shopper sees it and takes the line out; it is not taken away.
            now = line.quantity
        else:
            await set_quantity(line.id, now)
        return Changed(
            variant["sku"], _title(variant), now, line.quantity, short=now < quantity, asked=quantity
        )


async def _for_sale(sku: str) -> dict[str, Any]:
    variant = await _variant_where(
        (Variant.sku == sku) & Variant.retired_at.is_null() & Variant.product.retired_at.is_null()
    )
    if variant is None:
        raise NotFound
    return variant


async def _any_variant(variant: int) -> dict[str, Any]:
    found = await _variant_where(Variant.id == variant)
    assert found is not None, "a line's variant cannot be deleted"
    return found


async def _variant_where(condition: Any) -> dict[str, Any] | None:
    product = Variant.product
    return (
        await Variant.select(*Variant.all_columns(), product.title, product.retired_at)
        .where(condition)
        .first()
    )


def _left(variant: dict[str, Any]) -> int:
    if variant["retired_at"] is not None or variant["product.retired_at"] is not None:
        return 0
    return int(variant["on_hand"] - variant["reserved"])


def _title(variant: dict[str, Any]) -> str:
    return full_title(variant["product.title"], variant)


async def _has_room(order: int) -> None:
    if await Line.count().where(Line.order == order) >= MOST_LINES:
        raise CartFull


async def _insert(order: int, variant: int, quantity: int) -> None:
    # Half as long as an order's token: a line is found through its owner, and a cart names each one often.
    token = secrets.token_urlsafe(16)
    await Line.insert(
        Line({Line.token: token, Line.order: order, Line.variant: variant, Line.quantity: quantity})
    )
