"""Money that comes later than it should, twice, or by a bank that takes its time."""

import pytest

from shop.mail.tables import Letter
from shop.payments.reconcile import run_once
from shop.payments.tables import Payment, Refund
from tests.accounts.doors import make_account, sign_in, sign_out
from tests.journeys.steps import (
    GOES_THROUGH,
    fill_cart,
    go_to_pay,
    history,
    orders,
    pay_by_card,
    stock,
    the_mug,
    the_order,
)
from tests.journeys.stripe_side import (
    believed_expired,
    control,
    delivered,
    fails,
    gateway,
    nothing_is_delivered,
    pay,
    refunds,
    session,
    works_again,
)
from tests.support.fixtures_shop import Shop
from tests.support.goods import Goods
from tests.support.sandbox import Sandbox
from tests.support.shoppers import Shopper


async def test_a_bank_takes_its_time_and_the_shopper_is_told(
    ada: Shopper, goods: Goods, sandbox: Sandbox
) -> None:
    mug = await goods("mug", stock=5)
    await fill_cart(ada, "Mug", 2)
    await go_to_pay(ada)
    await ada.follow("SEPA")
    await ada.submit("Pay", iban=GOES_THROUGH, billingName="Ada")
    assert ada.page.text("h1") == "Your bank is confirming the payment"
    assert not ada.page.has("main form")
    assert await stock(mug) == (5, 2)


@pytest.fixture
async def by_bank(ada: Shopper, goods: Goods, sandbox: Sandbox) -> str:
    """The payment of two of ada's five mugs that her bank has not decided about."""
    await goods("mug", stock=5)
    await fill_cart(ada, "Mug", 2)
    paid = await pay(sandbox, await go_to_pay(ada), "delayed")
    assert (await the_order()).status == "processing"
    return str(paid["payment_intent"])


async def test_the_bank_pays(by_bank: str, ada: Shopper, sandbox: Sandbox) -> None:
    await control(sandbox, f"payments/{by_bank}/settle", succeeds=True)
    assert await history(await the_order()) == ["pending", "processing", "paid"]
    assert await stock(await the_mug()) == (3, 0)


async def test_the_bank_does_not_pay(by_bank: str, ada: Shopper, sandbox: Sandbox) -> None:
    await control(sandbox, f"payments/{by_bank}/settle", succeeds=False)
    assert await history(await the_order()) == ["pending", "processing", "cart"]
    assert await stock(await the_mug()) == (5, 0)
    await ada.open("/cart")
    assert "The bank did not confirm the payment." in ada.page.says()
    await go_to_pay(ada)
    await pay_by_card(ada)
    assert ada.page.text("h1") == "Thank you"


async def test_the_bank_pays_and_only_the_reconciler_hears_of_it(
    by_bank: str, shop: Shop, sandbox: Sandbox
) -> None:
    await nothing_is_delivered(sandbox)
    await control(sandbox, f"payments/{by_bank}/settle", succeeds=True)
    await run_once(gateway(shop), everything=True)
    assert (await the_order()).status == "paid"


async def test_while_the_bank_decides_the_order_cannot_be_changed_or_paid_again(
    by_bank: str, ada: Shopper, sandbox: Sandbox
) -> None:
    order = await the_order()
    for way in ("payment", "reopen"):
        answer = await ada.post(f"/orders/{order.token}/{way}")
        assert answer.headers["location"] == f"/orders/{order.token}"
    assert (await the_order()).status == "processing"


async def test_success_is_enough_when_processing_was_never_heard(
    ada: Shopper, goods: Goods, sandbox: Sandbox
) -> None:
    await goods("mug")
    await fill_cart(ada, "Mug")
    session_id = await go_to_pay(ada)
    await nothing_is_delivered(sandbox)
    paid = await pay(sandbox, session_id, "delayed")
    await control(sandbox, f"payments/{paid['payment_intent']}/settle", succeeds=True)
    await delivered(sandbox, "checkout.session.async_payment_succeeded")
    assert await history(await the_order()) == ["pending", "paid"]


async def test_the_end_may_be_heard_before_the_beginning(by_bank: str, sandbox: Sandbox) -> None:
    await nothing_is_delivered(sandbox)
    await control(sandbox, f"payments/{by_bank}/settle", succeeds=False)
    await delivered(sandbox, order="reversed")
    assert await history(await the_order()) == ["pending", "processing", "cart"]


@pytest.fixture
async def late(ada: Shopper, goods: Goods, sandbox: Sandbox, shop: Shop) -> str:
    """A session for three of five mugs that the shop believes to have run out."""
    await goods("mug", price=1234, stock=5)
    await fill_cart(ada, "Mug", 3)
    found = await go_to_pay(ada)
    await believed_expired(shop, found)
    assert (await the_order()).status == "cart"
    return found


