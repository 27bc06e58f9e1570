"""Ada types into the field that stands on every page, and looks at what comes below it."""

import pytest
from playwright.async_api import Page as Window
from playwright.async_api import expect

from tests.access.looking import complaints_of_axe
from tests.support.browser import with_javascript
from tests.support.goods import Goods
from tests.support.pages import Page
from tests.support.shoppers import HTMX, Shopper


async def test_the_best_few_come_with_a_way_to_all_of_them(ada: Shopper, goods: Goods) -> None:
    for number in range(7):
        await goods(f"mug-{number}", choices={"Clay": 1, "Moss": 1})
    part = Page(await ada.get("/search/glance?q=mug", headers=HTMX))
    assert len(part.all(".glance__hit")) == 5
    assert part.text(".glance__ways-on a") == "All 7 results"
    assert part.one(".glance__ways-on a").attributes["href"] == "/search?q=mug"
    assert part.text("hx-partial") == "7 products"
    part = Page(await ada.get("/de/search/glance?q=mug-3-moss", headers=HTMX))
    assert part.one(".glance__hit").attributes["href"] == "/de/products/mug-3?variant=MUG-3-MOSS"
    assert (part.text(".glance__kind"), part.has(".glance__ways-on")) == ("Moss", False)


async def test_where_nothing_is_found_that_is_said_with_ways_on(ada: Shopper, goods: Goods) -> None:
    await goods("oak-board")
    part = Page(await ada.get("/search/glance?q=<x>yz", headers=HTMX))
    assert part.text(".glance__said") == "Nothing here goes by “<x>yz”." == part.text("hx-partial")
    assert part.texts(".glance a")[-1] == "All products"
    part = Page(await ada.get("/search/glance?q=+", headers=HTMX))
    assert (part.one("#search-glance").text(), part.text("hx-partial")) == ("", "")


async def test_without_scripts_the_field_is_a_plain_form(ada: Shopper, goods: Goods) -> None:
    await goods("mug")
    page = await ada.open("/products/mug")
    assert str(page.one("#search-glance").html).endswith("></div>")
    page = await ada.submit(action="/search", q="mug")
    assert (page.path, page.texts(".card__title")) == ("/search?q=mug", ["Mug"])
    assert (await ada.open("/search/glance?q=mug+%26")).path == "/search?q=mug%20%26"


@pytest.mark.proof
@pytest.mark.one_database
@with_javascript
async def test_she_goes_through_them_by_keyboard_and_puts_them_away(page: Window, goods: Goods) -> None:
    for title in ("Mushroom lamp", "Desk lamp"):
        await goods(title.split()[0].lower(), title=title)
    await page.goto("/cart")
    field, glance = page.get_by_role("searchbox"), page.locator("#search-glance")
    await field.press_sequentially("lamp", delay=10)
    await expect(glance.locator("mark")).to_have_text(["lamp", "lamp"])
    await expect(page.locator("#announce")).to_have_text("2 products")
    await expect(page).to_have_url("/cart")
    assert await complaints_of_axe(page) == []
    seen, below = await field.bounding_box(), await glance.bounding_box()
    assert seen is not None
    assert below is not None
    assert below["y"] >= seen["y"] + seen["height"]
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("ArrowDown")
    await expect(page.get_by_role("link", name="Desk lamp")).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(glance).to_be_hidden()
    await expect(field).to_be_focused()
    await expect(field).to_have_value("lamp")
    await page.keyboard.press("ArrowDown")
    await expect(page.get_by_role("link", name="Mushroom lamp")).to_be_focused()
    await page.keyboard.press("ArrowUp")
    await page.mouse.click(5, 300)
    await expect(glance).to_be_hidden()
    await field.fill("")
    await expect(glance).to_be_empty()
    await field.fill("mush")
    await page.get_by_role("link", name="Mushroom lamp").click()
    await page.wait_for_url("**/products/mushroom")
    await expect(glance).to_be_hidden()
    await page.go_back()
    await page.get_by_role("searchbox").focus()
    await expect(glance).to_be_hidden()
