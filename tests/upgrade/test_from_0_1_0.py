"""Whoever upgrades from version 0.1.0 keeps their orders, and money that was on its way arrives.

The `.sql` files beside this one were dumped by that version after ada, ben and a guest had shopped in it.
"""

from datetime import timedelta

from shop import clock
from shop.catalogue.tables import Variant
from shop.mail.tables import Letter
from shop.orders.tables import Line, Order
from shop.payments import attempts
from shop.payments.reconcile import run_once
from shop.payments.tables import Attempt
from tests.accounts.doors import sign_in
from tests.journeys.steps import go_to_pay, pay_by_card
from tests.journeys.stripe_side import gateway, pay
from tests.support.fixtures_shop import Shop
from tests.support.sandbox import Sandbox
from tests.support.shoppers import Guests, Shopper

# The cookie of the guest who had a kettle waiting for payment.
COOKIE = "cleo-buys-a-kettle-and-keeps-her-cookie-000"
THEN = [
    ("paid", 4467),
    ("paid", 1999),
    ("pending", 4900),
    ("processing", 1234),
    ("cancelled", 1999),
    ("pending", 1234),
    ("cart", 0),
]


async def waiting_order(email: str) -> Order:
    found = await Order.objects().where((Order.status == "pending") & (Order.email == email)).first()
    assert found is not None
    return found


async def the_attempt(order: Order) -> Attempt:
    found = await Attempt.objects().where(Attempt.order == order.id).first()
    assert found is not None
    return found


async def test_orders_totals_and_stock_are_what_they_were(shop: Shop) -> None:
    orders = await Order.objects().order_by(Order.id)
    assert [(order.status, order.total) for order in orders] == THEN
    for order in orders[:-1]:
        lines = await Line.select(Line.total).where(Line.order == order.id)
        assert sum(line["total"] for line in lines) == order.lines_total == order.total
        assert order.delivery_total == order.tax_added == 0
    stock = await Variant.select(Variant.sku, Variant.on_hand, Variant.reserved).order_by(Variant.id)
    assert [tuple(row.values()) for row in stock] == [
        ("MUG-CLAY", 3, 2),
        ("MUG-MOSS", 4, 0),
        ("BOWL", 4, 0),
        ("KETTLE", 3, 1),
    ]


async def test_ada_signs_in_looks_at_her_orders_and_buys_what_is_in_her_cart(
    ada: Shopper, sandbox: Sandbox
) -> None:
    await sign_in(ada)
    await ada.open("/account")
    says = ada.page.says()
    assert "€44.67" in says
    assert "€19.99" in says
    for order in await Order.objects().where((Order.status == "paid") & (Order.email == ada.email)):
        await ada.open(f"/orders/{order.token}")
        assert (ada.page.status, ada.page.text("h1")) == (200, "Thank you")
        assert str(order.number) in ada.page.says()
        assert str(order.stripe_charge_id) in ada.page.says()
    assert "We returned €5.00 to you." in ada.page.says()
    assert (await ada.open("/cart")).text(".totals .price") == "€49.00"
    await go_to_pay(ada)
    await pay_by_card(ada)
    assert ada.page.text("h1") == "Thank you"


async def test_a_payment_that_was_on_its_way_arrives(guest: Guests, shop: Shop, sandbox: Sandbox) -> None:
    cleo = guest("cleo")
    cleo.client.cookies.set("cart", COOKIE)
    order = await waiting_order(cleo.email)
    attempt = await the_attempt(order)
    # Stripe's side of it: the session that the old version had asked for, in the same words.
    soon = int((clock.now() + timedelta(minutes=40)).timestamp())
    asked = attempts.asked(attempt) | {"expires_at": soon}
    session = await gateway(shop).create_session(asked, attempt.idempotency_key)
    await Attempt.update({Attempt.session_id: session.id, Attempt.session_url: session.url}).where(
        Attempt.id == attempt.id
    )
    await cleo.open(f"/orders/{order.token}")
    await cleo.submit("Continue payment")
    assert cleo.page.url == session.url
    await pay(sandbox, session.id)
    await cleo.open(f"/orders/{order.token}")
    assert cleo.page.text("h1") == "Thank you"
    assert await Letter.exists().where(Letter.key == f"order:{order.number}:paid")
    kettle = await Variant.objects().get(Variant.sku == "KETTLE")
    assert kettle is not None
    assert (kettle.on_hand, kettle.reserved) == (2, 0)


async def test_what_stripe_had_never_heard_of_becomes_a_cart_again(
    ben: Shopper, shop: Shop, sandbox: Sandbox
) -> None:
    order = await waiting_order(ben.email)
    assert (await the_attempt(order)).state == "creating"
    clock.move(timedelta(days=1))
    await run_once(gateway(shop))
    assert await Order.exists().where((Order.id == order.id) & (Order.status == "cart"))
