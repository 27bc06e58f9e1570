"""A change of the cart brings what it changed; all of the cart where something else has changed meanwhile."""

from collections.abc import Awaitable, Callable

import pytest

from shop.catalogue.tables import Variant
from shop.orders.tables import Order
from tests.journeys.steps import fill_cart, go_to_pay
from tests.orders.swaps import is_small, shown, swap, swapped
from tests.support.goods import Goods
from tests.support.pages import Page
from tests.support.sandbox import Sandbox
from tests.support.shoppers import HTMX, Shopper

pytestmark = pytest.mark.one_database


@pytest.fixture
async def cart(ada: Shopper, goods: Goods) -> Shopper:
    """Ada looks at her cart: two mugs of five, a bowl and a jug."""
    await goods("mug", price=1234, stock=5)
    await goods("bowl", price=800)
    await goods("jug", price=2500)
    await fill_cart(ada, "Mug", 2)
    await fill_cart(ada, "Bowl")
    await fill_cart(ada, "Jug")
    await ada.open("/cart")
    return ada


def line(title: str, page: Page) -> str:
    """Which of the forms' addresses are that line's."""
    return next(str(node.id) for node in page.all(".line") if title in node.text()).removeprefix("line-")


STORIES = {
    "steps": [("One more", "Mug", {}), ("One more", "Bowl", {}), ("One less", "Mug", {})],
    "numbers": [("Update", "Jug", {"quantity": 4}), ("Update", "Bowl", {"quantity": 0})],
    "too many": [("Update", "Mug", {"quantity": 50}), ("One more", "Bowl", {}), ("One less", "Mug", {})],
    "no number": [
        ("Update", "Bowl", {"quantity": "1e9"}), ("Update", "Mug", {"quantity": ""}), ("One more", "Jug", {})
    ],
    "the first and the last": [("Remove", "Mug", {}), ("Put it back", "", {}), ("Remove", "Mug", {})],
    "all of them": [("Remove", each, {}) for each in ("Mug", "Bowl", "Jug")] + [("Put it back", "", {})],
}  # fmt: skip


@pytest.mark.parametrize("story", STORIES.values(), ids=STORIES)
async def test_what_it_leaves_on_the_screen_is_what_a_reload_shows(
    story: list[tuple[str, str, dict[str, object]]], cart: Shopper
) -> None:
    for button, title, filled_in in story:
        of = line(title, cart.page) if title else ""
        answer = await swap(cart, button, line=of, **filled_in)
        assert is_small(answer)
        on_screen = swapped(cart.page, answer)
        assert on_screen == shown(await cart.open(answer.headers["HX-Replace-Url"]))
        assert answer.text("#cart-count") == cart.page.text("#cart-count")


async def another_tab(ada: Shopper) -> None:
    await ada.post(ada.page.form("Remove Bowl").address, {"quantity": "3"})


async def another_price(_: Shopper) -> None:
    await Variant.update({Variant.price: 900}).where(Variant.sku == "BOWL")


async def fewer_left(_: Shopper) -> None:
    await Variant.update({Variant.on_hand: 0}).where(Variant.sku == "JUG")


async def taken_out_elsewhere(ada: Shopper) -> None:
    await ada.post(ada.page.form("Remove Bowl").address, {"quantity": "0"})


@pytest.mark.parametrize("change", [another_tab, another_price, fewer_left, taken_out_elsewhere])
async def test_what_else_has_changed_shows_with_the_next_change(
    change: Callable[[Shopper], Awaitable[None]], cart: Shopper
) -> None:
    await change(cart)
    answer = await swap(cart, "One more", line=line("Mug", cart.page))
    assert not is_small(answer)
    assert swapped(cart.page, answer) == shown(await cart.open("/cart"))
    assert is_small(await swap(cart, "One more", line=line("Mug", cart.page)))


async def test_news_of_an_order_that_waits_show_with_the_next_change(
    ada: Shopper, goods: Goods, sandbox: Sandbox
) -> None:
    await goods("mug")
    await fill_cart(ada, "Mug")
    await go_to_pay(ada)
    await fill_cart(ada, "Mug")
    await ada.open("/cart")
    assert is_small(await swap(ada, "One more"))
    await Order.update({Order.review: "Looked at."}).where(Order.number.is_not_null())
    await ada.open("/cart")
    await Order.update({Order.review: None}).where(Order.number.is_not_null())
    answer = await swap(ada, "One more")
    assert swapped(ada.page, answer) == shown(await ada.open("/cart"))


@pytest.mark.parametrize("told", ["", "0", "x", "9" * 400, "1 <b>:1", "1 x:1 x:2", "1 a:1" * 50])
async def test_a_page_that_tells_nonsense_is_told_everything(told: str, cart: Shopper) -> None:
    form = cart.page.form("One more")
    answer = Page(await cart.post(form.address, form.fields(), headers=HTMX | {"Cart-Drawn": told}))
    assert answer.status == 200
    assert swapped(cart.page, answer) == shown(await cart.open("/cart"))
