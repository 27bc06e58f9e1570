"""Back from Stripe's page without having paid: go on, change the order, or come too late."""

import asyncio

from tests.journeys.steps import (
    buy,
    fill_cart,
    go_to_pay,
    history,
    orders,
    pay_by_card,
    session_id,
    stock,
    the_order,
)
from tests.journeys.stripe_side import control, expire, fails, nothing_is_delivered, pay, session, sessions
from tests.support.goods import Goods
from tests.support.sandbox import Sandbox
from tests.support.shoppers import Shopper


async def test_back_to_the_shop_and_continue_lead_to_the_same_page(
    ada: Shopper, goods: Goods, sandbox: Sandbox
) -> None:
    await goods("mug")
    await fill_cart(ada, "Mug")
    first = await go_to_pay(ada)
    await ada.follow("Back to the shop")
    assert ada.page.path == f"/orders/{(await the_order()).token}?cancelled=1"
    assert "You left the payment page. Nothing was charged" in ada.page.says()
    await ada.submit("Continue payment")
    assert session_id(ada.page) == first
    assert len(await sessions(sandbox)) == 1


async def test_looking_at_a_waiting_order_changes_nothing(
    ada: Shopper, goods: Goods, sandbox: Sandbox
) -> None:
    mug = await goods("mug", stock=5)
    await fill_cart(ada, "Mug")
    await go_to_pay(ada)
    await ada.follow("Back to the shop")
    await ada.reload()
    assert await history(await the_order()) == ["pending"]
    assert await stock(mug) == (5, 1)


async def test_the_cart_shows_the_order_that_waits(ada: Shopper, goods: Goods, sandbox: Sandbox) -> None:
    await goods("mug", price=1234)
    await fill_cart(ada, "Mug", 2)
    await go_to_pay(ada)
    await ada.open("/cart")
    assert f"Order {(await the_order()).number} 2 pieces, €24.68" in ada.page.text("#waiting")
    assert "Your cart is empty" in ada.page.says()


async def test_an_order_that_is_changed_is_a_cart_again_and_its_stock_is_free(
    ada: Shopper, goods: Goods, sandbox: Sandbox
) -> None:
    mug = await goods("mug", stock=5)
    await fill_cart(ada, "Mug", 2)
    first = await go_to_pay(ada)
    assert await stock(mug) == (5, 2)
    await ada.follow("Back to the shop")
    await ada.submit("Change the order")
    assert ada.page.path == "/cart"
    assert ada.page.one("#cart-lines input[name=quantity][type=text]").attributes["value"] == "2"
    assert (await the_order()).status == "cart"
    assert await stock(mug) == (5, 0)
    assert (await session(sandbox, first))["status"] == "expired"


async def test_after_changing_it_paying_is_placing_again_with_the_same_number(
    ada: Shopper, goods: Goods, sandbox: Sandbox
) -> None:
    mug = await goods("mug", stock=5)
    await fill_cart(ada, "Mug", 2)
    first = await go_to_pay(ada)
    number = (await the_order()).number
    await ada.follow("Back to the shop")
    await ada.submit("Change the order")
    await ada.submit("One more")
    second = await go_to_pay(ada)
    await pay_by_card(ada)
    order = await the_order()
    assert first != second
    assert (order.number, order.status) == (number, "paid")
    assert await stock(mug) == (2, 0)


async def test_what_was_added_meanwhile_joins_the_order_that_comes_back(
    ada: Shopper, goods: Goods, sandbox: Sandbox
) -> None:
    await goods("mug")
    await goods("bowl")
    await fill_cart(ada, "Mug", 2)
    await go_to_pay(ada)
    await fill_cart(ada, "Mug", 3)
    await fill_cart(ada, "Bowl")
    await ada.submit("Change it")
    assert (await the_order()).status == "cart"
    quantities = [node.attributes["value"] for node in ada.page.all("#cart-lines input[type=text]")]
    assert quantities == ["5", "1"]
    assert ada.client.cookies["cart_count"] == "6"


async def test_what_ben_waits_for_stays_reserved_when_ada_s_order_comes_back(
    ada: Shopper, ben: Shopper, goods: Goods, sandbox: Sandbox
) -> None:
    mug, bowl = await goods("mug", stock=9), await goods("bowl", stock=9)
    await fill_cart(ada, "Mug", 2)
    session = await go_to_pay(ada)
    await fill_cart(ben, "Mug", 4)
    await fill_cart(ben, "Bowl", 4)
    await go_to_pay(ben)
    await fill_cart(ada, "Mug", 1)
    await fill_cart(ada, "Bowl", 1)
    await expire(sandbox, session)
    assert (await stock(mug), await stock(bowl)) == ((9, 4), (9, 4))


async def test_the_time_for_paying_runs_out(ada: Shopper, goods: Goods, sandbox: Sandbox) -> None:
    mug = await goods("mug", stock=5)
    await fill_cart(ada, "Mug", 2)
    await expire(sandbox, await go_to_pay(ada))
    assert (await the_order()).status == "cart"
    assert await stock(mug) == (5, 0)
    await ada.open("/cart")
    assert "The time for paying ran out." in ada.page.says()
    assert ada.page.has('a[href="/checkout"]')


