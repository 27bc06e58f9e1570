"""The same purchase in a real browser, with JavaScript and without."""

import re

import pytest
from playwright.async_api import Page, expect

from shop.orders.tables import Order
from tests.journeys.steps import stock, the_order
from tests.journeys.stripe_side import expire, pay, sessions
from tests.support.browser import (
    Complaints,
    mostly_with_javascript,
    with_javascript,
    without_javascript,
)
from tests.support.goods import Goods
from tests.support.sandbox import Sandbox

# A region as a tree: without what htmx notes on it, and with what the fields show, for somebody with scripts.
AS_SHOWN = """(selector) => {
  const told = (node) => {
    if (node.nodeType === Node.TEXT_NODE) return node.data.trim();
    if (node.localName === "noscript") return "";
    const names = node.getAttributeNames().filter((name) => !/^data-htmx|^autofocus$/.test(name)).sort();
    const value = (name) => node.getAttribute(name).replace(/\\bhtmx-\\S+/g, "").trim();
    const attributes = names.map((name) => `${name}=${value(name)}`);
    const shown = node.matches("input") ? `shown=${node.value}` : "";
    return [node.localName, ...attributes, shown, [...node.childNodes].map(told).filter(String)];
  };
  return JSON.stringify(told(document.querySelector(selector)), null, 1);
}"""


async def on_screen(page: Page, selector: str) -> str:
    return str(await page.evaluate(AS_SHOWN, selector))


async def reload_shows_the_same(page: Page, *selectors: str) -> None:
    before = [await on_screen(page, selector) for selector in selectors]
    await page.reload()
    for selector, shown in zip(selectors, before, strict=True):
        assert await on_screen(page, selector) == shown


async def add_to_cart(page: Page, title: str, quantity: int = 1) -> None:
    await page.goto("/")
    await page.get_by_role("link", name=title).first.click()
    await page.get_by_label("Quantity").fill(str(quantity))
    await page.get_by_role("button", name="Add to cart").click()
    await expect(page.locator("#cart-count")).not_to_have_text("0 pieces")


async def fill_card(page: Page) -> None:
    await page.get_by_label("Card number").fill("4242 4242 4242 4242")
    await page.get_by_label("Expiry").fill("12/34")
    await page.get_by_label("Security code").fill("123")
    await page.get_by_label("Name on the card").fill("Ada")


async def go_to_pay(page: Page) -> None:
    await page.goto("/checkout")
    await page.get_by_label("E-mail").fill("ada@example.com")
    await page.get_by_role("button", name="Order and pay").click()
    await page.wait_for_url(re.compile(r"/c/pay/"))


@pytest.fixture
async def mug(goods: Goods) -> None:
    await goods("mug", price=1234, stock=5)


async def test_ada_buys_two_mugs(page: Page, mug: None, sandbox: Sandbox) -> None:
    await add_to_cart(page, "Mug", 2)
    await page.goto("/cart")
    await page.get_by_role("link", name="Go to checkout").click()
    await page.get_by_label("E-mail").fill("ada@example.com")
    await page.get_by_role("button", name="Order and pay").click()
    await fill_card(page)
    await page.get_by_role("button", name="Pay").click()
    await expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    order = await the_order()
    assert order.status == "paid"
    await expect(page.locator("main")).to_contain_text(str(order.number))
    await expect(page.locator("main")).to_contain_text(str(order.stripe_charge_id))


@pytest.mark.one_database
async def test_a_stepper_changes_the_line_and_a_reload_shows_the_same(page: Page, mug: None) -> None:
    await add_to_cart(page, "Mug", 2)
    await page.goto("/cart")
    await page.get_by_role("button", name="One more").click()
    await expect(page.locator("#cart-count")).to_have_text("3 pieces")
    await expect(page.locator("#cart-totals")).to_contain_text("€37.02")
    await reload_shows_the_same(page, "#cart", "#cart-count")


@pytest.mark.one_database
@mostly_with_javascript
async def test_the_number_field_changes_the_line_and_a_reload_shows_the_same(
    page: Page, mug: None, javascript: bool
) -> None:
    await add_to_cart(page, "Mug", 2)
    await page.goto("/cart")
    await page.get_by_label("Quantity of Mug").last.fill("50")
    await page.keyboard.press("Enter")
    await expect(page.locator("#cart-count")).to_have_text("5 pieces")
    await expect(page.locator(".line__said")).to_have_text(
        "You asked for 50; there are 5, so 5 are in your cart."
    )
    await expect(page.locator("input.stepper__input")).to_have_value("5")
    await reload_shows_the_same(page, "#cart", "#cart-count")


@pytest.mark.one_database
@mostly_with_javascript
async def test_a_bad_number_is_said_at_its_field(page: Page, mug: None, complaints: Complaints) -> None:
    complaints.expect("422")
    await add_to_cart(page, "Mug", 2)
    await page.goto("/cart")
    await page.locator("input.stepper__input").fill("1e9")
    await page.keyboard.press("Enter")
    field = page.locator("input.stepper__input")
    await expect(field).to_have_attribute("aria-invalid", "true")
    await expect(field).to_have_value("1e9")
    await expect(page.locator(".line__about")).to_contain_text("whole number from 1 to 999")
    await expect(page.locator("#cart-count")).to_have_text("2 pieces")


