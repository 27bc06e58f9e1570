"""The table of moves: the only writer of an order's status and, with it, the only caller of stock.

Every move is a compare-and-swap inside the caller's transaction: it answers whether it happened. Not
having happened means that somebody else was faster; the caller reads the order again. A move that finds
less stock than it needs raises SoldOut, which undoes the caller's whole transaction.
"""

from collections.abc import Awaitable, Callable
from typing import Any

from piccolo.querystring import QueryString

from shop import clock
from shop.catalogue import stock
from shop.database import run
from shop.errors import SoldOut
from shop.orders.log import note
from shop.orders.tables import Line, Order

HELD = ("pending", "processing")

MOVES = {
    "cart": {"pending", "paid", "cancelled"},
    "pending": {"cart", "processing", "paid", "cancelled"},
    "processing": {"cart", "paid", "cancelled"},
    "paid": set(),
    "cancelled": set(),
}


async def place(order: int, version: int, number: str, actor: str) -> str | None:
    """cart → pending: reserves. Only the version that the shopper saw can be placed.

    Answers the order's number: `number` the first time, and the same ever after.
    """
    placed = {Order.number: QueryString('COALESCE("number", {})', number), Order.placed_at: clock.now()}
    if not await _move(order, ("cart",), "pending", placed, condition=Order.version == version):
        return None
    await _stock(order, stock.reserve)
    await note(order, actor, "pending", "placed")
    kept = await Order.select(Order.number).where(Order.id == order).first()
    assert kept is not None, "it has moved just now"
    return str(kept["number"])


async def wait_for_bank(order: int, actor: str) -> bool:
    """pending → processing: the shopper has done everything, the money is still on its way."""
    if not await _move(order, ("pending",), "processing"):
        return False
    await note(order, actor, "processing", "the bank has not confirmed the payment yet")
    return True


async def pay(order: int, actor: str, why: str, stripe_ids: dict[Any, Any]) -> bool:
    """pending or processing → paid: what was reserved leaves the shop."""
    if not await _move(order, HELD, "paid", {Order.paid_at: clock.now(), **stripe_ids}):
        return False
    await _stock(order, stock.consume)
    await note(order, actor, "paid", why)
    return True


async def pay_late(order: int, version: int, actor: str, stripe_ids: dict[Any, Any]) -> bool:
    """cart → paid: money came for a try that we had given up; takes stock that is still free."""
    paid = {Order.paid_at: clock.now(), **stripe_ids}
    if not await _move(order, ("cart",), "paid", paid, condition=Order.version == version):
        return False
    await _stock(order, stock.take)
    await note(order, actor, "paid", "the payment arrived after its time had run out")
    return True


async def could_take(order: int) -> bool:
    """Whether all that `pay_late` takes is free; asked first, for falling short there undoes everything."""
    rows = await run(
        'SELECT COUNT(*) AS "n" FROM "line" l JOIN "variant" v ON v."id" = l."variant"'
        ' WHERE l."order" = {} AND v."on_hand" - v."reserved" < l."quantity"',
        order,
    )
    return int(rows[0]["n"]) == 0


async def give_back(order: int, actor: str, why: str) -> bool:
    """pending or processing → cart: releases. The shopper's other cart must have been joined before."""
    if not await _move(order, HELD, "cart"):
        return False
    await _stock(order, stock.release)
    await note(order, actor, "cart", why)
    return True


async def cancel(order: int, actor: str, why: str) -> bool:
    """pending or processing → cancelled: releases. Staff wished it, and by Stripe's word nobody can pay."""
    if not await _move(order, HELD, "cancelled"):
        return False
    await _stock(order, stock.release)
    await note(order, actor, "cancelled", why)
    return True


async def join(order: int, actor: str, why: str) -> bool:
    """cart → cancelled: its lines have gone to the shopper's other cart."""
    if not await _move(order, ("cart",), "cancelled"):
        return False
    await note(order, actor, "cancelled", why)
    return True


async def _move(
    order: int,
    before: tuple[str, ...],
    after: str,
    values: dict[Any, Any] | None = None,
    condition: Any = None,
) -> bool:
    assert all(after in MOVES[status] for status in before), f"{before} to {after} is no move"
    where = (Order.id == order) & Order.status.is_in(list(before))
    moved = (
        # Only a cart has a checkout that somebody types in.
        await Order.update({Order.status: after, Order.typed: None, **(values or {})})
        .where(where if condition is None else where & condition)
        .returning(Order.id)
    )
    return bool(moved)


async def _stock(order: int, verb: Callable[[int, int], Awaitable[bool]]) -> None:
    lines = (
        await Line.select(Line.variant, Line.quantity, Line.variant.sku)
        .where(Line.order == order)
        .order_by(Line.variant)
    )
    for line in lines:
        if not await verb(line["variant"], line["quantity"]):
            raise SoldOut(line["variant.sku"])
