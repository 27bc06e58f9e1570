"""What is typed at checkout is still there: after another country or language, a changed cart, a reload."""

from pathlib import Path

import pytest

from tests.accounts.doors import make_account
from tests.checkout.test_sending import HOME, typed
from tests.delivery.shop_toml import sending
from tests.journeys.steps import buy, fill_cart, session_id, the_order
from tests.journeys.stripe_side import believed_expired, pay
from tests.support.fixtures_shop import Shop
from tests.support.goods import Goods
from tests.support.sandbox import Sandbox
from tests.support.shoppers import HTMX, Shopper

CUPERTINO = {
    "name": "Ada",
    "line1": "1 Infinite Loop",
    "city": "Cupertino",
    "area": "CA",
    "postal_code": "95014",
}


@pytest.fixture
def more_settings(tmp_path: Path) -> dict[str, str]:
    return sending(tmp_path)


@pytest.fixture
async def reviewing(ada: Shopper, goods: Goods) -> None:
    await goods("mug", price=1234)
    await fill_cart(ada, "Mug")
    await ada.open("/checkout")


def stands_there(ada: Shopper, **expected: str) -> None:
    assert {name: typed(ada.page, name) for name in expected} == expected


async def test_without_javascript_an_address_abroad_is_paid_for_at_once(
    ada: Shopper, reviewing: None, sandbox: Sandbox
) -> None:
    await ada.submit("Use this country", email=ada.email, country="US", name="Ada")
    assert (ada.page.path, ada.page.status) == ("/checkout", 200)
    stands_there(ada, email=ada.email, name="Ada")
    assert not ada.page.has("[role=alert]:not(#trouble)")
    await ada.submit(action="/checkout", **CUPERTINO)
    session_id(ada.page)
    assert '"CA"' in str((await the_order()).deliver_to)


async def test_a_country_s_own_fields_are_there_again_when_it_is(ada: Shopper, reviewing: None) -> None:
    await ada.submit("Use this country", country="US")
    await ada.submit("Use this country", **CUPERTINO | {"country": "DE"})
    assert not ada.page.has("[name=area]")
    await ada.submit("Use this country", country="US")
    stands_there(ada, **CUPERTINO)


async def test_right_or_wrong_it_is_there_after_a_reload_another_cart_and_another_language(
    ada: Shopper, reviewing: None
) -> None:
    wrong = {"email": "ada@", "name": "Ada", "line1": "Main Street 1", "postal_code": "1", "city": ""}
    await ada.submit(action="/checkout", **wrong)
    assert ada.page.status == 422
    await ada.open("/checkout")
    stands_there(ada, **wrong)
    await ada.submit("Change the cart", city="Berlin")
    assert ada.page.path == "/cart"
    await ada.submit("One more")
    await ada.open("/checkout")
    stands_there(ada, **wrong | {"city": "Berlin"})
    await ada.submit("Deutsch", line1="Hauptstraße 1")
    assert (ada.page.path, ada.page.text("h1")) == ("/de/checkout", "Prüfen und bezahlen")
    stands_there(ada, **wrong | {"city": "Berlin", "line1": "Hauptstraße 1"})


async def test_with_javascript_it_is_kept_as_it_is_typed_and_no_address_line_tells_it(
    ada: Shopper, reviewing: None
) -> None:
    answer = await ada.post("/checkout/typed", HOME | {"email": ada.email}, headers=HTMX)
    assert (answer.status_code, answer.text) == (204, "")
    await ada.reload()
    stands_there(ada, **HOME | {"email": ada.email})
    sent = await ada.post("/checkout/typed", HOME | {"then": "https://elsewhere.example/"})
    assert sent.headers["location"] == "/"


async def test_a_customer_s_address_comes_from_the_book_until_another_is_typed(
    ada: Shopper, goods: Goods, sandbox: Sandbox
) -> None:
    await goods("mug")
    await make_account(ada)
    await buy(ada, "Mug", 1, **HOME)
    await buy(ada, "Mug", 1, **HOME | {"line1": "Side Street 2"})
    await fill_cart(ada, "Mug")
    await ada.open("/checkout")
    stands_there(ada, line1="Side Street 2", email=ada.email)
    await ada.submit("Main Street 1")
    stands_there(ada, line1="Main Street 1")
    await ada.submit("Change the cart", line1="Back Street 3")
    await ada.open("/checkout")
    stands_there(ada, line1="Back Street 3", email=ada.email)


async def test_late_money_pays_for_what_was_agreed_to_not_for_what_was_typed_since(
    ada: Shopper, reviewing: None, sandbox: Sandbox, shop: Shop
) -> None:
    await ada.submit(action="/checkout", email=ada.email, **HOME)
    session = session_id(ada.page)
    await believed_expired(shop, session)
    await ada.open("/checkout")
    await ada.submit("Change the cart", email="ada@", line1="Back Street 3", country="US")
    await pay(sandbox, session)
    order = await the_order()
    assert (order.status, order.email) == ("paid", ada.email)
    assert order.typed is None
    assert "Main Street 1" in str(order.deliver_to)


async def test_ben_finds_nothing_of_ada_s(ada: Shopper, ben: Shopper, reviewing: None) -> None:
    await ada.submit("Change the cart", email=ada.email, **HOME)
    await fill_cart(ben, "Mug")
    await ben.open("/checkout")
    stands_there(ben, email="", name="", line1="")
    assert (await ben.post("/checkout/typed", HOME)).headers["location"] == "/checkout"
    await ada.open("/checkout")
    stands_there(ada, email=ada.email, **HOME)
