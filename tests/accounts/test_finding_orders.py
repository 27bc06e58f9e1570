"""Who has lost the address of an order has it mailed; a confirmed e-mail brings its orders along."""

from datetime import timedelta

import pytest

from shop import clock
from shop.orders.tables import Order
from tests.accounts.doors import make_account, sign_out
from tests.accounts.mailbox import ask_for_a_link, come_in_by_mail, letters, link, text_of
from tests.journeys.steps import buy, fill_cart, go_to_pay, pay_by_card, the_order
from tests.support.fixtures_shop import Shop
from tests.support.goods import Goods
from tests.support.pages import Page
from tests.support.sandbox import Sandbox
from tests.support.shoppers import Shopper


@pytest.fixture
async def shelf(goods: Goods) -> None:
    await goods("mug", price=1200, stock=100)


async def find(shopper: Shopper, email: str | None = None) -> Page:
    await shopper.open("/cart")
    await shopper.follow("Find my order")
    return await shopper.submit("Mail me my orders", email=email or shopper.email)


async def test_ada_who_bought_as_a_guest_gets_the_address_of_her_order(
    shelf: None, sandbox: Sandbox, shop: Shop, ada: Shopper, ben: Shopper
) -> None:
    await buy(ada, "Mug")
    order = await the_order()
    await find(ben, " ADA@Example.com")
    [told] = await letters(ada.email, "find orders")
    assert [(each["number"], each["path"], each["total"], each["currency"]) for each in told["orders"]] == [
        (order.number, f"/orders/{order.token}", 1200, "EUR")
    ]
    assert (await ben.open(told["orders"][0]["path"])).status == 200
    text = await text_of(shop, ada.email, "find orders")
    assert f"{shop.url}/orders/{order.token}" in text
    assert "€12.00" in text
    await ben.open(await link(ada.email, "find orders"))
    await ben.submit("Sign in")
    assert len((await ben.open("/account")).all(".past-order")) == 1


async def test_a_customer_s_order_is_mentioned_and_opens_after_signing_in(
    shelf: None, sandbox: Sandbox, ada: Shopper
) -> None:
    await make_account(ada)
    await buy(ada, "Mug")
    await find(ada)
    [told] = await letters(ada.email, "find orders")
    assert [each["path"] for each in told["orders"]] == [None]


async def test_nobody_learns_whether_something_was_ordered_with_an_e_mail(
    shelf: None, sandbox: Sandbox, ada: Shopper, ben: Shopper
) -> None:
    await buy(ada, "Mug")
    known, unknown = await find(ben, ada.email), await find(ben, ben.email)
    assert known.says().replace(ada.email, ben.email) == unknown.says()
    assert await letters(ben.email, "find orders") == []


async def test_a_cart_and_what_is_older_than_two_years_is_no_order_to_find(
    shelf: None, sandbox: Sandbox, ada: Shopper, ben: Shopper
) -> None:
    await buy(ada, "Mug")
    await fill_cart(ben, "Mug")
    await Order.update({Order.email: ada.email}).where(Order.status == "cart")
    clock.move(timedelta(days=731))
    await find(ben, ada.email)
    assert await letters(ada.email, "find orders") == []


async def test_an_order_that_is_not_there_leads_to_finding_it(ada: Shopper) -> None:
    page = await ada.open("/orders/" + "x" * 43)
    assert page.status == 404
    await ada.follow("Find my order")
    assert ada.page.path == "/find-orders"


async def test_what_a_guest_placed_joins_the_account_of_the_confirmed_e_mail(
    shelf: None, sandbox: Sandbox, ada: Shopper, ben: Shopper
) -> None:
    await buy(ada, "Mug")
    await fill_cart(ada, "Mug", 2)
    await go_to_pay(ada)
    await Order.update({Order.guest_key: "another browser's"}).where(Order.status == "pending")
    await make_account(ben)
    ben.email, his = ada.email, ben.email
    await buy(ben, "Mug")
    ben.email = his
    await make_account(ada)
    assert (await ada.open("/account")).all(".past-order") == []
    await ask_for_a_link(ada)
    await ada.open(await link(ada.email, "sign in"))
    await ada.submit("Confirm")
    page = await ada.open("/account")
    assert page.texts(".past-order__status") == ["Paid"]
    left = await Order.objects().where(Order.guest_key.is_not_null())
    assert [order.status for order in left] == ["pending"]
    assert len((await ben.open("/account")).all(".past-order")) == 1


async def test_what_she_orders_as_a_guest_later_joins_at_the_next_sign_in(
    shelf: None, sandbox: Sandbox, ada: Shopper
) -> None:
    await come_in_by_mail(ada)
    await sign_out(ada)
    await fill_cart(ada, "Mug")
    await go_to_pay(ada)
    await pay_by_card(ada)
    ada.client.cookies.clear()
    await come_in_by_mail(ada)
    assert (await ada.open("/account")).texts(".past-order__status") == ["Paid"]
