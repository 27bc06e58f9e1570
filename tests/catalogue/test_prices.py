"""What things have cost: a former price is shown only beside the lowest one of the 30 days before."""

from datetime import timedelta

import pytest

from shop import clock
from shop.catalogue import prices
from shop.catalogue.tables import PastPrice, Variant
from shop.database import transaction
from tests.support.goods import Goods
from tests.support.shoppers import Shopper

LOWEST = "Lowest price of the last 30 days:"


async def costs(mug: Variant, price: int, compare_at: int | None = None) -> bool:
    async with transaction():
        return await prices.set_price(mug.id, price, compare_at)


async def shown(ada: Shopper, where: str) -> tuple[str, str] | None:
    page = await ada.open(where)
    found = page.all(".reduction")
    if not found:
        return None
    return page.text(".reduction__former"), page.text(".reduction__lowest").removeprefix(LOWEST).strip()


async def test_a_former_price_stands_beside_the_lowest_of_thirty_days(ada: Shopper, goods: Goods) -> None:
    mug = await goods("mug", price=2000)
    assert await shown(ada, "/products/mug") is None
    clock.move(timedelta(days=40))
    await costs(mug, 1700)
    clock.move(timedelta(days=10))
    await costs(mug, 1800)
    clock.move(timedelta(days=10))
    await costs(mug, 1500, compare_at=2000)
    assert await shown(ada, "/products/mug") == ("€20.00", "€17.00")
    assert await shown(ada, "/") == ("€20.00", "€17.00")
    clock.move(timedelta(days=60))
    # The reduction goes on; what counts are the thirty days before it began.
    assert await shown(ada, "/search?q=mug") == ("€20.00", "€17.00")


async def test_a_price_of_long_ago_counts_no_more(ada: Shopper, goods: Goods) -> None:
    mug = await goods("mug", price=1000)
    await costs(mug, 2000)
    clock.move(timedelta(days=31))
    await costs(mug, 1500, compare_at=2000)
    assert await shown(ada, "/products/mug") == ("€20.00", "€20.00")


async def test_announcing_a_former_price_later_does_not_hide_that_it_was_cheap_before(
    ada: Shopper, goods: Goods
) -> None:
    mug = await goods("mug", price=2000)
    await costs(mug, 1500)
    clock.move(timedelta(days=40))
    await costs(mug, 1500, compare_at=2000)
    assert await shown(ada, "/products/mug") == ("€20.00", "€15.00")


@pytest.mark.parametrize("former", [1200, 1100])
async def test_no_price_is_called_former_that_was_not_higher(former: int, ada: Shopper, goods: Goods) -> None:
    mug = await goods("mug", price=1200)
    await costs(mug, 1200, compare_at=former)
    assert await shown(ada, "/products/mug") is None
    assert await shown(ada, "/") is None


async def test_what_was_never_sold_for_another_price_says_its_own(ada: Shopper, goods: Goods) -> None:
    mug = await goods("mug", price=1234)
    await Variant.update({Variant.compare_at: 1999}).where(Variant.id == mug.id)
    assert await shown(ada, "/products/mug") == ("€19.99", "€12.34")


async def test_each_change_leaves_a_row_and_no_change_leaves_none(goods: Goods) -> None:
    mug = await goods("mug", price=1000)
    assert await costs(mug, 1100)
    assert not await costs(mug, 1100)
    assert await costs(mug, 1000)
    rows = await PastPrice.select(PastPrice.price).order_by(PastPrice.id)
    assert [row["price"] for row in rows] == [1000, 1100, 1000]