@pytest.mark.one_database
@mostly_with_javascript
async def test_remove_undo_and_a_reload_shows_the_same_after_each(
    page: Page, mug: None, goods: Goods
) -> None:
    await goods("bowl")
    await add_to_cart(page, "Bowl")
    await add_to_cart(page, "Mug", 2)
    await page.goto("/cart")
    await page.get_by_role("button", name="Remove Mug").click()
    await expect(page.get_by_text("Mug is out of your cart.")).to_be_visible()
    await reload_shows_the_same(page, "#cart", "#cart-count")
    await page.get_by_role("button", name="Put it back").click()
    await expect(page.locator("#cart-count")).to_have_text("3 pieces")
    await expect(page.get_by_text("Mug is out of your cart.")).to_be_hidden()
    await reload_shows_the_same(page, "#cart", "#cart-count")


@pytest.mark.one_database
async def test_an_add_and_a_reload_shows_the_same(page: Page, mug: None) -> None:
    await add_to_cart(page, "Mug", 2)
    region = "#product" if await page.locator("#product").count() else "#cart"
    await reload_shows_the_same(page, region, "#cart-count")


@pytest.mark.one_database
@mostly_with_javascript
async def test_another_choice_and_a_reload_shows_the_same(page: Page, goods: Goods) -> None:
    await goods("mug", choices={"Clay": 4, "Moss": 3})
    await page.goto("/products/mug")
    await page.get_by_role("link", name="Moss").click()
    await expect(page.get_by_text("Only 3 left")).to_be_visible()
    await expect(page).to_have_url(re.compile("variant=MUG-MOSS"))
    await reload_shows_the_same(page, "#product")
    await page.go_back()
    await expect(page.locator("#choices-title")).to_contain_text("Clay")


@pytest.mark.one_database
async def test_the_cart_is_right_when_ada_goes_back(page: Page, mug: None) -> None:
    await add_to_cart(page, "Mug", 2)
    await page.goto("/cart")
    await page.get_by_role("button", name="One more").click()
    await expect(page.locator("#cart-count")).to_have_text("3 pieces")
    await page.get_by_role("link", name="Go to checkout").click()
    await expect(page.get_by_role("heading", name="Review and pay")).to_be_visible()
    await page.go_back()
    await expect(page.locator("#cart-totals")).to_contain_text("€37.02")
    await expect(page.locator("input.stepper__input")).to_have_value("3")


@pytest.mark.one_database
@mostly_with_javascript
async def test_back_from_stripe_and_on_again_to_the_same_page(
    page: Page, mug: None, sandbox: Sandbox
) -> None:
    await add_to_cart(page, "Mug", 2)
    await go_to_pay(page)
    paying_at = page.url
    await page.get_by_role("link", name="Back to the shop").click()
    await expect(page.get_by_text("Nothing was charged")).to_be_visible()
    await page.get_by_role("button", name="Continue payment").click()
    await page.wait_for_url(paying_at)


@pytest.mark.one_database
@mostly_with_javascript
async def test_back_from_stripe_to_change_the_order(page: Page, mug: None, sandbox: Sandbox) -> None:
    await add_to_cart(page, "Mug", 2)
    await go_to_pay(page)
    await page.get_by_role("link", name="Back to the shop").click()
    await page.get_by_role("button", name="Change the order").click()
    await expect(page.get_by_role("heading", name="Cart")).to_be_visible()
    await expect(page.locator("input.stepper__input")).to_have_value("2")


@pytest.mark.one_database
@mostly_with_javascript
async def test_the_browser_s_back_from_stripe_and_pay_once_more(
    page: Page, mug: None, sandbox: Sandbox, complaints: Complaints
) -> None:
    """The page may come from the browser's memory; its button is alive and leads to the same session."""
    await add_to_cart(page, "Mug", 2)
    await go_to_pay(page)
    paying_at = page.url
    await page.go_back()
    button = page.get_by_role("button", name="Order and pay")
    if await button.count():
        await expect(button).not_to_have_attribute("aria-disabled", "true")
        await page.get_by_label("E-mail").fill("ada@example.com")
        await button.click()
    else:
        await page.get_by_role("button", name="Continue payment").first.click()
    await page.wait_for_url(paying_at)
    assert len(await sessions(sandbox)) == 1


@pytest.mark.one_database
@mostly_with_javascript
async def test_a_double_click_on_pay_makes_one_session(page: Page, mug: None, sandbox: Sandbox) -> None:
    await add_to_cart(page, "Mug", 2)
    await page.goto("/checkout")
    await page.get_by_label("E-mail").fill("ada@example.com")
    await page.get_by_role("button", name="Order and pay").dblclick(no_wait_after=True)
    await page.wait_for_url(re.compile(r"/c/pay/"))
    assert len(await sessions(sandbox)) == 1
    assert await Order.count() == 1


