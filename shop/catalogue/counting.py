"""Staff count and fill up: every change of what lies in the shop leaves a row that says who and why.

What orders have been promised is never counted away; that a sale takes pieces is `stock.py`'s business.
"""

from dataclasses import dataclass
from typing import Any

from shop import clock
from shop.catalogue.tables import StockMovement, Variant
from shop.database import repeatable, transaction
from shop.errors import NotFound, Promised

MOST = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Counted:
    sku: str
    before: int
    on_hand: int
    reserved: int

    @property
    def change(self) -> int:
        return self.on_hand - self.before


@repeatable
async def add(sku: str, pieces: int, actor: str, why: str) -> Counted:
    """More of it, or fewer where `pieces` is negative. Raises NotFound, Promised."""
    async with transaction():
        return await _count(sku, None, pieces, actor, why)


@repeatable
async def count(sku: str, pieces: int, actor: str, why: str) -> Counted:
    """So many there are; where there should be as many, nothing is written. Raises NotFound, Promised."""
    async with transaction():
        return await _count(sku, pieces, 0, actor, why)


async def move(variant: int, before: int, on_hand: int, actor: str, why: str) -> bool:
    """Inside the caller's transaction; False where there are not `before` pieces, or more are promised."""
    as_read = (Variant.id == variant) & (Variant.on_hand == before) & (Variant.reserved <= on_hand)
    moved = await Variant.update({Variant.on_hand: on_hand}).where(as_read).returning(Variant.id)
    if moved:
        await StockMovement.insert(movement(variant, on_hand - before, on_hand, actor, why))
    return bool(moved)


def movement(variant: int, change: int, on_hand: int, actor: str, why: str) -> StockMovement:
    values: dict[Any, Any] = {
        StockMovement.variant: variant,
        StockMovement.at: clock.now(),
        StockMovement.change: change,
        StockMovement.on_hand: on_hand,
        StockMovement.actor: actor[:300],
        StockMovement.why: why[:300],
    }
    return StockMovement(values)


async def _count(sku: str, pieces: int | None, more: int, actor: str, why: str) -> Counted:
    was = await _held(sku)
    on_hand = was["on_hand"] + more if pieces is None else pieces
    if not was["reserved"] <= on_hand <= MOST:
        raise Promised(was["on_hand"], was["reserved"])
    if on_hand != was["on_hand"]:
        await move(was["id"], was["on_hand"], on_hand, actor, why)
    return Counted(sku, was["on_hand"], on_hand, was["reserved"])


async def _held(sku: str) -> dict[str, Any]:
    """The variant as it stays until the transaction ends: writing, even the same, makes all others wait."""
    held: list[dict[str, Any]] = (
        await Variant.update({Variant.on_hand: Variant.on_hand + 0})
        .where(Variant.sku == sku)
        .returning(Variant.id, Variant.on_hand, Variant.reserved)
    )
    if not held:
        raise NotFound(sku)
    return held[0]
