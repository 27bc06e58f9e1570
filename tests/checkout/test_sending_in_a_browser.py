"""The address form on a small telephone, with JavaScript and without."""

import re
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from tests.delivery.shop_toml import sending
from tests.journeys.steps import the_order
from tests.journeys.test_in_a_browser import add_to_cart, reload_shows_the_same
from tests.support.browser import Complaints, with_javascript
from tests.support.goods import Goods
from tests.support.sandbox import Sandbox


@pytest.fixture
def more_settings(tmp_path: Path) -> dict[str, str]:
    return sending(tmp_path)


@pytest.mark.one_database
async def test_ada_has_it_sent_abroad(
    page: Page, javascript: bool, goods: Goods, sandbox: Sandbox, complaints: Complaints
) -> None:
    complaints.expect("422")
    complaints.expect("409")
    await page.set_viewport_size({"width": 360, "height": 740})
    await goods("mug", price=1234)
    await add_to_cart(page, "Mug")
    await page.goto("/checkout")
    await page.get_by_label("E-mail").fill("ada@example.com")
    await page.get_by_label("Name").fill("Ada")
    await page.get_by_label("Street and number").fill("Main Street 1")
    await page.get_by_label("Country").focus()
    await page.get_by_label("Country").select_option("AT")
    if javascript:
        await expect(page.locator("#totals")).to_contain_text("€22.24")
        await expect(page.get_by_label("Country")).to_be_focused()
        await expect(page.locator("#announce")).to_have_text("Total: €22.24")
    await page.get_by_label("Town or city").fill("Vienna")
    await page.get_by_role("button", name="Order and pay").click()

    await expect(page.get_by_role("link", name="Enter your postal code.")).to_be_visible()
    await expect(page.get_by_label("Street and number")).to_have_value("Main Street 1")
    await expect(page.get_by_label("E-mail")).to_have_value("ada@example.com")
    await expect(page.locator("#totals")).to_contain_text("€22.24")
    await page.get_by_role("link", name="Enter your postal code.").click()
    await expect(page.get_by_label("Postal code")).to_be_focused()
    await page.keyboard.type("1010")
    assert await page.evaluate("document.documentElement.scrollWidth") <= 360
    await page.get_by_role("button", name="Order and pay").click()
    await page.wait_for_url(re.compile(r"/c/pay/"))
    await expect(page.locator("body")).to_contain_text("Parcel abroad")
    await expect(page.locator("body")).to_contain_text("€22.24")
    assert '"1010"' in str((await the_order()).deliver_to)


@pytest.mark.proof
@with_javascript
@pytest.mark.one_database
async def test_collecting_it_hides_the_address_and_a_parcel_finds_it_again(page: Page, goods: Goods) -> None:
    await goods("mug", price=1234)
    await add_to_cart(page, "Mug")
    await page.goto("/checkout")
    await page.get_by_label("E-mail").fill("ada@example.com")
    await page.get_by_label("Name").fill("Ada")
    await page.get_by_label("Street and number").fill("Main Street 1")
    await page.get_by_label("Collect it").check()
    await expect(page.get_by_label("Street and number")).to_be_hidden()
    await expect(page.locator("#totals")).to_contain_text(re.compile(r"Collect it\s*free"))
    await page.get_by_label("Parcel").check()
    await expect(page.locator("#totals")).to_contain_text("Parcel")
    await expect(page.get_by_label("Street and number")).to_have_value("Main Street 1")
    await expect(page.get_by_label("Parcel")).to_be_focused()
    await reload_shows_the_same(page, "#review")


@pytest.mark.proof
@with_javascript
@pytest.mark.one_database
async def test_what_is_typed_is_kept_while_it_is_typed(page: Page, goods: Goods) -> None:
    await goods("mug", price=1234)
    await add_to_cart(page, "Mug")
    await page.goto("/checkout")
    async with page.expect_response("**/checkout/typed"):
        await page.get_by_label("Street and number").press_sequentially("Main Street 1")
    await page.get_by_label("Country").select_option("US")
    await expect(page.get_by_label("State")).to_be_visible()
    async with page.expect_response("**/checkout/typed"):
        await page.get_by_label("State").select_option("CA")
    await page.reload()
    await expect(page.get_by_label("Street and number")).to_have_value("Main Street 1")
    await expect(page.get_by_label("State")).to_have_value("CA")
    await page.get_by_label("Name").fill("Ada")
    await page.get_by_role("button", name="Deutsch").click()
    await expect(page.get_by_label("Name", exact=True)).to_have_value("Ada")
    await expect(page.get_by_label("Bundesstaat")).to_have_value("CA")