@pytest.mark.one_database
@mostly_with_javascript
async def test_an_expired_payment_page_leads_back_to_the_cart(
    page: Page, mug: None, sandbox: Sandbox
) -> None:
    await add_to_cart(page, "Mug", 2)
    await go_to_pay(page)
    await expire(sandbox, page.url.rsplit("/", 1)[1].split("?")[0].split("#")[0])
    await page.reload()
    await page.get_by_role("link", name="Back to the shop").click()
    await expect(page.get_by_text("The time for paying ran out.")).to_be_visible()
    await expect(page.locator("input.stepper__input")).to_have_value("2")


@pytest.mark.one_database
@with_javascript
async def test_focus_stays_on_the_stepper(page: Page, mug: None) -> None:
    await add_to_cart(page, "Mug", 1)
    await page.goto("/cart")
    more = page.get_by_role("button", name="One more")
    await more.focus()
    for pieces in ("2 pieces", "3 pieces", "4 pieces", "5 pieces"):
        await page.keyboard.press("Enter")
        await expect(page.locator("#cart-count")).to_have_text(pieces)
        await expect(more).to_be_focused()
    await expect(more).to_have_attribute("aria-disabled", "true")


@pytest.mark.one_database
@with_javascript
async def test_a_step_is_announced(page: Page, mug: None) -> None:
    await add_to_cart(page, "Mug", 1)
    await page.goto("/cart")
    await page.get_by_role("button", name="One more").click()
    await expect(page.locator("#announce")).to_have_text("2 × Mug in your cart. 2 pieces altogether.")


@pytest.mark.one_database
@with_javascript
async def test_after_remove_the_focus_is_on_undo_and_after_undo_it_is_on_the_page(
    page: Page, mug: None
) -> None:
    await add_to_cart(page, "Mug", 1)
    await page.goto("/cart")
    await page.get_by_role("button", name="Remove").press("Enter")
    await expect(page.get_by_role("button", name="Put it back")).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(page.locator("#cart-count")).to_have_text("1 piece")
    assert await page.evaluate("document.activeElement !== document.body")


@pytest.mark.one_database
@with_javascript
async def test_quick_presses_are_all_answered_or_left_out_and_the_screen_is_true(
    page: Page, mug: None
) -> None:
    await add_to_cart(page, "Mug", 1)
    await page.goto("/cart")
    more = page.get_by_role("button", name="One more")
    for _ in range(4):
        await more.click(no_wait_after=True)
    await page.wait_for_load_state("networkidle")
    await reload_shows_the_same(page, "#cart", "#cart-count")


@pytest.mark.one_database
@with_javascript
async def test_the_shop_cannot_be_reached_and_nothing_on_the_screen_is_lost(
    page: Page, mug: None, complaints: Complaints
) -> None:
    complaints.expect("ERR_INTERNET_DISCONNECTED")
    complaints.expect("Failed to fetch")
    await add_to_cart(page, "Mug", 2)
    await page.goto("/cart")
    await page.context.set_offline(True)
    await page.get_by_role("button", name="One more").click()
    await expect(page.get_by_text("The shop could not be reached")).to_be_visible()
    await expect(page.locator("input.stepper__input")).to_have_value("2")
    await page.context.set_offline(False)
    await page.get_by_role("button", name="One more").click()
    await expect(page.locator("#cart-count")).to_have_text("3 pieces")
    await expect(page.get_by_text("The shop could not be reached")).to_be_hidden()


@pytest.mark.one_database
@with_javascript
async def test_the_waiting_page_becomes_the_paid_one_by_itself(
    page: Page, mug: None, sandbox: Sandbox
) -> None:
    await add_to_cart(page, "Mug", 2)
    await go_to_pay(page)
    session = page.url.rsplit("/", 1)[1].split("?")[0].split("#")[0]
    order = await the_order()
    await page.goto(f"/orders/{order.token}?waited=0")
    await expect(page.get_by_role("heading", name="Your payment is being confirmed")).to_be_visible()
    await pay(sandbox, session)
    await expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    await reload_shows_the_same(page, "#order-status")


@pytest.mark.proof
@pytest.mark.one_database
@without_javascript
async def test_without_javascript_the_waiting_page_looks_again_by_itself(
    page: Page, mug: None, sandbox: Sandbox
) -> None:
    await add_to_cart(page, "Mug", 2)
    await go_to_pay(page)
    session = page.url.rsplit("/", 1)[1].split("?")[0].split("#")[0]
    order = await the_order()
    await page.goto(f"/orders/{order.token}?waited=0")
    await pay(sandbox, session)
    await expect(page.get_by_role("heading", name="Thank you")).to_be_visible()


@pytest.mark.one_database
@without_javascript
async def test_without_javascript_the_stock_moves_the_same(
    page: Page, goods: Goods, sandbox: Sandbox
) -> None:
    mug = await goods("mug", stock=5)
    await add_to_cart(page, "Mug", 2)
    await go_to_pay(page)
    assert await stock(mug) == (5, 2)
    await fill_card(page)
    await page.get_by_role("button", name="Pay").click()
    await expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    assert await stock(mug) == (3, 0)
