"""With Stripe keys the shop is the merchant's from its first page on: nothing of the demo is in it."""

import re

import pytest

from shop.mail.tables import Letter
from shop.mail.writing import written
from shop.web import look
from shop.web.templates import environment
from tests.journeys.steps import buy, fill_cart, the_order
from tests.support.goods import Goods
from tests.support.sandbox import Sandbox
from tests.support.shoppers import Guests

TRACES = re.compile(r"withy|\bada\b|oak-table|\bdemo", re.IGNORECASE)
FIRST = ["/", "/cart", "/search?q=mug", "/sign-in", "/register", "/nowhere"]
POLICIES = [f"/policies/{name}" for name in ("terms", "returns", "privacy", "imprint", "contact")]


@pytest.fixture
def more_settings() -> dict[str, str]:
    return {"SHOP_NAME": ""}


@pytest.mark.one_database
async def test_an_empty_shop_says_what_to_do_next_and_shows_nothing_of_the_demo(guest: Guests) -> None:
    cleo = guest("cleo")
    for address in FIRST + POLICIES:
        page = await cleo.open(address)
        assert page.status in (200, 404)
        assert not TRACES.search(page.response.text), address
    home = await cleo.open("/")
    assert home.text("h1") == "localhost"
    assert "Please come back soon." in home.says()
    assert "python -m shop products import" in home.says()
    assert not home.has(".site-header img")
    icon = await cleo.get(str(home.one('link[rel="icon"]').attributes["href"]))
    assert ">L</text>" in icon.text


@pytest.mark.one_database
async def test_a_whole_purchase_shows_nothing_of_the_demo(
    guest: Guests, goods: Goods, sandbox: Sandbox
) -> None:
    cleo = guest("cleo")
    await goods("mug")
    await fill_cart(cleo, "Mug")
    for address in ("/", "/products/mug", "/cart", "/checkout"):
        assert not TRACES.search((await cleo.open(address)).response.text), address
    await cleo.open("/")
    assert "products import" not in cleo.page.says()
    await buy(cleo, "Mug")
    order = await the_order()
    for address in (f"/orders/{order.token}", f"/orders/{order.token}/withdrawal"):
        assert not TRACES.search((await cleo.open(address)).response.text), address
    letters = await Letter.objects()
    assert len(letters) == 2
    for letter in letters:
        words = written(environment(look.assets()), letter)
        assert not TRACES.search(words.subject + words.text + words.html), letter.kind
