"""The moment of pressing Pay: twice, too late, for too little, or while Stripe does not answer."""

import asyncio
from datetime import timedelta

import pytest

from shop import clock
from shop.catalogue.tables import Product, Variant
from shop.orders.tables import Order
from shop.payments.reconcile import run_once
from shop.payments.tables import Attempt
from tests.journeys.steps import (
    buy,
    fill_cart,
    go_to_pay,
    history,
    orders,
    pay_by_card,
    press_pay,
    session_id,
    stock,
    the_order,
    tries,
)
from tests.journeys.stripe_side import asked, fails, gateway, sessions, works_again
from tests.support.fixtures_shop import Shop
from tests.support.goods import Goods
from tests.support.pages import Page
from tests.support.sandbox import Sandbox
from tests.support.shoppers import Guests, Shopper


async def reviewed(shopper: Shopper) -> dict[str, str]:
    """What the Pay form sends, as the shopper sees it now."""
    await shopper.open("/checkout")
    return shopper.page.form(action="/checkout").fields() | {"email": shopper.email}


async def test_pressed_many_times_at_once_pay_leads_to_one_page(
    ada: Shopper, goods: Goods, sandbox: Sandbox
) -> None:
    mug = await goods("mug", stock=5)
    await fill_cart(ada, "Mug", 2)
    fields = await reviewed(ada)
    answers = await asyncio.gather(*[ada.post("/checkout", fields) for _ in range(5)])
    ways = {answer.headers["location"] for answer in answers}
    made = await sessions(sandbox)
    assert len(made) == await Attempt.count() == 1
    assert ways <= {made[0]["url"], f"/orders/{(await the_order()).token}"}
    assert await stock(mug) == (5, 2)


async def test_two_tabs_one_after_the_other_lead_to_the_same_page(
    ada: Shopper, goods: Goods, sandbox: Sandbox
) -> None:
    await goods("mug")
    await fill_cart(ada, "Mug", 2)
    fields = await reviewed(ada)
    first = await ada.post("/checkout", fields)
    second = await ada.post("/checkout", fields)
    assert first.headers["location"] == second.headers["location"]
    assert len(await sessions(sandbox)) == 1


async def test_a_tab_that_was_left_open_after_paying_leads_to_the_order(
    ada: Shopper, goods: Goods, sandbox: Sandbox
) -> None:
    await goods("mug")
    await fill_cart(ada, "Mug", 2)
    fields = await reviewed(ada)
    await ada.submit(action="/checkout", email=ada.email)
    await pay_by_card(ada)
    again = await ada.post("/checkout", fields)
    assert (again.status_code, again.headers["location"]) == (303, f"/orders/{(await the_order()).token}")


async def test_a_price_that_rose_meanwhile_is_shown_before_anything_is_asked_of_stripe(
    ada: Shopper, goods: Goods, sandbox: Sandbox
) -> None:
    mug = await goods("mug", price=1234, stock=5)
    await fill_cart(ada, "Mug", 2)
    await ada.open("/checkout")
    await Variant.update({Variant.price: 1500}).where(Variant.id == mug.id)
    await ada.submit(action="/checkout", email="ada@elsewhere.example")
    assert ada.page.status == 409
    assert "Something changed since you looked" in ada.page.says()
    assert "€30.00" in ada.page.says()
    assert ada.page.one("#email").attributes["value"] == "ada@elsewhere.example"
    assert (await the_order()).status == "cart"
    assert await stock(mug) == (5, 0)
    assert await sessions(sandbox) == []


async def test_ada_agrees_to_the_new_price_and_pays_it(ada: Shopper, goods: Goods, sandbox: Sandbox) -> None:
    mug = await goods("mug", price=1234)
    await fill_cart(ada, "Mug", 2)
    await ada.open("/checkout")
    await Variant.update({Variant.price: 1500}).where(Variant.id == mug.id)
    await ada.submit(action="/checkout", email=ada.email)
    await ada.submit(action="/checkout")
    await pay_by_card(ada)
    assert "€30.00" in ada.page.says()
    assert (await the_order()).total == 3000


