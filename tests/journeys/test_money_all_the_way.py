"""One amount from the shelf to the charge: lines, order, session, and what the sandbox took are the same."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from shop.money import Money, formatted, smallest_step
from shop.orders.tables import Line, Order
from tests.journeys.steps import buy, go_to_pay
from tests.journeys.stripe_side import pay, session
from tests.support.goods import Goods
from tests.support.sandbox import Sandbox
from tests.support.shoppers import Guests, Shopper

STEPS = {"EUR": 1, "JPY": 1, "KWD": 10}
# A cart: the price of each thing in the currency's smallest steps, and how many of it.
carts = some.lists(some.tuples(some.integers(50, 5000), some.integers(1, 20)), min_size=1, max_size=6)


@pytest.fixture(params=STEPS)
def currency(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def more_settings(currency: str) -> dict[str, str]:
    return {"SHOP_CURRENCY": currency}


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cart=carts)
async def test_every_total_is_the_sum_of_its_lines(
    cart: list[tuple[int, int]], currency: str, guest: Guests, goods: Goods, sandbox: Sandbox
) -> None:
    ada = guest("ada")
    for price, quantity in cart:
        thing = await goods(price=price * smallest_step(currency), stock=50)
        await ada.post("/cart/lines", {"variant": thing.sku, "quantity": str(quantity)})
    total = sum(price * smallest_step(currency) * quantity for price, quantity in cart)
    session_id = await go_to_pay(ada)
    await pay(sandbox, session_id)
    order = (await Order.objects().order_by(Order.id, ascending=False))[0]
    lines = await Line.select(Line.total).where(Line.order == order.id)
    made = await session(sandbox, session_id)
    charge = await sandbox.read(f"/v1/charges/{order.stripe_charge_id}")
    asked_for = await sandbox.every(f"/v1/checkout/sessions/{session_id}/line_items")
    assert order.status == "paid"
    assert order.total == sum(line["total"] for line in lines) == total
    assert made["amount_total"] == sum(line["amount_total"] for line in asked_for) == total
    assert charge["amount"] == charge["amount_captured"] == total
    assert charge["currency"].upper() == order.currency == currency
    page = await ada.open(f"/orders/{order.token}")
    assert formatted(Money(total, currency), "en").replace("\u00a0", " ") in page.says().replace(
        "\u00a0", " "
    )


async def test_the_whole_way_shows_the_same_amount(
    currency: str, ada: Shopper, goods: Goods, sandbox: Sandbox
) -> None:
    assert smallest_step(currency) == STEPS[currency]
    await goods("mug", price=1230)
    await buy(ada, "Mug", 3)
    shown = {"EUR": "€36.90", "JPY": "¥3,690", "KWD": "KWD\u00a03.690"}[currency]
    assert ada.page.text(".totals .price").replace("\u00a0", " ") == shown.replace("\u00a0", " ")
