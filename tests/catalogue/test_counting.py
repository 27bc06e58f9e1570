"""Staff's counts: each leaves a row, and none takes away what orders were promised."""

import asyncio

import pytest

from shop.catalogue import counting
from shop.catalogue.tables import StockMovement, Variant
from shop.errors import NotFound, Promised
from tests.journeys.steps import stock
from tests.support.goods import Goods

BY = "staff:merchant"


async def movements() -> list[tuple[int, int, str, str]]:
    rows = await StockMovement.select().order_by(StockMovement.id)
    return [(row["change"], row["on_hand"], row["actor"], row["why"]) for row in rows]


async def test_counting_and_filling_up_leave_a_row_each(goods: Goods) -> None:
    mug = await goods("mug", stock=5)
    assert (await counting.count("MUG", 7, BY, "counted")).change == 2
    assert (await counting.add("MUG", -3, BY, "three were broken")).on_hand == 4
    assert (await counting.count("MUG", 4, BY, "counted again")).change == 0
    assert await movements() == [(2, 7, BY, "counted"), (-3, 4, BY, "three were broken")]
    assert await stock(mug) == (4, 0)


async def test_what_orders_were_promised_is_not_counted_away(goods: Goods) -> None:
    mug = await goods("mug", stock=5)
    await Variant.update({Variant.reserved: 3}).where(Variant.id == mug.id)
    with pytest.raises(Promised):
        await counting.count("MUG", 2, BY, "counted")
    with pytest.raises(Promised):
        await counting.add("MUG", -3, BY, "counted")
    assert await movements() == []
    await counting.count("MUG", 3, BY, "counted")
    assert await stock(mug) == (3, 3)


async def test_nothing_is_counted_that_is_not_there_or_not_countable(goods: Goods) -> None:
    await goods("mug", stock=5)
    with pytest.raises(NotFound):
        await counting.count("CUP", 1, BY, "counted")
    for too_many in (-1, counting.MOST + 1):
        with pytest.raises(Promised):
            await counting.count("MUG", too_many, BY, "counted")


async def test_two_who_fill_up_at_once_both_count(goods: Goods) -> None:
    mug = await goods("mug", stock=0)
    await asyncio.gather(*[counting.add("MUG", 1, BY, "a parcel came") for _ in range(9)])
    assert (await stock(mug))[0] == 9
    assert sum(change for change, *_ in await movements()) == 9
    assert await Variant.count() == 1