async def test_prices_are_frozen_once_the_order_is_placed(
    ada: Shopper, goods: Goods, sandbox: Sandbox
) -> None:
    mug = await goods("mug", price=1234)
    await fill_cart(ada, "Mug", 2)
    await go_to_pay(ada)
    await Variant.update({Variant.price: 1500}).where(Variant.id == mug.id)
    await pay_by_card(ada)
    assert (await the_order()).total == 2468
    assert ada.page.text(".bought__times") == "2 × €12.34"


async def test_somebody_was_faster_and_the_quantity_is_lowered(
    ada: Shopper, ben: Shopper, goods: Goods, sandbox: Sandbox
) -> None:
    mug = await goods("mug", stock=5)
    await fill_cart(ada, "Mug", 4)
    await ada.open("/checkout")
    await buy(ben, "Mug", 3)
    await ada.submit(action="/checkout", email=ada.email)
    assert ada.page.status == 409
    assert "There are only 2 of Mug left. Your cart holds 2 now." in ada.page.says()
    await ada.submit(action="/checkout")
    await pay_by_card(ada)
    assert await stock(mug) == (0, 0)


async def test_somebody_took_the_last_one(ada: Shopper, ben: Shopper, goods: Goods, sandbox: Sandbox) -> None:
    await goods("mug", stock=1)
    await goods("bowl")
    await fill_cart(ada, "Mug")
    await fill_cart(ada, "Bowl")
    await ada.open("/checkout")
    await fill_cart(ben, "Mug")
    await go_to_pay(ben)
    await ada.submit(action="/checkout", email=ada.email)
    assert ada.page.status == 409
    assert "Mug is sold out and has left your cart." in ada.page.says()
    assert ada.page.texts(".bought__title") == ["Bowl"]


async def test_a_product_that_is_retired_meanwhile_leaves_the_cart(
    ada: Shopper, goods: Goods, sandbox: Sandbox
) -> None:
    mug = await goods("mug")
    await goods("bowl")
    await fill_cart(ada, "Mug")
    await fill_cart(ada, "Bowl")
    await ada.open("/checkout")
    await Product.update({Product.retired_at: clock.now()}).where(Product.id == mug.product)
    await ada.submit(action="/checkout", email=ada.email)
    assert ada.page.status == 409
    assert ada.page.texts(".bought__title") == ["Bowl"]


async def test_the_cart_was_changed_in_another_tab(ada: Shopper, goods: Goods, sandbox: Sandbox) -> None:
    await goods("mug")
    await fill_cart(ada, "Mug", 2)
    fields = await reviewed(ada)
    await ada.open("/cart")
    await ada.submit("One more")
    answer = await ada.post("/checkout", fields)
    assert answer.status_code == 409
    assert (await the_order()).status == "cart"


@pytest.mark.parametrize("name", ["version", "total"])
@pytest.mark.parametrize("value", ["", "-1", "1e9", "9" * 30, "2\x00", "two"])
async def test_numbers_that_are_none_are_answered_by_looking_again(
    name: str, value: str, ada: Shopper, goods: Goods
) -> None:
    await goods("mug")
    await fill_cart(ada, "Mug", 2)
    answer = await ada.post("/checkout", await reviewed(ada) | {name: value})
    assert answer.status_code == 409
    assert (await the_order()).status == "cart"


@pytest.mark.parametrize("email", ["", "ada", "ada@", "@example.com", "ada@@example.com", "a b@example.com"])
async def test_an_e_mail_that_is_none_is_said_at_the_field(email: str, ada: Shopper, goods: Goods) -> None:
    await goods("mug")
    await fill_cart(ada, "Mug", 2)
    await ada.open("/checkout")
    await ada.submit(action="/checkout", email=email)
    assert ada.page.status == 422
    assert "name@example.com" in ada.page.text("#email-error")
    assert ada.page.one("#email").attributes["value"] == email
    assert (await the_order()).status == "cart"


