"""What a click will want is fetched while the mouse rests on the link, or when a finger comes down on it."""

import asyncio
import json
import re

import pytest
from playwright.async_api import Browser, Page, expect

from tests.support.browser import Complaints, window, with_javascript
from tests.support.fixtures_shop import Shop
from tests.support.goods import Goods
from tests.support.shoppers import Shopper

MOUSE = {"Sec-Fetch-Dest": "document", "Sec-CH-UA-Mobile": "?0"}


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("mobile", "eagerness"), [("?0", "moderate"), ("?1", "conservative")], ids=["a mouse", "a finger"]
)
async def test_a_browser_is_told_the_rules_for(mobile: str, eagerness: str, ada: Shopper) -> None:
    told = (await ada.get("/", headers=MOUSE | {"Sec-CH-UA-Mobile": mobile})).headers["Speculation-Rules"]
    rules = await ada.get(told.strip('"'))
    assert rules.headers["Content-Type"] == "application/speculationrules+json"
    assert json.loads(rules.content)["prefetch"][0]["eagerness"] == eagerness


@pytest.mark.parametrize(
    "other",
    [{"Sec-CH-UA-Mobile": ""}, {"Save-Data": "on"}, {"Sec-Fetch-Dest": "empty"}],
    ids=["a browser that says neither", "data are saved", "no page"],
)
async def test_nobody_else_is(other: dict[str, str], ada: Shopper) -> None:
    assert "Speculation-Rules" not in (await ada.get("/", headers=MOUSE | other)).headers


@with_javascript
@pytest.mark.one_database
async def test_the_mouse_on_another_choice_asks_for_it_and_the_click_asks_no_more(
    page: Page, goods: Goods
) -> None:
    await goods("mug", choices={"Clay": 4, "Moss": 3})
    await page.goto("/products/mug")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "MUG-MOSS" in request.url else None)
    moss = page.get_by_role("link", name="Moss")
    async with page.expect_response(re.compile("MUG-MOSS")):
        await moss.hover()
    await moss.click()
    await expect(page).to_have_url(re.compile("variant=MUG-MOSS"))
    await expect(page.get_by_text("Only 3 left")).to_be_visible()
    assert len(asked) == 1


@pytest.mark.one_database
async def test_a_finger_that_scrolls_over_choices_asks_for_nothing_and_one_that_taps_asks_once(
    browser: Browser, shop: Shop, goods: Goods, complaints: Complaints
) -> None:
    await goods("mug", choices={"Clay": 4, "Moss": 3})
    phone = {"viewport": {"width": 360, "height": 400}, "has_touch": True, "is_mobile": True}
    async with window(browser, shop.url, javascript=True, complaints=complaints, **phone) as page:
        await page.goto("/products/mug")
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url) if "MUG-MOSS" in request.url else None)
        moss = page.get_by_role("link", name="Moss")
        await moss.scroll_into_view_if_needed()
        box = await moss.bounding_box()
        assert box is not None
        finger = await page.context.new_cdp_session(page)
        here = {"x": box["x"] + 5, "y": box["y"] + 5, "gestureSourceType": "touch"}
        await finger.send("Input.synthesizeScrollGesture", here | {"yDistance": -150})
        assert await page.evaluate("scrollY") > 0
        assert asked == []
        await moss.tap()
        await expect(page.get_by_text("Only 3 left")).to_be_visible()
        assert len(asked) == 1


@pytest.mark.one_database
async def test_a_finger_that_comes_down_on_a_product_sends_for_its_page(
    browser: Browser, shop: Shop, goods: Goods, complaints: Complaints
) -> None:
    await goods("mug")
    phone = {"viewport": {"width": 360, "height": 700}, "has_touch": True, "is_mobile": True}
    told = {"extra_http_headers": {"Sec-CH-UA-Mobile": "?1"}}
    async with window(browser, shop.url, javascript=True, complaints=complaints, **phone, **told) as page:
        watched = await page.context.new_cdp_session(page)
        read, sent_for = asyncio.Event(), asyncio.Event()
        watched.on("Preload.ruleSetUpdated", lambda _: read.set())
        watched.on("Preload.prefetchStatusUpdated", lambda _: sent_for.set())
        await watched.send("Preload.enable")
        await page.goto("/products")
        await asyncio.wait_for(read.wait(), 5)
        box = await page.locator(".card").bounding_box()
        assert box is not None
        finger = [{"x": box["x"] + 40, "y": box["y"] + 40}]
        await watched.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": finger})
        await asyncio.wait_for(sent_for.wait(), 5)
        assert page.url.endswith("/products")
