"""What is promised, given back and gone. Each verb is one conditional UPDATE: it happens whole or not at all.

Only `shop/orders/moves.py` calls these, inside its transaction and in the order of the variants' ids,
so that two orders never wait for each other crosswise.
"""

from typing import Any

from piccolo.columns.combination import WhereRaw

from shop.catalogue.tables import Variant


async def reserve(variant: int, quantity: int) -> bool:
    """Promises `quantity` pieces to an order, if that many are free."""
    free = WhereRaw('"on_hand" - "reserved" >= {}', quantity)
    return await _change(variant, free, {Variant.reserved: Variant.reserved + quantity})


async def release(variant: int, quantity: int) -> bool:
    """Gives a promise back."""
    promised = Variant.reserved >= quantity
    return await _change(variant, promised, {Variant.reserved: Variant.reserved - quantity})


async def consume(variant: int, quantity: int) -> bool:
    """A promise is kept: the pieces leave the shop."""
    promised = Variant.reserved >= quantity
    kept = {Variant.on_hand: Variant.on_hand - quantity, Variant.reserved: Variant.reserved - quantity}
    return await _change(variant, promised, kept)


async def take(variant: int, quantity: int) -> bool:
    """Pieces leave the shop that nobody promised, if that many are free."""
    free = WhereRaw('"on_hand" - "reserved" >= {}', quantity)
    return await _change(variant, free, {Variant.on_hand: Variant.on_hand - quantity})


async def _change(variant: int, condition: Any, values: dict[Any, Any]) -> bool:
    changed = await Variant.update(values).where(Variant.id == variant).where(condition).returning(Variant.id)
    return bool(changed)
