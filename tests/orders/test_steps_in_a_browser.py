"""A step shows at once and is put right by the answer; slow ones show it, lost ones can be tried again."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Page, Route, expect

from shop.catalogue.tables import Variant
from shop.orders.tables import Line
from tests.journeys.test_in_a_browser import add_to_cart, reload_shows_the_same
from tests.support.browser import Complaints, with_javascript
from tests.support.goods import Goods

pytestmark = [pytest.mark.one_database, with_javascript]


class Slowly:
    """What is asked of the cart waits until it is let through; `asked` is how many each wanted."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self._gate = asyncio.Event()

    def let_through(self) -> None:
        self._gate.set()

    async def __call__(self, route: Route) -> None:
        self.asked.append((route.request.post_data or "").removeprefix("quantity="))
        await self._gate.wait()
        await route.continue_()


@pytest.fixture
async def cart(page: Page, goods: Goods) -> Page:
    """Ada looks at her cart: two mugs of seven, and a bowl."""
    await goods("mug", price=1234, stock=7)
    await goods("bowl", price=800)
    await add_to_cart(page, "Bowl")
    await add_to_cart(page, "Mug", 2)
    await page.goto("/cart")
    return page


@pytest.fixture
async def slowly(cart: Page) -> AsyncIterator[Slowly]:
    waiting = Slowly()
    await cart.route("**/cart/lines/*", waiting)
    yield waiting
    waiting.let_through()


async def test_quick_presses_show_at_once_and_no_more_than_the_first_and_the_last_are_sent(
    cart: Page, slowly: Slowly
) -> None:
    mug = cart.locator(".line", has_text="Mug")
    for _ in range(3):
        await mug.get_by_role("button", name="One more").click()
    await mug.get_by_role("button", name="One less").click()
    await mug.get_by_role("button", name="One more").click()
    await expect(mug.locator("input.stepper__input")).to_have_value("5")
    await expect(mug.locator(".line__total")).to_have_text("€24.68")
    slowly.let_through()
    await expect(cart.locator("#cart-count")).to_have_text("6 pieces")
    await expect(mug.locator("input.stepper__input")).to_have_value("5")
    assert slowly.asked == ["3", "5"]
    await reload_shows_the_same(cart, "#cart", "#cart-count")


@pytest.mark.proof
async def test_presses_on_two_lines_are_all_kept(cart: Page, slowly: Slowly) -> None:
    mug, bowl = (cart.locator(".line", has_text=title) for title in ("Mug", "Bowl"))
    for line in (mug, bowl, mug, bowl, mug):
        await line.get_by_role("button", name="One more").click()
    await bowl.get_by_role("button", name="Remove").click()
    slowly.let_through()
    await expect(cart.locator("#cart-count")).to_have_text("5 pieces")
    await expect(mug.locator("input.stepper__input")).to_have_value("5")
    await expect(cart.get_by_text("Bowl is out of your cart.")).to_be_visible()


@pytest.mark.proof
async def test_steps_past_what_there_is_are_put_right_and_said(cart: Page) -> None:
    mug = cart.locator(".line", has_text="Mug")
    await Variant.update({Variant.on_hand: 3}).where(Variant.sku == "MUG")
    more = mug.get_by_role("button", name="One more")
    await more.evaluate("button => { for (let presses = 0; presses < 4; presses++) button.click(); }")
    await expect(mug.locator("input.stepper__input")).to_have_value("3")
    await expect(mug).to_contain_text("You asked for 6; there are 3, so 3 are in your cart.")
    await expect(more).to_have_attribute("aria-disabled", "true")
    await cart.wait_for_load_state("networkidle")
    await reload_shows_the_same(cart, "#cart", "#cart-count")


@pytest.mark.proof
async def test_a_step_on_what_sold_out_is_taken_back_and_said(cart: Page) -> None:
    mug = cart.locator(".line", has_text="Mug")
    await Variant.update({Variant.on_hand: 0}).where(Variant.sku == "MUG")
    await mug.get_by_role("button", name="One more").click()
    await expect(mug).to_contain_text("This has sold out.")
    await expect(mug.locator("input.stepper__input")).to_have_value("2")
    await reload_shows_the_same(cart, "#cart", "#cart-count")


@pytest.mark.proof
async def test_a_slow_answer_shows_on_the_control_and_a_quick_one_does_not(
    cart: Page, slowly: Slowly
) -> None:
    mug = cart.locator(".line", has_text="Mug")
    more = mug.get_by_role("button", name="One more")
    await more.click()
    await expect(more).to_have_attribute("aria-busy", "true")
    assert await more.evaluate("button => getComputedStyle(button, '::after').borderTopStyle") == "solid"
    slowly.let_through()
    await expect(more).not_to_have_attribute("aria-busy", "true")
    await more.click()
    await expect(cart.locator("#cart-count")).to_have_text("5 pieces")
    assert not await cart.locator("[aria-busy]").count()


async def test_a_step_without_an_answer_is_taken_back_said_at_its_line_and_tried_again(
    cart: Page, complaints: Complaints
) -> None:
    complaints.expect("ERR_INTERNET_DISCONNECTED")
    complaints.expect("Failed to fetch")
    mug = cart.locator(".line", has_text="Mug")
    await cart.context.set_offline(True)
    for _ in range(3):
        await mug.get_by_role("button", name="One more").click()
    await expect(mug.get_by_role("alert")).to_contain_text("The shop could not be reached.")
    await expect(mug.locator("input.stepper__input")).to_have_value("2")
    assert await Line.count().where(Line.quantity == 2) == 1
    await cart.context.set_offline(False)
    await mug.get_by_role("button", name="Try again").click()
    await expect(cart.locator("#cart-count")).to_have_text("4 pieces")
    await expect(mug.get_by_role("button", name="One more")).to_be_focused()
    await expect(cart.get_by_role("button", name="Try again")).to_be_hidden()
    await reload_shows_the_same(cart, "#cart", "#cart-count")


@pytest.mark.proof
async def test_a_typed_number_without_an_answer_stays_typed(cart: Page, complaints: Complaints) -> None:
    complaints.expect("ERR_INTERNET_DISCONNECTED")
    complaints.expect("Failed to fetch")
    mug = cart.locator(".line", has_text="Mug")
    await cart.context.set_offline(True)
    await mug.locator("input.stepper__input").fill("6")
    await cart.keyboard.press("Enter")
    await expect(mug.get_by_role("alert")).to_contain_text("The shop could not be reached.")
    await expect(mug.locator("input.stepper__input")).to_have_value("6")
    await cart.context.set_offline(False)
    await mug.get_by_role("button", name="Try again").click()
    await expect(cart.locator("#cart-count")).to_have_text("7 pieces")
    await reload_shows_the_same(cart, "#cart", "#cart-count")


@pytest.mark.proof
async def test_a_line_that_another_tab_took_out_goes_and_that_is_said(
    cart: Page, complaints: Complaints
) -> None:
    complaints.expect("404")
    other = await cart.context.new_page()
    await other.goto("/cart")
    await other.locator(".line", has_text="Mug").get_by_role("button", name="Remove").click()
    await expect(other.locator("#cart-count")).to_have_text("1 piece")
    await cart.locator(".line", has_text="Mug").get_by_role("button", name="One more").click()
    await expect(cart.locator("#trouble")).to_contain_text("no longer in your cart")
    await expect(cart.locator(".line")).to_have_count(1)
    await reload_shows_the_same(cart, "#cart", "#cart-count")
