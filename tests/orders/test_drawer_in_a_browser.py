"""The drawer that opens over a product that is put into the cart; without JavaScript it is the cart page."""

import re

import pytest
from playwright.async_api import Page, expect

from shop.catalogue.tables import Variant
from tests.journeys.test_in_a_browser import add_to_cart, reload_shows_the_same
from tests.support.browser import Complaints, with_javascript
from tests.support.goods import Goods

pytestmark = [pytest.mark.one_database, with_javascript]


@pytest.fixture
async def drawer(page: Page, goods: Goods) -> Page:
    """Ada has put two of five mugs into her cart."""
    await goods("mug", price=1234, stock=5)
    await add_to_cart(page, "Mug", 2)
    await expect(page.get_by_role("dialog")).to_be_visible()
    return page


async def test_it_says_what_was_added_and_the_page_below_says_it_after_a_reload(drawer: Page) -> None:
    await expect(drawer.locator("#put-in")).to_be_focused()
    await expect(drawer.locator("#put-in")).to_have_text("Added to your cart: Mug.")
    await expect(drawer.get_by_role("dialog").locator("#cart-totals")).to_contain_text("€24.68")
    await drawer.keyboard.press("Escape")
    await expect(drawer.get_by_role("dialog")).to_be_hidden()
    await expect(drawer.locator("#add-button")).to_be_focused()
    await reload_shows_the_same(drawer, "main", ".site-header")
    await expect(drawer.get_by_text("In your cart: 2.")).to_be_visible()


@pytest.mark.proof
async def test_a_click_beside_it_and_its_buttons_close_it(drawer: Page) -> None:
    await drawer.mouse.click(5, 5)
    await expect(drawer.get_by_role("dialog")).to_be_hidden()
    for button in ("Close", "Keep looking"):
        await drawer.locator("#add-button").click()
        await drawer.get_by_role("dialog").get_by_role("button", name=button).click()
        await expect(drawer.get_by_role("dialog")).to_be_hidden()
        await expect(drawer.locator("#add-button")).to_be_focused()
    await drawer.locator("#add-button").click()
    await drawer.get_by_role("link", name="Go to checkout").click()
    await expect(drawer.get_by_role("heading", name="Review and pay")).to_be_visible()


@pytest.mark.proof
async def test_what_changes_in_it_shows_on_the_page_below_and_after_a_reload(drawer: Page) -> None:
    await drawer.get_by_role("button", name="One more").click()
    await expect(drawer.locator("#cart-count")).to_have_text("3 pieces")
    await expect(drawer.get_by_role("button", name="One more")).to_be_focused()
    await expect(drawer.locator("dialog #announce")).to_contain_text("3 × Mug in your cart.")
    await expect(drawer).to_have_url(re.compile(r"/products/mug\?variant=MUG$"))
    await reload_shows_the_same(drawer, "main", ".site-header")
    await expect(drawer.get_by_text("In your cart: 3.")).to_be_visible()


@pytest.mark.proof
async def test_what_is_taken_out_in_it_can_be_put_back(drawer: Page) -> None:
    await drawer.get_by_role("button", name="Remove").click()
    await expect(drawer.get_by_role("button", name="Put it back")).to_be_focused()
    await expect(drawer).to_have_url(re.compile(r"/products/mug\?variant=MUG$"))
    await drawer.keyboard.press("Enter")
    await expect(drawer.locator("#cart-count")).to_have_text("2 pieces")
    await expect(drawer.locator("#cart-title")).to_be_focused()
    await reload_shows_the_same(drawer, "main", ".site-header")


@pytest.mark.proof
async def test_what_came_too_late_to_be_put_back_is_said_in_it(drawer: Page, complaints: Complaints) -> None:
    complaints.expect("409")
    await drawer.get_by_role("button", name="Remove").click()
    await Variant.update({Variant.on_hand: 0}).where(Variant.sku == "MUG")
    await drawer.get_by_role("button", name="Put it back").click()
    await expect(drawer.get_by_text("This is sold out. Nothing was added.")).to_be_visible()
    await expect(drawer.get_by_role("dialog").locator("#cart")).to_contain_text("Your cart is empty.")


@pytest.mark.proof
async def test_what_is_wrong_with_the_shop_is_said_in_it(drawer: Page, complaints: Complaints) -> None:
    complaints.expect("503")
    problem = '<section><p class="problem__sentence">Nothing was changed.</p></section>'
    await drawer.route("**/cart/lines/*", lambda route: route.fulfill(status=503, body=problem))
    await drawer.get_by_role("button", name="One more").click()
    said = drawer.get_by_role("dialog").locator(".line").get_by_role("alert")
    await expect(said).to_contain_text("Nothing was changed.")
    await expect(drawer.locator("input.stepper__input")).to_have_value("2")
    await drawer.unroute("**/cart/lines/*")
    await said.get_by_role("button", name="Try again").click()
    await expect(drawer.locator("input.stepper__input")).to_have_value("3")
    await expect(drawer.get_by_role("button", name="One more")).to_be_focused()
    await expect(said).to_be_hidden()
