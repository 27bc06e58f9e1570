"""Headings have a face of their own: served as other files are, moving nothing, the merchant's to replace."""

import asyncio
import re
from pathlib import Path

import pytest
from playwright.async_api import Page, Route

from shop.environment import BadSetting
from shop.settings import settings
from shop.web.look import assets
from tests.support.browser import with_javascript
from tests.support.commands import REPOSITORY
from tests.support.goods import Goods
from tests.support.shoppers import Shopper

# How far things have moved on the screen since the page began; by design nothing does.
WATCHED = """
    window.moved = 0;
    new PerformanceObserver((seen) => seen.getEntries().forEach((each) => window.moved += each.value))
        .observe({ type: "layout-shift", buffered: true });
"""
DRAWN = "new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))"


@pytest.mark.one_database
async def test_it_comes_from_the_shop_once_and_is_kept(ada: Shopper) -> None:
    page = await ada.open("/")
    sheet = (await ada.get(str(page.one('link[rel="stylesheet"]').attributes["href"]))).text
    [address] = re.findall(r'url\("(/static/fonts/[^"]+)"\)', sheet)
    face = await ada.get(address)
    assert face.headers["Content-Type"] == "font/woff2"
    assert face.headers["Cache-Control"].endswith("immutable")
    assert len(face.content) <= 45_000
    assert "font-src 'self'" in page.headers["Content-Security-Policy"]


@with_javascript
@pytest.mark.proof
@pytest.mark.one_database
@pytest.mark.parametrize("width", [360, 1280])
async def test_nothing_moves_when_it_comes_late(page: Page, goods: Goods, width: int) -> None:
    await goods("mug", choices={"Clay": 4, "Moss": 3})
    drawn = asyncio.Event()

    async def late(face: Route) -> None:
        await drawn.wait()
        await face.continue_()

    await page.route("**/static/fonts/*", late)
    await page.set_viewport_size({"width": width, "height": 800})
    await page.add_init_script(WATCHED)
    for address in ("/", "/products", "/products/mug"):
        drawn.clear()
        async with page.expect_request("**/static/fonts/*"):
            await page.goto(address, wait_until="domcontentloaded")
        await page.evaluate(DRAWN)
        drawn.set()
        await page.evaluate("document.fonts.ready")
        assert await page.evaluate("document.fonts.check('1em Fraunces')")
        await page.evaluate(DRAWN)
        assert await page.evaluate("window.moved") < 0.001


@pytest.fixture
def styled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The merchant's own `fonts.css`, to be written."""
    monkeypatch.setenv("SHOP_SITE", str(tmp_path))
    settings.cache_clear()
    (tmp_path / "static" / "css").mkdir(parents=True)
    return tmp_path / "static" / "css" / "fonts.css"


def test_the_merchant_brings_another_as_the_documentation_tells(styled: Path) -> None:
    page = (REPOSITORY / "docs" / "your-shop.md").read_text()
    styled.write_text(re.findall(r"```css\n(.*?)```", page, re.DOTALL)[0])
    with pytest.raises(BadSetting, match=r"fonts\.css names fonts/mine\.woff2, which is not in the folder"):
        assets()
    (styled.parents[1] / "fonts").mkdir()
    (styled.parents[1] / "fonts" / "mine.woff2").write_bytes(b"wOF2")
    worn = (assets().read("shop.css") or b"").decode()
    assert re.search(r'src: url\("/static/fonts/mine\.[0-9a-f]{12}\.woff2"\)', worn)
    assert "fraunces" not in worn


def test_the_merchant_does_without(styled: Path) -> None:
    styled.write_text("")
    worn = assets().read("shop.css") or b""
    assert b"url(" not in worn
    assert b"--font-display: Georgia" in worn
