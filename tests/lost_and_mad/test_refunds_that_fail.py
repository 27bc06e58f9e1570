"""Money that was to go back and did not: the merchant is told, once, however often the news comes."""

import pytest

from shop.errors import RefundRefused
from shop.mail.tables import Letter
from shop.orders.tables import Order
from shop.payments import staff
from shop.payments.tables import Refund
from tests.support.house import House


async def failures() -> list[str]:
    rows = await Letter.select(Letter.key).where(Letter.kind == "refund failed")
    return [row["key"] for row in rows]


async def the_order() -> Order:
    found = await Order.objects().first()
    assert found is not None
    return found


async def test_the_bank_sends_it_back_later(house: House) -> None:
    mug = await house.goods(stock=5)
    await house.pays(await house.shopper("ada").begins_to_pay(mug), "refund_fails")
    await staff.refund(house.gateway, await the_order(), None, "staff:merchant@example.com", "broken", "form")
    await house.control("clock", advance=3600)
    await house.reconcile()
    [refund] = await Refund.select(Refund.token, Refund.state)
    assert refund["state"] == "failed"
    assert await failures() == [f"refund:{refund['token']}:failed"]
    await house.books_agree("Webhooks: a refund fails at the bank")


async def test_stripe_refuses_it(house: House) -> None:
    mug = await house.goods(stock=5)
    await house.pays(await house.shopper("ada").begins_to_pay(mug))
    await house.control("faults", method="POST", path="/v1/refunds", status=400)
    for _ in ("first", "the same form again"):
        with pytest.raises(RefundRefused):
            await staff.refund(
                house.gateway, await the_order(), None, "staff:merchant@example.com", "broken", "form"
            )
    [refund] = await Refund.select(Refund.token, Refund.state)
    assert refund["state"] == "failed"
    assert await failures() == [f"refund:{refund['token']}:failed"]
    assert await house.objects("refund") == []
    assert not await Letter.exists().where(Letter.kind == "refunded"), "nobody is told of money that stays"
    await staff.refund(
        house.gateway, await the_order(), None, "staff:merchant@example.com", "broken", "new form"
    )
    assert [state["state"] for state in await Refund.select(Refund.state).order_by(Refund.id)] == [
        "failed",
        "succeeded",
    ]
    assert await Letter.count().where(Letter.kind == "refunded") == 1
    await house.books_agree("Webhooks: a refund is refused by Stripe")
