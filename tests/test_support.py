"""The tests' own ground holds: shop, shoppers, database and browser meet over real HTTP."""

from collections.abc import Awaitable, Callable

from playwright.async_api import Page

from shop.catalogue.tables import Product, Variant
from tests.support.fixtures_shop import Shop
from tests.support.sandbox import Sandbox
from tests.support.shoppers import Shopper

Goods = Callable[..., Awaitable[Variant]]


async def test_ada_sees_what_was_put_on_sale(ada: Shopper, goods: Goods) -> None:
    await goods("teapot", title="Round teapot", price=3450)
    page = await ada.open("/")
    assert page.status == 200
    assert "Round teapot" in page.says()


async def test_every_test_begins_with_empty_shelves(shop: Shop) -> None:
    assert await Product.count() == 0


async def test_a_browser_sees_the_same(page: Page, goods: Goods) -> None:
    await goods("teapot", title="Round teapot")
    await page.goto("/")
    assert "Round teapot" in await page.inner_text("body")


async def test_the_sandbox_answers_where_the_shop_asks_stripe(sandbox: Sandbox, shop: Shop) -> None:
    assert await sandbox.every("/v1/checkout/sessions") == []