async def test_late_money_pays_while_the_stock_is_free(late: str, ada: Shopper, sandbox: Sandbox) -> None:
    await pay(sandbox, late)
    assert (await the_order()).status == "paid"
    assert await stock(await the_mug()) == (2, 0)
    assert (await ada.open(f"/orders/{(await the_order()).token}")).text("h1") == "Thank you"
    assert "Your cart is empty" in (await ada.open("/cart")).says()


async def test_late_money_goes_back_once_when_the_stock_is_gone(
    late: str, ada: Shopper, ben: Shopper, sandbox: Sandbox
) -> None:
    await fill_cart(ben, "Mug", 3)
    await go_to_pay(ben)
    await pay(sandbox, late)
    returned = await refunds(sandbox)
    assert [refund["amount"] for refund in returned] == [3702]
    assert [order.status for order in await orders()] == ["cart", "pending"]
    assert await stock(await the_mug()) == (5, 3)
    assert await Payment.count() == 1


async def test_money_given_back_is_told_to_shopper_and_merchant(
    late: str, ada: Shopper, ben: Shopper, sandbox: Sandbox
) -> None:
    await fill_cart(ben, "Mug", 3)
    await go_to_pay(ben)
    await pay(sandbox, late)
    told = await Letter.select(Letter.recipient).where(Letter.kind == "given back").order_by(Letter.id)
    assert [letter["recipient"] for letter in told] == [ada.email, "merchant"]


async def test_late_money_goes_back_when_the_cart_was_changed_meanwhile(
    late: str, ada: Shopper, sandbox: Sandbox
) -> None:
    await ada.open("/cart")
    await ada.submit("One more")
    await pay(sandbox, late)
    assert [refund["amount"] for refund in await refunds(sandbox)] == [3702]
    assert (await the_order()).status == "cart"


async def test_paid_by_the_older_page_and_the_newer_one_is_closed(
    late: str, ada: Shopper, sandbox: Sandbox
) -> None:
    newer = await go_to_pay(ada)
    await pay(sandbox, late)
    order = await the_order()
    assert (order.status, order.stripe_session_id) == ("paid", late)
    assert (await session(sandbox, newer))["status"] == "expired"
    assert await stock(await the_mug()) == (2, 0)
    assert await refunds(sandbox) == []


async def test_a_second_payment_goes_back(late: str, ada: Shopper, sandbox: Sandbox) -> None:
    newer = await go_to_pay(ada)
    await pay_by_card(ada)
    await pay(sandbox, late)
    order = await the_order()
    assert (order.status, order.stripe_session_id) == ("paid", newer)
    assert [refund["amount"] for refund in await refunds(sandbox)] == [3702]
    assert await Payment.count() == 2
    assert await stock(await the_mug()) == (2, 0)


async def test_a_second_payment_goes_back_once_however_often_it_is_told(
    late: str, ada: Shopper, shop: Shop, sandbox: Sandbox
) -> None:
    await go_to_pay(ada)
    await pay_by_card(ada)
    await nothing_is_delivered(sandbox)
    await pay(sandbox, late)
    await delivered(sandbox, order="shuffled")
    await ada.get(f"/checkout/return?session_id={late}")
    await run_once(gateway(shop), everything=True)
    assert len(await refunds(sandbox)) == 1


async def test_a_refund_that_stripe_does_not_answer_is_made_later_and_once(
    late: str, ada: Shopper, shop: Shop, sandbox: Sandbox
) -> None:
    await go_to_pay(ada)
    await pay_by_card(ada)
    await fails(sandbox, "POST", "/v1/refunds", status=503, close=None, effect=True, should_retry=False)
    await pay(sandbox, late)
    assert [row["state"] for row in await Refund.select(Refund.state)] in (["requested"], ["succeeded"])
    await works_again(sandbox)
    await run_once(gateway(shop), everything=True)
    assert [row["state"] for row in await Refund.select(Refund.state)] == ["succeeded"]
    assert len(await refunds(sandbox)) == 1


async def test_money_for_a_cart_that_joined_another_goes_back(
    late: str, ada: Shopper, guest_cart_joins: None, sandbox: Sandbox
) -> None:
    await pay(sandbox, late)
    first = (await orders())[0]
    assert first.status == "cancelled"
    assert [refund["amount"] for refund in await refunds(sandbox)] == [3702]


@pytest.fixture
async def guest_cart_joins(late: str, ada: Shopper) -> None:
    """Ada had an account with a cart of its own, and signs in."""
    cookie = ada.client.cookies["cart"]
    ada.client.cookies.clear()
    await make_account(ada)
    await fill_cart(ada, "Mug")
    await sign_out(ada)
    ada.client.cookies.set("cart", cookie, domain="localhost.local")
    await sign_in(ada)