async def test_an_empty_cart_cannot_be_checked_out(ada: Shopper, goods: Goods) -> None:
    await goods("mug")
    assert (await ada.open("/checkout")).path == "/cart"
    await fill_cart(ada, "Mug")
    fields = await reviewed(ada)
    await ada.open("/cart")
    await ada.submit("Remove")
    answer = await ada.post("/checkout", fields)
    assert answer.status_code in {303, 409}
    assert "Your cart is empty" in (await ada.open("/checkout")).says()


@pytest.mark.parametrize("order", ["", "x" * 43, "../../etc/passwd", "\x00"])
async def test_a_cart_that_is_not_theirs_leads_to_their_own_and_says_so(
    order: str, ada: Shopper, goods: Goods
) -> None:
    await goods("mug")
    await fill_cart(ada, "Mug")
    answer = await ada.post("/checkout", await reviewed(ada) | {"order": order})
    assert answer.status_code == 303
    assert "not here any more" in (await ada.open(answer.headers["location"])).says()


async def test_ben_cannot_place_ada_s_order(ada: Shopper, ben: Shopper, goods: Goods) -> None:
    await goods("mug")
    await fill_cart(ada, "Mug")
    await fill_cart(ben, "Mug")
    answer = await ben.post("/checkout", await reviewed(ada))
    assert answer.headers["location"].startswith("/cart")
    assert {order.status for order in await orders()} == {"cart"}


@pytest.mark.parametrize(("price", "quantity"), [(49, 1), (99_999_999, 2)])
async def test_a_total_that_stripe_does_not_take_is_explained_before_it_is_asked(
    price: int, quantity: int, ada: Shopper, goods: Goods, sandbox: Sandbox
) -> None:
    await goods("mug", price=price)
    await fill_cart(ada, "Mug", quantity)
    await press_pay(ada)
    assert ada.page.status == 409
    assert "from €0.50 to €999,999.99" in ada.page.says()
    assert (await the_order()).status == "cart"
    assert await sessions(sandbox) == []


async def test_the_least_that_stripe_takes_is_taken(ada: Shopper, goods: Goods, sandbox: Sandbox) -> None:
    await goods("mug", price=50)
    await buy(ada, "Mug")
    assert ada.page.text("h1") == "Thank you"


@pytest.mark.parametrize(
    "how",
    [
        {"close": "before"},
        {"close": None, "status": 503, "should_retry": False},
        {"close": None, "status": 429, "should_retry": False},
        {"close": None, "garbage": True},
    ],
    ids=["no answer", "out of order", "too many requests", "garbage"],
)
async def test_stripe_cannot_be_reached_and_later_it_can(
    how: dict[str, object], ada: Shopper, goods: Goods, sandbox: Sandbox
) -> None:
    mug = await goods("mug", stock=5)
    await fill_cart(ada, "Mug", 2)
    await fails(sandbox, "POST", "/v1/checkout/sessions", **how)
    await press_pay(ada)
    assert ada.page.status == 503
    assert "Nothing was charged and your order is kept" in ada.page.says()
    assert ada.page.headers["retry-after"]
    assert await stock(mug) == (5, 2)
    await works_again(sandbox)
    await ada.follow("Go to your cart")
    await ada.submit("Continue payment")
    await pay_by_card(ada)
    assert ada.page.text("h1") == "Thank you"
    assert len(await sessions(sandbox)) == await Attempt.count() == 1


async def test_an_answer_that_is_lost_on_its_way_is_asked_for_again(
    ada: Shopper, goods: Goods, sandbox: Sandbox
) -> None:
    await goods("mug")
    await fill_cart(ada, "Mug", 2)
    await fails(sandbox, "POST", "/v1/checkout/sessions", close="after", times=1)
    assert await go_to_pay(ada) == (await sessions(sandbox))[0]["id"]
    assert len(await sessions(sandbox)) == 1


