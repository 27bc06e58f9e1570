"""When the shop is closed, has lost its database, or is broken: who comes reads why, and money goes on."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import pytest

from shop.app import create_app
from shop.settings import settings
from shop.web import problems
from tests.journeys.steps import fill_cart, go_to_pay, the_order
from tests.journeys.stripe_side import pay
from tests.support.fixtures_shop import Ports, Shop
from tests.support.goods import Goods
from tests.support.pages import Page
from tests.support.sandbox import Sandbox
from tests.support.shoppers import HTMX, Shopper

pytestmark = pytest.mark.one_database

CLOSED = "We move house. Back at 14:00 & not before."
IN_GERMAN = "Wir ziehen um. Um 14 Uhr sind wir zurück."


@asynccontextmanager
async def maintaining(ports: Ports, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[None]:
    """The same shop, started again with the setting."""
    monkeypatch.setenv("SHOP_MAINTENANCE", CLOSED)
    settings.cache_clear()
    async with ports.shop.serving(create_app()):
        yield


@pytest.fixture
async def closed(shop: Shop, ports: Ports, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[None]:
    async with maintaining(ports, monkeypatch):
        yield


@pytest.mark.parametrize("address", ["/", "/cart", "/de/products", "/nowhere", "/search?q=mug"])
async def test_a_closed_shop_says_until_when(address: str, closed: None, ada: Shopper) -> None:
    answer = await ada.get(address)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "600")
    page = Page(answer)
    assert CLOSED in page.says()
    language = "de" if address.startswith("/de") else "en"
    assert page.one("html").attributes["lang"] == answer.headers["Content-Language"] == language
    assert page.one(".problem__sentence span").attributes.get("lang") == ("en" if language == "de" else None)
    assert "503" not in page.says()
    assert 'content="noindex"' in answer.text
    style = page.one('link[rel="stylesheet"]').attributes["href"]
    assert (await ada.get(str(style))).status_code == 200


async def test_a_closed_shop_says_it_in_the_language_of_the_address(
    shop: Shop, ports: Ports, monkeypatch: pytest.MonkeyPatch, ada: Shopper
) -> None:
    monkeypatch.setenv("SHOP_MAINTENANCE_DE", IN_GERMAN)
    async with maintaining(ports, monkeypatch):
        assert CLOSED in Page(await ada.get("/cart")).says()
        german = Page(await ada.get("/de/cart"))
    assert IN_GERMAN in german.says()
    assert german.text("h1") == "Wir haben kurz geschlossen"
    assert not german.has(".problem__sentence [lang]")


async def test_a_form_that_was_open_when_it_closed_is_told_in_its_place(closed: None, ada: Shopper) -> None:
    answer = await ada.post("/cart/lines", {"variant": "mug"}, headers=HTMX)
    assert answer.status_code == 503
    assert answer.text.lstrip().startswith(("<section", "{#"))
    assert CLOSED.replace("&", "&amp;") in answer.text


async def test_money_that_was_on_its_way_arrives_in_a_closed_shop(
    ada: Shopper, goods: Goods, sandbox: Sandbox, ports: Ports, monkeypatch: pytest.MonkeyPatch
) -> None:
    await goods("mug", price=1234)
    await fill_cart(ada, "Mug")
    session = await go_to_pay(ada)
    async with maintaining(ports, monkeypatch):
        await pay(sandbox, session)
        back = await ada.get(f"/checkout/return?session_id={session}")
        assert back.status_code == 303
        assert (await the_order()).status == "paid"
        assert (await ada.get("/health")).status_code == 200


async def test_a_database_that_is_away_is_no_mistake_of_the_shopper_s(
    ada: Shopper, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(*_: object) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr("shop.catalogue.listing.run", away)
    answer = await ada.get("/products")
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
    assert "cannot be reached" in Page(answer).says()
    assert "ConnectionRefused" not in answer.text


async def test_where_even_the_page_about_it_fails_there_is_one_more(
    ada: Shopper, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError(json.dumps({"secret": "kept"}))

    monkeypatch.setattr("shop.catalogue.listing.run", broken)
    monkeypatch.setattr(problems, "answer", broken)
    answer: httpx.Response = await ada.get("/products")
    assert answer.status_code == 500
    assert "Something went wrong here" in Page(answer).says()
    assert "secret" not in answer.text


async def test_whoever_is_lost_can_search_from_there(ada: Shopper) -> None:
    page = Page(await ada.get("/nowhere"))
    assert page.status == 404
    assert page.one("main form").attributes["action"] == "/search"
    assert page.one('main a[href="/products"]')
