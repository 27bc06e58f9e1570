"""What the account page lists, and what becomes of a guest's cart."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest

from shop import clock
from shop.catalogue.tables import Variant
from shop.customers.tables import Customer
from shop.database import current_engine
from shop.orders.tables import Line, Order
from shop.web.cookies import mint
from tests.accounts.doors import make_account, sign_in, sign_out
from tests.support.shoppers import Shopper

Goods = Callable[..., Awaitable[Variant]]


async def test_ada_who_bought_nothing_is_told_so(ada: Shopper) -> None:
    await make_account(ada)
    assert "No orders yet" in (await ada.open("/account")).says()


async def test_ada_sees_her_placed_orders_newest_first_and_no_cart(
    ada: Shopper, ben: Shopper, goods: Goods
) -> None:
    mug = await goods("mug", price=1200)
    await make_account(ada)
    await make_account(ben)
    await _order(ada, mug, "OLDER234", "paid", days_ago=2, quantity=3)
    await _order(ada, mug, "NEWER234", "pending", days_ago=1, quantity=1)
    await _order(ada, mug, "AGAIN234", "cart", days_ago=0, quantity=1)
    await _order(ben, mug, "BENS2345", "paid", days_ago=0, quantity=1)
    page = await ada.open("/account")
    assert page.texts(".past-order__number") == ["Order NEWER234", "Order OLDER234"]
    assert page.texts(".past-order__status") == ["Waiting for payment", "Paid"]
    assert page.texts(".past-order__total") == ["€12.00 1 piece", "€36.00 3 pieces"]
    assert "/orders/token-of-NEWER234" in page.link("Order NEWER234")


async def test_many_orders_take_as_many_questions_as_one(
    ada: Shopper, goods: Goods, monkeypatch: pytest.MonkeyPatch
) -> None:
    mug = await goods("mug")
    await make_account(ada)
    await _order(ada, mug, "MANY0000", "paid", days_ago=0, quantity=1)
    asked: list[object] = []
    engine = type(current_engine())
    real = engine.run_querystring

    async def counting(self: Any, querystring: Any, *args: Any, **options: Any) -> Any:
        asked.append(querystring)
        return await real(self, querystring, *args, **options)

    monkeypatch.setattr(engine, "run_querystring", counting)
    await ada.open("/account")
    for_one = len(asked)
    for number in range(1, 20):
        await _order(ada, mug, f"MANY{number:04}", "paid", days_ago=number, quantity=1)
    asked.clear()
    page = await ada.open("/account")
    assert len(page.all(".past-order")) == 20
    assert len(asked) == for_one <= 3


async def test_what_ada_put_into_the_cart_as_a_guest_is_there_after_registering(
    ada: Shopper, goods: Goods
) -> None:
    mug = await goods("mug", stock=10)
    await _put(ada, mug, 2)
    await make_account(ada)
    assert "cart" not in ada.client.cookies
    assert ada.client.cookies["cart_count"] == "2"
    assert (await ada.open("/cart")).text("#cart-count").startswith("2")


async def test_a_guests_cart_joins_the_one_that_ada_had(ada: Shopper, goods: Goods) -> None:
    mug, bowl = await goods("mug", stock=10), await goods("bowl", stock=10)
    await make_account(ada)
    await _put(ada, mug, 1)
    await sign_out(ada)
    assert (await ada.open("/cart")).text("#cart-count").startswith("0")
    await _put(ada, mug, 2)
    await _put(ada, bowl, 1)
    await sign_in(ada)
    assert ada.client.cookies["cart_count"] == "4"
    assert await Order.count().where(Order.status == "cart") == 1
    assert sorted(row["quantity"] for row in await Line.select(Line.quantity)) == [1, 3]


async def test_a_guests_order_that_waits_for_payment_becomes_adas(ada: Shopper, goods: Goods) -> None:
    mug = await goods("mug", stock=10)
    await _put(ada, mug, 1)
    now = clock.now()
    await Order.update(
        {
            Order.status: "pending",
            Order.number: "WAITING2",
            Order.placed_at: now,
            Order.total: 1200,
            Order.lines_total: 1200,
        }
    ).where(Order.status == "cart")
    await make_account(ada)
    assert (await ada.open("/account")).texts(".past-order__number") == ["Order WAITING2"]


async def _put(shopper: Shopper, variant: Variant, quantity: int) -> None:
    answer = await shopper.post("/cart/lines", {"variant": variant.sku, "quantity": quantity})
    assert answer.status_code == 303, answer.text


async def _order(
    owner: Shopper, variant: Variant, number: str, status: str, days_ago: int, quantity: int
) -> None:
    customer = await Customer.objects().where(Customer.email == owner.email).first()
    assert customer is not None
    placed, total = clock.now() - timedelta(days=days_ago), variant.price * quantity
    order = Order(
        token=f"token-of-{number}", number=number, status=status, customer=customer.id,
        locale="en", currency="EUR", created_at=placed, placed_at=placed,
        paid_at=placed if status == "paid" else None,
        lines_total=total, total=total,
    )  # fmt: skip
    await order.save()
    await Line(
        token=mint(), order=order.id, variant=variant.id, quantity=quantity, sku=variant.sku, title="Mug",
        unit_price=variant.price, total=total,
    ).save()  # fmt: skip
