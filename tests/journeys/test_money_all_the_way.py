"""One amount from the shelf to the charge: lines, delivery and tax, order, session, and what the sandbox took
are the same."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from shop.mail.tables import Letter
from shop.money import Money, exponent, formatted, smallest_step
from shop.orders.tables import Line, Order
from tests.journeys.steps import buy, go_to_pay
from tests.journeys.stripe_side import pay, session
from tests.support.goods import Goods
from tests.support.sandbox import Sandbox
from tests.support.shoppers import Guests, Shopper

STEPS = {"EUR": 1, "JPY": 1, "KWD": 10}
# Delivery costs 37 of the currency's smallest steps; tax comes on top where prices are without it.
TOLD = """
prices_include_tax = {included}
[merchant]
country = "DE"
[[delivery]]
title = "Parcel"
price = "{price}"
[[tax]]
standard = 19
"""
INCLUDED = {"EUR"}
HOME = {"name": "Ada", "line1": "Main Street 1", "postal_code": "10115", "city": "Berlin"}
# A cart: the price of each thing in the currency's smallest steps, and how many of it.
carts = some.lists(some.tuples(some.integers(50, 5000), some.integers(1, 20)), min_size=1, max_size=6)


@pytest.fixture(params=STEPS)
def currency(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def more_settings(currency: str, tmp_path: Path) -> dict[str, str]:
    price = Decimal(37 * smallest_step(currency)).scaleb(-exponent(currency))
    told = TOLD.format(included=str(currency in INCLUDED).lower(), price=price)
    (tmp_path / "shop.toml").write_text(told)
    return {"SHOP_CURRENCY": currency, "SHOP_SHIPS_TO": "DE", "SHOP_SITE": str(tmp_path)}


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cart=carts)
async def test_every_total_is_the_sum_of_its_lines(
    cart: list[tuple[int, int]], currency: str, guest: Guests, goods: Goods, sandbox: Sandbox
) -> None:
    ada = guest("ada")
    for price, quantity in cart:
        thing = await goods(price=price * smallest_step(currency), stock=50)
        await ada.post("/cart/lines", {"variant": thing.sku, "quantity": str(quantity)})
    goods_total = sum(price * smallest_step(currency) * quantity for price, quantity in cart)
    session_id = await go_to_pay(ada, **HOME)
    await pay(sandbox, session_id)
    order = (await Order.objects().order_by(Order.id, ascending=False))[0]
    lines = await Line.select(Line.total, Line.tax).where(Line.order == order.id)
    made = await session(sandbox, session_id)
    charge = await sandbox.read(f"/v1/charges/{order.stripe_charge_id}")
    asked_for = await sandbox.every(f"/v1/checkout/sessions/{session_id}/line_items")
    assert order.status == "paid"
    assert order.lines_total == sum(line["total"] for line in lines) == goods_total
    tax = sum(line["tax"] for line in lines) + order.delivery_tax
    assert (order.tax_included, order.tax_added) == ((tax, 0) if currency in INCLUDED else (0, tax))
    total = order.lines_total - order.discount_total + order.delivery_total + order.tax_added
    assert order.total == total
    assert order.delivery_total == made["shipping_cost"]["amount_total"] == 37 * smallest_step(currency)
    of_lines = sum(line["amount_total"] for line in asked_for)
    assert made["amount_total"] == of_lines + order.delivery_total == total
    assert charge["amount"] == charge["amount_captured"] == total
    assert charge["currency"].upper() == order.currency == currency
    letter = await Letter.objects().get(Letter.key == f"order:{order.number}:paid")
    assert letter is not None
    assert json.loads(letter.facts)["order"]["total"] == total
    page = await ada.open(f"/orders/{order.token}")
    shown = formatted(Money(total, currency), "en").replace("\u00a0", " ")
    assert page.text(".totals__row--sum .price").replace("\u00a0", " ") == shown


async def test_the_whole_way_shows_the_same_amount(
    currency: str, ada: Shopper, goods: Goods, sandbox: Sandbox
) -> None:
    assert smallest_step(currency) == STEPS[currency]
    await goods("mug", price=1230)
    await buy(ada, "Mug", 3, **HOME)
    shown = {"EUR": "€37.27", "JPY": "¥4,435", "KWD": "KWD 4.830"}[currency]
    assert ada.page.text(".totals__row--sum .price").replace("\u00a0", " ") == shown