async def test_the_same_call_is_made_again_with_the_same_key(
    ada: Shopper, goods: Goods, sandbox: Sandbox
) -> None:
    await goods("mug")
    await fill_cart(ada, "Mug", 2)
    await fails(sandbox, "POST", "/v1/checkout/sessions", status=503, close=None, should_retry=False)
    await press_pay(ada)
    await works_again(sandbox)
    await ada.open("/cart")
    await ada.submit("Continue payment")
    calls = await asked(sandbox, "POST", "/v1/checkout/sessions")
    assert len({(call["idempotency_key"], call["parameters"]) for call in calls}) == 1
    assert len(calls) > 1


async def test_a_failure_that_stripe_remembers_is_looked_into_and_not_repeated(
    ada: Shopper, goods: Goods, sandbox: Sandbox
) -> None:
    """A 500 is kept under its key for a day; no session was made by it, so the cart comes back."""
    await goods("mug")
    await fill_cart(ada, "Mug", 2)
    await fails(sandbox, "POST", "/v1/checkout/sessions", status=500, close=None, times=1, should_retry=False)
    await press_pay(ada)
    await ada.open("/cart")
    await ada.submit("Continue payment")
    assert ada.page.path == "/cart"
    assert "could not be started" in ada.page.says()
    await go_to_pay(ada)
    await pay_by_card(ada)
    assert ada.page.text("h1") == "Thank you"


async def test_a_remembered_failure_that_made_a_session_after_all_leads_to_it(
    ada: Shopper, goods: Goods, sandbox: Sandbox
) -> None:
    await goods("mug")
    await fill_cart(ada, "Mug", 2)
    await fails(
        sandbox,
        "POST",
        "/v1/checkout/sessions",
        status=500,
        close=None,
        times=1,
        effect=True,
        should_retry=False,
    )
    await press_pay(ada)
    await ada.open("/cart")
    await ada.submit("Continue payment")
    assert session_id(ada.page) == (await sessions(sandbox))[0]["id"]
    assert len(await sessions(sandbox)) == 1


async def test_a_failure_that_goes_on_for_minutes_gives_the_cart_back(
    ada: Shopper, goods: Goods, shop: Shop, sandbox: Sandbox
) -> None:
    """Something between us and Stripe may repeat a saved failure without saying that it is an old one."""
    mug = await goods("mug", stock=5)
    await fill_cart(ada, "Mug", 2)
    await fails(sandbox, "POST", "/v1/checkout/sessions", status=500, close=None, kept=False)
    await press_pay(ada)
    clock.move(timedelta(minutes=4))
    await run_once(gateway(shop))
    assert (await the_order()).status == "pending"
    clock.move(timedelta(minutes=2))
    await run_once(gateway(shop))
    assert (await the_order()).status == "cart"
    assert await stock(mug) == (5, 0)
    assert await tries(await the_order()) == ["failed"]
    await works_again(sandbox)
    await go_to_pay(ada)
    await pay_by_card(ada)
    assert ada.page.text("h1") == "Thank you"


async def test_stripe_refuses_and_the_cart_is_kept(ada: Shopper, goods: Goods, sandbox: Sandbox) -> None:
    mug = await goods("mug", stock=5)
    await fill_cart(ada, "Mug", 2)
    await fails(sandbox, "POST", "/v1/checkout/sessions", status=400, close=None)
    await press_pay(ada)
    assert ada.page.status == 503
    assert "your cart is kept" in ada.page.says()
    assert (await the_order()).status == "cart"
    assert await stock(mug) == (5, 0)


async def test_what_was_never_answered_is_opened_by_the_reconciler(
    ada: Shopper, shop: Shop, goods: Goods, sandbox: Sandbox
) -> None:
    await goods("mug")
    await fill_cart(ada, "Mug", 2)
    await fails(sandbox, "POST", "/v1/checkout/sessions", status=503, close=None, should_retry=False)
    await press_pay(ada)
    await works_again(sandbox)
    await run_once(gateway(shop), everything=True)
    attempt = (await Attempt.objects())[0]
    assert attempt.state == "open"
    assert attempt.session_id == (await sessions(sandbox))[0]["id"]


