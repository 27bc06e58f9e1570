"""Ada types, and looks on."""

import re

import pytest
from playwright.async_api import Page, Request, Route, expect

from tests.support.browser import with_javascript
from tests.support.goods import Goods

# Milliseconds from letter to letter, well below what the page waits for.
STEP = 20


@pytest.fixture
async def shelf(goods: Goods) -> None:
    for title in ("Mushroom lamp", "Potter's mug", "Linen cushion"):
        await goods(title.split()[-1], title=title)


@pytest.mark.one_database
@with_javascript
async def test_results_come_while_she_types_and_a_reload_shows_the_same(page: Page, shelf: None) -> None:
    await page.goto("/search")
    asked: list[str] = []

    def note(request: Request) -> None:
        asked.append(request.url)

    page.on("request", note)
    field = page.get_by_role("searchbox", name="What are you looking for?")
    await field.press_sequentially("cusion", delay=STEP)
    await expect(page.locator("#search-results mark")).to_have_text("cushion")
    await expect(page).to_have_url(re.compile(r"/search\?q=cusion$"))
    await expect(page).to_have_title(re.compile("Search: cusion"))
    # Not each letter was worth a question, and the field is still hers.
    assert len([url for url in asked if "/search?" in url]) < len("cusion")
    await expect(field).to_be_focused()
    await expect(field).to_have_value("cusion")
    await field.press("End")
    await field.press_sequentially(" x", delay=STEP)
    await expect(field).to_have_value("cusion x")
    await field.fill("lamp")
    await expect(page.locator("#search-status")).to_have_text("1 product")
    shown = await page.locator("#search-results").inner_text()
    await page.reload()
    await expect(field).to_have_value("lamp")
    assert await page.locator("#search-results").inner_text() == shown
    await page.get_by_role("link", name="Mushroom lamp").click()
    await page.wait_for_url("**/products/lamp")
    await page.go_back()
    await expect(page.get_by_role("link", name="Mushroom lamp")).to_be_visible()


@pytest.mark.proof
@pytest.mark.one_database
@with_javascript
async def test_of_two_answers_the_later_question_s_stays(page: Page, shelf: None) -> None:
    await page.goto("/search")

    async def slow(route: Route) -> None:
        await page.wait_for_timeout(600)
        await route.continue_()

    await page.route("**/search?q=mug", slow)
    field = page.get_by_role("searchbox", name="What are you looking for?")
    async with page.expect_request("**/search?q=mug"):
        await field.fill("mug")
    await field.fill("lamp")
    await expect(page.locator("#search-results mark")).to_have_text("lamp")
    await page.wait_for_timeout(700)
    await expect(page.locator("#search-results mark")).to_have_text("lamp")
    await expect(page).to_have_url(re.compile(r"q=lamp$"))
