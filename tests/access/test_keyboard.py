"""A whole purchase with the keyboard alone, with scripts and without: it ends in the same order."""

import re
from typing import Any

import pytest
from playwright.async_api import Browser, expect
from playwright.async_api import Page as Window

from shop.orders.tables import Line, Order
from tests.access.keyboard import press, tab_to, where, write
from tests.access.states import World
from tests.support.browser import Complaints, window
from tests.support.fixtures_shop import Shop

pytestmark = pytest.mark.one_database


@pytest.mark.proof
async def test_with_the_keyboard_alone_and_with_scripts_or_without_it_ends_in_the_same_order(
    world: World, browser: Browser, shop: Shop, complaints: Complaints
) -> None:
    complaints.expect("409")
    for javascript in (True, False):
        async with window(browser, shop.url, javascript=javascript, complaints=complaints) as opened:
            await buys_a_mug_to_be_sent_to_vienna(opened, javascript=javascript)
    with_scripts, without = await what_was_bought()
    assert with_scripts == without
    assert with_scripts["status"] == "paid"
    assert [line["quantity"] for line in with_scripts["lines"]] == [2]
    assert '"Vienna"' in str(with_scripts["deliver_to"])


@pytest.mark.proof
async def test_escape_closes_the_drawer_and_leads_back_to_its_button(world: World, pane: Window) -> None:
    await pane.goto("/products/potters-mug")
    await press(pane, "Add to cart")
    await expect(pane.get_by_role("dialog")).to_be_visible()
    assert await pane.evaluate("document.querySelector('dialog').contains(document.activeElement)")
    await pane.keyboard.press("Escape")
    await expect(pane.get_by_role("dialog")).to_be_hidden()
    assert "Add to cart" in (await where(pane))["name"]


async def buys_a_mug_to_be_sent_to_vienna(ada: Window, *, javascript: bool) -> None:
    await ada.goto("/")
    await press(ada, "Skip to the content")
    assert await ada.evaluate("location.hash") == "#main"
    await press(ada, "Potter’s mug")
    await ada.wait_for_url(re.compile("/products/potters-mug"))
    await press(ada, "Moss")
    await expect(ada.locator("#choices-title")).to_contain_text("Moss")
    await press(ada, "Add to cart")
    if javascript:
        await expect(ada.get_by_role("dialog")).to_be_visible()
    else:
        await ada.wait_for_url(re.compile("/cart"))
    await press(ada, "One more")
    await expect(ada.locator("#cart-totals")).to_contain_text("2 pieces")
    await press(ada, "Go to checkout")
    await ada.wait_for_url(re.compile("/checkout"))
    await write(ada, "E-mail", "ada@example.com")
    await tab_to(ada, "Country")
    await ada.keyboard.type("Aus")
    if javascript:
        await expect(ada.get_by_label("Parcel abroad")).to_be_checked()
        await expect(ada.get_by_label("Country")).to_be_focused()
    for label, typed in ADDRESS:
        await write(ada, label, typed)
    await press(ada, "Order and pay")
    if not javascript:
        # Another country has another way to deliver, so the total is shown once more before it is paid.
        await expect(ada.get_by_role("alert")).to_be_focused()
        await press(ada, "Order and pay")
    await ada.wait_for_url(re.compile("/c/pay/"))
    for label, typed in CARD:
        await write(ada, label, typed)
    await ada.keyboard.press("Enter")
    await expect(ada.get_by_role("heading", name="Thank you")).to_be_visible()


ADDRESS = (
    ("Name", "Ada"),
    ("Street and number", "Ring 1"),
    ("Postal code", "1010"),
    ("Town or city", "Vienna"),
)
CARD = (
    ("Card number", "4242424242424242"),
    ("Expiry", "12/34"),
    ("Security code", "123"),
    ("Name on", "Ada"),
)
# What no two orders share.
OF_ITS_OWN = ("id", "token", "number", "guest_key", "version", "order")


async def what_was_bought() -> list[dict[str, Any]]:
    """The orders with their lines, oldest first."""
    orders, lines = await Order.select().order_by(Order.id), await Line.select().order_by(Line.id)
    return [
        _common(order) | {"lines": [_common(line) for line in lines if line["order"] == order["id"]]}
        for order in orders
    ]


def _common(row: dict[str, Any]) -> dict[str, Any]:
    own = {name for name in row if name in OF_ITS_OWN or name.startswith("stripe_") or name.endswith("_at")}
    return {name: value for name, value in row.items() if name not in own}
