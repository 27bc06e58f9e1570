"""The shop in two languages: the address says which one, and it stays until the shopper takes another."""

import re
from collections.abc import Iterator

import pytest
from litestar.types import ASGIApp, Message, Receive, Scope, Send
from playwright.async_api import Page, expect

from shop.mail.tables import Letter
from shop.mail.writing import written
from shop.payments import attempts
from shop.settings import settings
from shop.site import read
from shop.web import look, words
from shop.web.language import in_its_language
from shop.web.templates import environment
from tests.journeys.steps import pay_by_card, the_order
from tests.support.browser import with_javascript
from tests.support.fixtures_shop import Shop
from tests.support.goods import Goods
from tests.support.sandbox import Sandbox
from tests.support.shoppers import HTMX, Shopper

pytestmark = pytest.mark.one_database


async def test_ada_buys_in_german_from_the_first_page_to_the_letter(
    ada: Shopper, goods: Goods, shop: Shop, sandbox: Sandbox
) -> None:
    await goods("mug", price=123456)
    await ada.open("/de/")
    await ada.follow("Mug")
    assert ada.page.path == "/de/products/mug"
    assert "1.234,56 €" in ada.page.says()
    assert ada.page.one("h1").attributes["lang"] == "en", "goods are called what the merchant calls them"
    await ada.submit("In den Warenkorb")
    assert ada.page.path == "/de/cart"
    await ada.follow("Zur Kasse")
    await ada.submit("Zahlungspflichtig bestellen", email=ada.email)
    order = await the_order()
    attempt = await attempts.newest(order.id)
    assert attempt is not None
    asked = attempts.asked(attempt)
    assert (asked["locale"], asked["cancel_url"]) == (
        "de",
        f"{shop.url}/de/orders/{order.token}?cancelled=1",
    )
    await pay_by_card(ada)
    assert ada.page.path.startswith(f"/de/orders/{order.token}")
    assert ada.page.text("h1") == "Vielen Dank"
    letter = await Letter.objects().get(Letter.key == f"order:{order.number}:paid")
    assert letter is not None
    told = written(environment(look.assets()), letter)
    assert "1.234,56\xa0€" in told.text
    assert [address for _, address in told.links if not address.startswith(f"{shop.url}/de/")] == []
    for _, address in told.links:
        assert (await ada.get(address, follow_redirects=True)).status_code == 200, address


async def test_what_htmx_is_told_to_show_keeps_the_language(ada: Shopper, goods: Goods) -> None:
    await goods("mug")
    await ada.open("/de/products/mug")
    answer = (await ada.swap("In den Warenkorb")).response
    assert answer.headers["hx-replace-url"] == "/de/products/mug?variant=MUG"
    answer = await ada.post("/de/checkout/delivery", headers=HTMX)
    assert answer.headers["hx-replace-url"].startswith("/de/checkout")


async def test_a_page_says_its_language_and_where_it_is_read_in_the_other(ada: Shopper, goods: Goods) -> None:
    await goods("mug")
    german = await ada.open("/de/search?q=mug&page=1")
    english = await ada.get("/search?q=mug&page=1")
    assert german.one("html").attributes["lang"] == german.headers["content-language"] == "de"
    assert english.headers["content-language"] == "en"
    assert german.headers["vary"] == english.headers["vary"]
    assert german.link("English").endswith("/search?q=mug&page=1")
    assert german.link("Deutsch").endswith("/de/search?q=mug&page=1")
    await ada.open("/de/products/mug")
    await ada.submit("In den Warenkorb", quantity=0)
    assert ada.page.status == 422
    assert ada.page.link("English").endswith("/"), "what was sent is not sent again by a link"


