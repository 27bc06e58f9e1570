"""A payment that does not agree with our books is recorded and looked at by people; it pays for nothing."""

from typing import Any

import pytest

from shop.mail.tables import Letter
from shop.payments.installation import shop_id
from shop.payments.tables import Payment
from tests.journeys.steps import fill_cart, go_to_pay, history, stock, the_order
from tests.journeys.stripe_side import control, pay, refunds, session
from tests.support.goods import Goods
from tests.support.sandbox import Sandbox
from tests.support.shoppers import Shopper


@pytest.mark.parametrize(
    "instead",
    [{"amount_total": 1}, {"amount_total": 2467}, {"amount_total": 2469}, {"currency": "usd"}],
    ids=["one cent", "a cent less", "a cent more", "another currency"],
)
async def test_the_wrong_amount_pays_for_nothing_and_is_flagged(
    instead: dict[str, Any], ada: Shopper, goods: Goods, sandbox: Sandbox
) -> None:
    mug = await goods("mug", price=1234, stock=5)
    await fill_cart(ada, "Mug", 2)
    await pay(sandbox, await go_to_pay(ada), **instead)
    order = await the_order()
    assert order.status == "pending"
    assert "differs" in str(order.review)
    assert await stock(mug) == (5, 2)
    assert await Payment.count() == 1
    assert await Letter.count().where((Letter.kind == "review") & (Letter.recipient == "merchant")) == 1
    assert await history(order) == ["pending", "review"]


async def test_ada_is_told_that_somebody_looks_at_it(ada: Shopper, goods: Goods, sandbox: Sandbox) -> None:
    await goods("mug")
    await fill_cart(ada, "Mug", 2)
    await pay(sandbox, await go_to_pay(ada), amount_total=1)
    order = await the_order()
    await ada.open(f"/orders/{order.token}")
    assert "does not match this order" in ada.page.says()
    assert not ada.page.has("main form")
    for way in ("payment", "reopen"):
        answer = await ada.post(f"/orders/{order.token}/{way}")
        assert answer.headers["location"] == f"/orders/{order.token}"


async def test_an_order_in_review_cannot_be_paid_from_the_cart_page(
    ada: Shopper, goods: Goods, sandbox: Sandbox
) -> None:
    await goods("mug")
    await fill_cart(ada, "Mug", 2)
    await pay(sandbox, await go_to_pay(ada), amount_total=1)
    await ada.open("/cart")
    assert (await the_order()).number in ada.page.text("#waiting")
    assert "Nothing was charged" not in ada.page.says()
    assert not ada.page.has("#waiting form")


async def test_what_did_not_agree_is_given_back_whole_and_the_cart_returns(
    ada: Shopper, goods: Goods, sandbox: Sandbox
) -> None:
    mug = await goods("mug", stock=5)
    await fill_cart(ada, "Mug", 2)
    paid = await pay(sandbox, await go_to_pay(ada), amount_total=1000)
    await control(sandbox, f"payments/{paid['payment_intent']}/refund")
    order = await the_order()
    assert order.status == "cart"
    assert order.review is None
    assert await stock(mug) == (5, 0)
    await ada.open("/cart")
    assert "The payment was returned." in ada.page.says()


async def test_a_part_of_it_given_back_changes_nothing(ada: Shopper, goods: Goods, sandbox: Sandbox) -> None:
    await goods("mug")
    await fill_cart(ada, "Mug", 2)
    paid = await pay(sandbox, await go_to_pay(ada), amount_total=1000)
    await control(sandbox, f"payments/{paid['payment_intent']}/refund", amount=999)
    order = await the_order()
    assert order.status == "pending"
    assert order.review is not None


async def elsewhere(sandbox: Sandbox, **metadata: str) -> str:
    """A session that somebody else made at the same account."""
    data = {
        "mode": "payment",
        "success_url": "http://127.0.0.1/thanks",
        "line_items[0][quantity]": "1",
        "line_items[0][price_data][currency]": "eur",
        "line_items[0][price_data][unit_amount]": "2468",
        "line_items[0][price_data][product_data][name]": "Mug",
    }
    for name, value in metadata.items():
        data[f"metadata[{name}]"] = data[f"payment_intent_data[metadata][{name}]"] = value
    response = await sandbox.client.post("/v1/checkout/sessions", data=data)
    assert response.status_code == 200, response.text
    return str(response.json()["id"])


async def test_another_shop_s_payment_is_none_of_ours(ada: Shopper, goods: Goods, sandbox: Sandbox) -> None:
    await goods("mug", price=1234)
    await fill_cart(ada, "Mug", 2)
    await go_to_pay(ada)
    number = str((await the_order()).number)
    await pay(sandbox, await elsewhere(sandbox, shop="another", order=number, attempt="x" * 43))
    assert await history(await the_order()) == ["pending"]
    assert await Payment.count() == 0
    assert await refunds(sandbox) == []


async def test_a_payment_without_metadata_is_none_of_ours(
    ada: Shopper, goods: Goods, sandbox: Sandbox
) -> None:
    await goods("mug", price=1234)
    await fill_cart(ada, "Mug", 2)
    await go_to_pay(ada)
    await pay(sandbox, await elsewhere(sandbox))
    assert await Payment.count() == 0


async def test_a_payment_of_ours_for_no_attempt_of_ours_is_flagged(
    ada: Shopper, goods: Goods, sandbox: Sandbox
) -> None:
    await goods("mug", price=1234)
    await fill_cart(ada, "Mug", 2)
    await go_to_pay(ada)
    order = await the_order()
    strange = await elsewhere(sandbox, shop=await shop_id(), order=str(order.number), attempt="x" * 43)
    await pay(sandbox, strange)
    payment = (await Payment.select())[0]
    assert payment["problem"] == "it belongs to no attempt of ours"
    assert (await the_order()).status == "pending"
    assert await history(order) == ["pending", "review"]
    assert await Letter.count().where((Letter.kind == "review") & (Letter.recipient == "merchant")) == 1


async def test_somebody_else_s_session_with_ada_s_attempt_in_it_pays_for_nothing(
    ada: Shopper, goods: Goods, sandbox: Sandbox
) -> None:
    """All of our metadata, copied, and the right amount; but it is another session than the one we made."""
    await goods("mug", price=1234)
    await fill_cart(ada, "Mug", 2)
    ours = await session(sandbox, await go_to_pay(ada))
    await pay(sandbox, await elsewhere(sandbox, **ours["metadata"]))
    order = await the_order()
    assert order.status == "pending"
    assert order.review is not None
    assert await Payment.count() == 1
