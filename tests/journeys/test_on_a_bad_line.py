"""A purchase on a telephone in a train: answers take their time, some never come, and Back is out of date."""

import asyncio
import re
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Page, Route, async_playwright, expect

from shop.orders.tables import Order
from tests.journeys.steps import the_order
from tests.journeys.stripe_side import sessions
from tests.journeys.test_in_a_browser import add_to_cart, fill_card
from tests.support.browser import ARGS, Complaints, executable, window, with_javascript
from tests.support.fixtures_shop import Shop
from tests.support.goods import Goods
from tests.support.sandbox import Sandbox
from tests.support.skipping import cannot_run

pytestmark = [pytest.mark.proof, pytest.mark.one_database]

SLOW = 0.7
NOTES_WHETHER_FROM_MEMORY = "addEventListener('pageshow', ({ persisted }) => window.fromMemory = persisted)"


async def late(route: Route) -> None:
    await asyncio.sleep(SLOW)
    await route.continue_()


@with_javascript
async def test_a_slow_purchase_says_that_something_happens_and_happens_once(
    page: Page, goods: Goods, sandbox: Sandbox
) -> None:
    await goods("mug", price=1234, stock=9)
    await page.goto("/products/mug")
    await page.route("**/*", late)
    add = page.locator("#add-button")
    await add.click()
    await expect(add).to_have_attribute("aria-busy", "true")
    await add.click()
    await expect(page.get_by_role("dialog")).to_be_visible()
    await expect(page.locator("#cart-count")).to_have_text("1 piece")
    await page.get_by_role("button", name="One more").click(click_count=3)
    await expect(page.locator("#cart-count")).to_have_text("4 pieces")
    await page.get_by_role("link", name="Go to checkout").click()
    await page.get_by_label("E-mail").fill("ada@example.com")
    await page.wait_for_load_state()
    pay = page.get_by_role("button", name="Order and pay")
    assert (
        await pay.evaluate("button => { button.click(); button.click(); return button.ariaBusy; }") == "true"
    )
    await page.wait_for_url(re.compile(r"/c/pay/"))
    await page.unroute("**/*")
    await fill_card(page)
    await page.get_by_role("button", name="Pay").click()
    await expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    assert (await the_order()).total == 4 * 1234
    assert len(await sessions(sandbox)) == 1


@with_javascript
async def test_pay_without_a_line_stays_says_so_and_is_tried_again(
    page: Page, goods: Goods, sandbox: Sandbox, complaints: Complaints
) -> None:
    # What was typed is sent ahead, which fails as well and says nothing.
    complaints.expect("ERR_INTERNET_DISCONNECTED")
    complaints.expect("Failed to fetch")
    await goods("mug", price=1234)
    await add_to_cart(page, "Mug")
    await page.goto("/checkout")
    await page.get_by_label("E-mail").fill("ada@example.com")
    await page.context.set_offline(True)
    await page.get_by_role("button", name="Order and pay").click()
    await expect(page.get_by_role("alert").first).to_contain_text("The shop could not be reached.")
    await expect(page.get_by_label("E-mail")).to_have_value("ada@example.com")
    assert await Order.count().where(Order.number.is_not_null()) == 0
    await page.context.set_offline(False)
    await page.get_by_role("button", name="Try again").click()
    await page.wait_for_url(re.compile(r"/c/pay/"))


@with_javascript
async def test_an_add_without_an_answer_says_so_at_its_form_and_is_tried_again(
    page: Page, goods: Goods, complaints: Complaints
) -> None:
    complaints.expect("ERR_INTERNET_DISCONNECTED")
    complaints.expect("Failed to fetch")
    await goods("mug", stock=9)
    await page.goto("/products/mug")
    await page.get_by_label("Quantity").fill("3")
    await page.context.set_offline(True)
    await page.locator("#add-button").click()
    await expect(page.locator("#add").get_by_role("alert")).to_contain_text("could not be reached")
    await expect(page.get_by_label("Quantity")).to_have_value("3")
    await page.context.set_offline(False)
    await page.locator("#add").get_by_role("button", name="Try again").click()
    await expect(page.get_by_role("dialog")).to_be_visible()
    await expect(page.locator("#cart-count")).to_have_text("3 pieces")


@pytest.fixture
async def remembering(shop: Shop, complaints: Complaints) -> AsyncIterator[Page]:
    """A window whose Back shows pages from memory, as people's do; Playwright's do not."""
    async with async_playwright() as playwright:
        program = executable()
        if program is None:
            cannot_run("no browser of the system's own")
        browser = await playwright.chromium.launch(
            executable_path=program, args=ARGS, ignore_default_args=["--disable-back-forward-cache"]
        )
        async with window(browser, shop.url, javascript=True, complaints=complaints) as opened:
            yield opened
        await browser.close()


async def test_back_from_memory_shows_how_the_cart_is_now(remembering: Page, goods: Goods) -> None:
    page = remembering
    await goods("mug", price=1234, stock=9)
    await page.goto("/")
    await page.evaluate(NOTES_WHETHER_FROM_MEMORY)
    await page.get_by_role("link", name="Mug").first.click()
    await page.locator("#add-button").click()
    await page.evaluate(NOTES_WHETHER_FROM_MEMORY)
    await expect(page.locator("#cart-count")).to_have_text("1 piece")
    await page.get_by_role("link", name="Go to the cart").last.click()
    await page.get_by_role("button", name="One more").click()
    await expect(page.locator("#cart-count")).to_have_text("2 pieces")
    # What comes from memory does not load.
    await page.go_back(wait_until="commit")
    await expect(page.locator("#add-button")).to_be_visible()
    await expect(page.get_by_role("dialog")).to_be_hidden()
    assert await page.evaluate("window.fromMemory"), "this browser keeps no pages"
    await expect(page.locator("#added")).to_contain_text("In your cart: 2.")
    await page.go_back(wait_until="commit")
    await expect(page.get_by_role("link", name="Mug").first).to_be_visible()
    assert await page.evaluate("window.fromMemory"), "this browser keeps no pages"
    await expect(page.locator("#cart-count")).to_have_text("2 pieces")
