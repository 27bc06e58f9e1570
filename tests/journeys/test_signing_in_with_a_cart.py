"""A guest has a cart and signs in: nothing is lost, and there is one cart."""

import pytest

from shop.orders.tables import Order
from tests.accounts.doors import make_account, sign_in, sign_out
from tests.journeys.steps import buy, fill_cart, go_to_pay, orders, pay_by_card, the_order
from tests.journeys.stripe_side import expire
from tests.support.goods import Goods
from tests.support.sandbox import Sandbox
from tests.support.shoppers import Shopper


def quantities(shopper: Shopper) -> dict[str, str | None]:
    """What the cart page says, by title."""
    found = {}
    for line in shopper.page.all(".line"):
        title, field = line.css_first(".line__title"), line.css_first("input[type=text]")
        assert title is not None
        assert field is not None
        found[title.text().strip()] = field.attributes["value"]
    return found


@pytest.fixture
async def shelf(goods: Goods) -> None:
    for title in ("mug", "bowl"):
        await goods(title, stock=2000)


async def test_a_guest_s_cart_comes_along_into_the_new_account(shelf: None, ada: Shopper) -> None:
    await fill_cart(ada, "Mug", 2)
    await make_account(ada)
    await ada.open("/cart")
    assert quantities(ada) == {"Mug": "2"}
    order = await the_order()
    assert order.customer is not None
    assert order.guest_key is None


async def test_two_carts_become_one_and_the_same_things_add_up(shelf: None, ada: Shopper) -> None:
    await make_account(ada)
    await fill_cart(ada, "Mug", 2)
    await sign_out(ada)
    await fill_cart(ada, "Mug", 3)
    await fill_cart(ada, "Bowl")
    await sign_in(ada)
    await ada.open("/cart")
    assert quantities(ada) == {"Mug": "5", "Bowl": "1"}
    assert ada.client.cookies["cart_count"] == "6"
    assert await Order.count() == 1


async def test_at_most_999_of_one_thing_come_together(shelf: None, ada: Shopper) -> None:
    await make_account(ada)
    await fill_cart(ada, "Mug", 600)
    await sign_out(ada)
    await fill_cart(ada, "Mug", 600)
    await sign_in(ada)
    await ada.open("/cart")
    assert quantities(ada) == {"Mug": "999"}


async def test_a_cart_waits_for_ada_until_she_signs_in_again(shelf: None, ada: Shopper) -> None:
    await make_account(ada)
    await fill_cart(ada, "Mug", 2)
    await sign_out(ada)
    assert "Your cart is empty" in (await ada.open("/cart")).says()
    await sign_in(ada)
    await ada.open("/cart")
    assert quantities(ada) == {"Mug": "2"}


async def test_two_browsers_of_one_customer_have_one_cart(shelf: None, ada: Shopper, ben: Shopper) -> None:
    await make_account(ada)
    await sign_in(ben, email=ada.email, password=ada.password)
    await fill_cart(ada, "Mug", 2)
    await fill_cart(ben, "Mug", 1)
    await ada.open("/cart")
    assert quantities(ada) == {"Mug": "3"}
    assert ada.page.text("#cart-count") == "3 pieces"


async def test_signing_in_between_the_review_and_pay_loses_nothing(
    shelf: None, ada: Shopper, sandbox: Sandbox
) -> None:
    await make_account(ada)
    await fill_cart(ada, "Bowl")
    await sign_out(ada)
    await fill_cart(ada, "Mug")
    await ada.open("/checkout")
    await ada.submit("Sign in first", email="ada@example.org")
    await ada.submit("Sign in", email=ada.email, password=ada.password)
    assert ada.page.path == "/checkout"
    assert ada.page.one("#email").attributes["value"] == "ada@example.org"
    assert sorted(ada.page.texts(".bought__title")) == ["Bowl", "Mug"]
    await ada.submit(action="/checkout")
    await pay_by_card(ada)
    assert (await the_order()).status == "paid"


async def test_an_order_that_expires_joins_the_cart_of_whoever_signed_in_meanwhile(
    shelf: None, ada: Shopper, sandbox: Sandbox
) -> None:
    await make_account(ada)
    await fill_cart(ada, "Bowl")
    await sign_out(ada)
    await fill_cart(ada, "Mug", 2)
    session = await go_to_pay(ada)
    await sign_in(ada)
    await expire(sandbox, session)
    await ada.open("/cart")
    assert quantities(ada) == {"Mug": "2", "Bowl": "1"}
    assert [order.status for order in await orders()] == ["cart"]


async def test_what_a_guest_has_bought_stays_the_guest_s(shelf: None, ada: Shopper, sandbox: Sandbox) -> None:
    """Only what is not finished moves: whoever has the address keeps seeing the order."""
    await buy(ada, "Mug")
    await make_account(ada)
    assert "No orders yet" in (await ada.open("/account")).says()
    assert (await ada.open(f"/orders/{(await the_order()).token}")).status == 200