async def test_stripe_s_clock_ends_a_session(ada: Shopper, goods: Goods, sandbox: Sandbox) -> None:
    mug = await goods("mug", stock=5)
    await fill_cart(ada, "Mug")
    await go_to_pay(ada)
    await control(sandbox, "clock", advance=36 * 60)
    assert (await the_order()).status == "cart"
    assert await stock(mug) == (5, 0)


async def test_the_address_of_an_expired_order_leads_its_owner_to_the_cart_and_nobody_else(
    ada: Shopper, ben: Shopper, goods: Goods, sandbox: Sandbox
) -> None:
    await goods("mug")
    await fill_cart(ada, "Mug")
    await expire(sandbox, await go_to_pay(ada))
    address = f"/orders/{(await the_order()).token}"
    assert (await ada.open(address)).path == "/cart"
    assert (await ben.open(address)).status == 404


async def test_continue_on_a_page_that_was_left_open_too_long_says_why(
    ada: Shopper, goods: Goods, sandbox: Sandbox
) -> None:
    await goods("mug")
    await fill_cart(ada, "Mug")
    first = await go_to_pay(ada)
    await ada.follow("Back to the shop")
    await nothing_is_delivered(sandbox)
    await expire(sandbox, first)
    await ada.submit("Continue payment")
    assert ada.page.path == "/cart"
    assert "The time for paying ran out." in ada.page.says()
    assert (await the_order()).status == "cart"


async def test_change_on_a_page_whose_order_was_paid_meanwhile_shows_it_paid(
    ada: Shopper, goods: Goods, sandbox: Sandbox
) -> None:
    await goods("mug")
    await fill_cart(ada, "Mug")
    first = await go_to_pay(ada)
    await ada.follow("Back to the shop")
    await pay(sandbox, first)
    await ada.submit("Change the order")
    assert ada.page.text("h1") == "Thank you"


async def test_paid_while_it_is_being_changed_is_paid(ada: Shopper, goods: Goods, sandbox: Sandbox) -> None:
    """Stripe refuses to end a session that was paid; the order is not given back."""
    mug = await goods("mug", stock=5)
    await fill_cart(ada, "Mug")
    first = await go_to_pay(ada)
    await ada.follow("Back to the shop")
    await nothing_is_delivered(sandbox)
    await pay(sandbox, first)
    await ada.submit("Change the order")
    assert ada.page.text("h1") == "Thank you"
    assert await stock(mug) == (4, 0)


async def test_nothing_is_given_back_while_stripe_does_not_answer(
    ada: Shopper, goods: Goods, sandbox: Sandbox
) -> None:
    mug = await goods("mug", stock=5)
    await fill_cart(ada, "Mug")
    await go_to_pay(ada)
    await ada.follow("Back to the shop")
    await fails(sandbox, status=503, close=None, should_retry=False)
    await ada.submit("Change the order")
    assert ada.page.status == 503
    assert (await the_order()).status == "pending"
    assert await stock(mug) == (5, 1)


async def test_pressed_twice_change_gives_it_back_once(ada: Shopper, goods: Goods, sandbox: Sandbox) -> None:
    mug = await goods("mug", stock=5)
    await fill_cart(ada, "Mug")
    await go_to_pay(ada)
    address = f"/orders/{(await the_order()).token}/reopen"
    answers = await asyncio.gather(ada.post(address), ada.post(address))
    assert {(answer.status_code, answer.headers["location"]) for answer in answers} == {(303, "/cart")}
    assert await history(await the_order()) == ["pending", "cart"]
    assert await stock(mug) == (5, 0)


async def test_place_and_change_at_once_leave_the_books_whole(
    ada: Shopper, goods: Goods, sandbox: Sandbox
) -> None:
    mug = await goods("mug", stock=5)
    await fill_cart(ada, "Mug", 2)
    await ada.open("/checkout")
    fields = ada.page.form(action="/checkout").fields() | {"email": ada.email}
    await ada.post("/checkout", fields)
    address = f"/orders/{(await the_order()).token}/reopen"
    answers = await asyncio.gather(ada.post(address), ada.post("/checkout", fields), ada.post(address))
    assert all(answer.status_code in {303, 409} for answer in answers), answers
    order = await the_order()
    assert await stock(mug) == (5, 2 if order.status == "pending" else 0)


async def test_one_order_waits_while_another_is_bought(ada: Shopper, goods: Goods, sandbox: Sandbox) -> None:
    await goods("mug")
    await fill_cart(ada, "Mug")
    first = await go_to_pay(ada)
    await buy(ada, "Mug", 2)
    assert [order.status for order in await orders()] == ["pending", "paid"]
    await ada.open("/cart")
    await ada.submit("Continue payment")
    assert session_id(ada.page) == first


async def test_a_paid_order_is_not_given_back(ada: Shopper, goods: Goods, sandbox: Sandbox) -> None:
    await goods("mug")
    await buy(ada, "Mug")
    order = await the_order()
    for way in ("payment", "reopen"):
        answer = await ada.post(f"/orders/{order.token}/{way}")
        assert (answer.status_code, answer.headers["location"]) == (303, f"/orders/{order.token}")
    assert (await the_order()).status == "paid"
