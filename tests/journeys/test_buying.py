"""The whole story, as shoppers live it: from the home page to a paid order."""

from shop.catalogue.tables import Variant
from tests.accounts.doors import make_account, sign_in, sign_out
from tests.journeys.steps import (
    DECLINED,
    becomes,
    buy,
    fill_cart,
    go_to_pay,
    history,
    orders,
    pay_by_card,
    press_pay,
    stock,
    the_order,
)
from tests.journeys.stripe_side import session, sessions
from tests.support.goods import Goods
from tests.support.sandbox import Sandbox
from tests.support.shoppers import Shopper


async def test_a_guest_buys_two_mugs(ada: Shopper, goods: Goods, sandbox: Sandbox) -> None:
    mug = await goods("mug", price=1234, stock=5)
    await fill_cart(ada, "Mug", 2)
    assert ada.page.path == "/cart"
    assert "€24.68" in ada.page.says()
    await go_to_pay(ada)
    assert "€24.68" in ada.page.says()
    await pay_by_card(ada)
    order = await the_order()
    assert ada.page.path == f"/orders/{order.token}"
    assert order.status == "paid"
    assert await stock(mug) == (3, 0)
    assert await history(order) == ["pending", "paid"]


async def test_the_confirmation_shows_number_status_lines_total_and_charge(
    ada: Shopper, goods: Goods, sandbox: Sandbox
) -> None:
    await goods("mug", price=1234)
    await goods("plain-bowl", price=800)
    await fill_cart(ada, "Plain bowl")
    await buy(ada, "Mug", 2)
    order = await the_order()
    charge = await sandbox.read(f"/v1/charges/{order.stripe_charge_id}")
    assert charge["amount"] == order.total == 3268
    assert ada.page.text(".order__number") == f"Order {order.number}"
    assert ada.page.text("h1") == "Thank you"
    assert ada.page.texts(".bought__title") == ["Plain bowl", "Mug"]
    assert ada.page.texts(".bought__times") == ["1 × €8.00", "2 × €12.34"]
    assert ada.page.text(".totals .price") == "€32.68"
    assert ada.page.text(".order__facts code") == order.stripe_charge_id


async def test_the_order_keeps_what_stripe_calls_its_payment(
    ada: Shopper, goods: Goods, sandbox: Sandbox
) -> None:
    await goods("mug")
    await buy(ada, "Mug")
    order = await the_order()
    paid = await session(sandbox, str(order.stripe_session_id))
    assert paid["payment_intent"] == order.stripe_payment_intent_id
    intent = await sandbox.read(f"/v1/payment_intents/{order.stripe_payment_intent_id}")
    assert intent["latest_charge"] == order.stripe_charge_id


async def test_stripe_is_told_the_number_and_never_the_order_s_token(
    ada: Shopper, goods: Goods, sandbox: Sandbox
) -> None:
    await goods("mug")
    await fill_cart(ada, "Mug")
    made = await session(sandbox, await go_to_pay(ada))
    order = await the_order()
    assert made["client_reference_id"] == made["metadata"]["order"] == order.number
    told = {name: value for name, value in made.items() if name not in {"success_url", "cancel_url"}}
    assert order.token not in str(told)
    assert made["customer_email"] == ada.email


async def test_after_buying_the_cart_is_empty(ada: Shopper, goods: Goods, sandbox: Sandbox) -> None:
    await goods("mug")
    await buy(ada, "Mug", 3)
    await ada.open("/cart")
    assert "Your cart is empty" in ada.page.says()
    assert ada.client.cookies["cart_count"] == "0"


async def test_ada_registers_signs_in_buys_and_sees_the_order_in_her_account(
    ada: Shopper, goods: Goods, sandbox: Sandbox
) -> None:
    await goods("mug", price=1234)
    await make_account(ada)
    await sign_out(ada)
    await sign_in(ada)
    await fill_cart(ada, "Mug")
    await ada.open("/checkout")
    assert ada.page.one("#email").attributes["value"] == ada.email
    await go_to_pay(ada)
    await pay_by_card(ada)
    order = await the_order()
    assert order.customer is not None
    assert order.guest_key is None
    await ada.open("/account")
    assert ada.page.text(".past-order__number") == f"Order {order.number}"
    assert ada.page.text(".past-order__status") == "Paid"
    await ada.follow(f"Order {order.number}")
    assert ada.page.text("h1") == "Thank you"


async def test_ada_buys_the_variant_that_she_chose(ada: Shopper, goods: Goods, sandbox: Sandbox) -> None:
    await goods("mug", choices={"Clay": 4, "Moss": 4})
    await ada.open("/products/mug")
    await ada.follow("Moss")
    await ada.submit("Add to cart")
    await go_to_pay(ada)
    assert "Mug (Moss)" in ada.page.says()
    await pay_by_card(ada)
    assert ada.page.text(".bought__title") == "Mug (Moss)"
    left = {row["option1"]: row["on_hand"] for row in await Variant.select(Variant.option1, Variant.on_hand)}
    assert left == {"Clay": 4, "Moss": 3}


async def test_a_declined_card_and_then_another_on_the_same_page(
    ada: Shopper, goods: Goods, sandbox: Sandbox
) -> None:
    mug = await goods("mug", stock=5)
    await fill_cart(ada, "Mug")
    await go_to_pay(ada)
    await pay_by_card(ada, DECLINED)
    assert ada.page.url.startswith(sandbox.url)
    assert "declined" in ada.page.says()
    assert (await the_order()).status == "pending"
    assert await stock(mug) == (5, 1)
    await pay_by_card(ada)
    assert ada.page.text("h1") == "Thank you"
    assert await stock(mug) == (4, 0)
    assert len(await sessions(sandbox)) == 1


async def test_what_costs_nothing_is_paid_without_stripe(
    ada: Shopper, goods: Goods, sandbox: Sandbox
) -> None:
    leaflet = await goods("leaflet", price=0, stock=5)
    await fill_cart(ada, "Leaflet", 2)
    await press_pay(ada)
    assert ada.page.text("h1") == "Thank you"
    assert (await the_order()).status == "paid"
    assert await stock(leaflet) == (3, 0)
    assert await sessions(sandbox) == []


async def test_ada_buys_again_in_a_new_order(ada: Shopper, goods: Goods, sandbox: Sandbox) -> None:
    await goods("mug")
    await buy(ada, "Mug")
    await buy(ada, "Mug", 2)
    first, second = await orders()
    assert (first.status, second.status) == ("paid", "paid")
    assert first.number != second.number


async def test_every_event_of_a_purchase_gets_its_result(
    ada: Shopper, goods: Goods, sandbox: Sandbox
) -> None:
    await goods("mug")
    await buy(ada, "Mug")

    async def nothing_waits() -> bool:
        totals = (await sandbox.client.get("/_control/totals")).json()
        return bool(totals["deliveries"].keys() == {"delivered"})

    await becomes(nothing_waits)