async def test_a_try_at_opening_that_is_older_than_stripe_s_memory_is_looked_up_and_given_up(
    ada: Shopper, shop: Shop, goods: Goods, sandbox: Sandbox
) -> None:
    mug = await goods("mug", stock=5)
    await fill_cart(ada, "Mug", 2)
    await fails(sandbox, "POST", "/v1/checkout/sessions", status=503, close=None, should_retry=False)
    await press_pay(ada)
    await works_again(sandbox)
    clock.move(timedelta(hours=24))
    before = len(await asked(sandbox, "POST", "/v1/checkout/sessions"))
    await run_once(gateway(shop), everything=True)
    assert len(await asked(sandbox, "POST", "/v1/checkout/sessions")) == before
    assert (await the_order()).status == "cart"
    assert await stock(mug) == (5, 0)


async def test_with_stripe_away_for_good_the_shop_goes_on(
    ada: Shopper, goods: Goods, sandbox: Sandbox
) -> None:
    await goods("mug")
    await fails(sandbox, status=503, close=None, should_retry=False)
    await fill_cart(ada, "Mug", 2)
    for address in ("/", "/products/mug", "/cart", "/checkout"):
        assert (await ada.open(address)).status == 200


async def test_back_from_stripe_while_it_does_not_answer_the_payment_is_being_confirmed(
    ada: Shopper, goods: Goods, sandbox: Sandbox
) -> None:
    await goods("mug")
    await fill_cart(ada, "Mug", 2)
    session = await go_to_pay(ada)
    await fails(sandbox, "GET", times=None, latency=30, close=None)
    began = asyncio.get_running_loop().time()
    await ada.open(f"/checkout/return?session_id={session}")
    assert asyncio.get_running_loop().time() - began < 4
    assert ada.page.text("h1") == "Your payment is being confirmed"
    await works_again(sandbox)


async def test_the_last_one_goes_to_one_of_ten(guest: Guests, goods: Goods, sandbox: Sandbox) -> None:
    mug = await goods("mug", stock=1)
    shoppers = [guest(f"shopper{number}") for number in range(10)]
    for shopper in shoppers:
        await shopper.post("/cart/lines", {"variant": mug.sku, "quantity": "1"})
    forms = [await reviewed(shopper) for shopper in shoppers]
    answers = await asyncio.gather(
        *[shopper.post("/checkout", fields) for shopper, fields in zip(shoppers, forms, strict=True)]
    )
    assert sorted(answer.status_code for answer in answers) == [303] + [409] * 9
    assert await stock(mug) == (1, 1)
    assert await Order.count().where(Order.status == "pending") == 1


async def test_every_placing_is_in_the_log(ada: Shopper, goods: Goods, sandbox: Sandbox) -> None:
    await goods("mug")
    await fill_cart(ada, "Mug", 2)
    await go_to_pay(ada)
    await ada.follow("Back to the shop")
    await ada.submit("Change the order")
    await go_to_pay(ada)
    assert await history(await the_order()) == ["pending", "cart", "pending"]
    assert len(await sessions(sandbox)) == 2


async def test_a_payment_page_at_an_unexpected_origin_is_a_link(
    ada: Shopper, goods: Goods, sandbox: Sandbox
) -> None:
    """The policy would stop a form that is redirected there."""
    await goods("mug")
    await fill_cart(ada, "Mug", 2)
    await go_to_pay(ada)
    await Attempt.update({Attempt.session_url: "https://pay.example/cs_1"}).where(Attempt.state == "open")
    order = await the_order()
    seen = {"order": order.token, "version": str(order.version), "total": str(order.total)}
    page = Page(await ada.post("/checkout", seen | {"email": ada.email}))
    assert page.status == 200
    assert page.link("Go to the payment page") == "https://pay.example/cs_1"