@with_javascript
async def test_the_way_to_the_other_language_follows_what_ada_chooses(page: Page, goods: Goods) -> None:
    await goods("mug", choices={"Clay": 3, "Moss": 9})
    await page.goto("/de/products/mug")
    await page.get_by_role("link", name="Moss").click()
    await expect(page).to_have_url(re.compile(r"variant=MUG-MOSS"))
    await page.get_by_role("link", name="English").click()
    await expect(page).to_have_url(re.compile(r"[0-9]/products/mug\?variant=MUG-MOSS"))
    await expect(page.locator("html")).to_have_attribute("lang", "en")
    await page.get_by_role("link", name="Deutsch").click()
    await expect(page).to_have_url(re.compile(r"/de/products/mug\?variant=MUG-MOSS"))


async def test_a_forged_request_is_refused_in_every_language(ada: Shopper, goods: Goods) -> None:
    await goods("mug")
    forged = {"Sec-Fetch-Site": "cross-site"}
    answer = await ada.post("/de/cart/lines", {"variant": "MUG", "quantity": "1"}, headers=forged)
    assert answer.status_code == 403
    assert "content-security-policy" in answer.headers


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/xx/cart", 404), ("/de-AT/cart", 404), ("/de/health", 404), ("/de/media/0.svg", 404),
        ("/de/static/css/base.css", 404), ("/de/robots.txt", 404), ("/de/cart", 200), ("/de/", 200),
    ],
)  # fmt: skip
async def test_what_there_is_below_a_prefix(ada: Shopper, address: str, status: int) -> None:
    assert (await ada.get(address)).status_code == status


@pytest.fixture
def german(environment: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("SHOP_LOCALE", "de_AT")
    settings.cache_clear()
    yield
    settings.cache_clear()


@pytest.mark.parametrize(
    ("asked", "spoken", "path", "location", "answered"),
    [
        ("/cart", "de_AT", "/cart", "/x?y=1", "/x?y=1"),
        ("/en/cart", "en", "/cart", "/x?y=1", "/en/x?y=1"),
        ("/en/", "en", "/", "/", "/en/"),
        ("/en/cart", "en", "/cart", "/en/x", "/en/x"),
        ("/en/cart", "en", "/cart", "//elsewhere.example/", "//elsewhere.example/"),
        ("/en/cart", "en", "/cart", "https://pay.example/", "https://pay.example/"),
        ("/en", None, None, None, "/en/"),
        # Its own language has no prefix; letters of a time when it had one still arrive.
        ("/de/orders/a?b=1", None, None, None, "/orders/a?b=1"),
        ("/de//elsewhere.example", None, None, None, "/elsewhere.example"),
        ("/de/static/x", "de_AT", "/de/static/x", "/x", "/x"),
    ],
)
async def test_a_german_shop_is_english_below_en(
    german: None, asked: str, spoken: str | None, path: str | None, location: str | None, answered: str
) -> None:
    seen: list[tuple[str, str]] = []

    async def shop(scope: Scope, receive: Receive, send: Send) -> None:
        seen.append((words.locale(), scope["path"]))
        headers = [(b"location", (location or "").encode())]
        await send({"type": "http.response.start", "status": 303, "headers": headers})

    assert await _led(in_its_language(shop), asked) == answered
    assert seen == ([(spoken, path)] if spoken else [])
    assert words.locale() == "de_AT"


async def _led(app: ASGIApp, asked: str) -> str:
    told: dict[bytes, bytes] = {}

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            told.update(message["headers"])

    path, _, query = asked.partition("?")
    scope = {"type": "http", "method": "GET", "path": path, "query_string": query.encode(), "headers": []}
    await app(scope, None, send)  # type: ignore[arg-type]  # as much of a request as is looked at
    return told[b"location"].decode()


def test_the_merchant_chooses_languages(environment: None, monkeypatch: pytest.MonkeyPatch) -> None:
    assert list(words.languages()) == ["en", "de"]
    monkeypatch.setattr(words, "site", lambda: read({"languages": ["en"]}, "EUR"))
    words._languages.cache_clear()
    assert list(words.languages()) == ["en"]
    words._languages.cache_clear()
