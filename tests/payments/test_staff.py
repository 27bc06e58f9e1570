"""What staff do about money: give it back, whole or in part, and cancel what is not paid yet."""

from datetime import timedelta
from typing import cast

import pytest

from shop import clock
from shop.errors import GatewayUnreachable, OrderMoved, RefundRefused, RefundTooLarge
from shop.mail.tables import Letter
from shop.orders.tables import Log, Order
from shop.payments import attempts, staff
from shop.payments.facts import RefundFacts
from shop.payments.reconcile import run_once
from shop.payments.stripe_gateway import StripeGateway
from shop.payments.tables import Attempt, Refund
from tests.journeys.steps import buy, fill_cart, go_to_pay, history, stock, the_mug, the_order
from tests.journeys.stripe_side import (
    asked,
    believed_expired,
    control,
    expire,
    fails,
    gateway,
    nothing_is_delivered,
    pay,
    refunds,
    session,
    sessions,
    works_again,
)
from tests.payments.by_hand import a_payment, a_refund, a_try, an_order
from tests.support.fixtures_shop import Shop
from tests.support.goods import Goods
from tests.support.sandbox import Sandbox
from tests.support.shoppers import Shopper

BY = "staff:merchant@example.com"


@pytest.fixture
async def paid(ada: Shopper, goods: Goods, sandbox: Sandbox) -> Order:
    """Ada has paid €24.68 for two of five mugs."""
    await goods("mug", price=1234, stock=5)
    await buy(ada, "Mug", 2)
    return await the_order()


@pytest.fixture
async def waiting(ada: Shopper, goods: Goods, sandbox: Sandbox) -> str:
    """Stripe's page for two of five mugs waits for ada's card."""
    await goods("mug", price=1234, stock=5)
    await fill_cart(ada, "Mug", 2)
    return await go_to_pay(ada)


async def give_back(
    shop: Shop, amount: int | None, request: str = "form", why: str = "it was broken"
) -> None:
    await staff.refund(gateway(shop), await the_order(), amount, BY, "it was broken", request)


async def cancel(shop: Shop) -> Order:
    return await staff.cancel(gateway(shop), await the_order(), BY, "by telephone")


async def rows(what: str) -> list[tuple[str, str]]:
    found = await Log.select(Log.actor, Log.why).where(Log.what == what).order_by(Log.id)
    return [(row["actor"], row["why"]) for row in found]


async def letters(kind: str) -> list[str]:
    found = await Letter.select(Letter.recipient).where(Letter.kind == kind).order_by(Letter.id)
    return [letter["recipient"] for letter in found]


async def test_all_that_is_left_is_given_back(
    paid: Order, ada: Shopper, shop: Shop, sandbox: Sandbox
) -> None:
    await give_back(shop, None)
    [at_stripe] = await refunds(sandbox)
    [ours] = await Refund.objects()
    assert (at_stripe["amount"], at_stripe["metadata"]["refund"]) == (2468, "form")
    assert (ours.token, ours.state, ours.amount, ours.currency) == ("form", "succeeded", 2468, "EUR")
    assert (ours.requested_by, ours.why) == (BY, "it was broken")
    assert ours.stripe_refund_id == at_stripe["id"]
    assert await rows("refund") == [(BY, "24.68 EUR: it was broken")]
    assert await letters("refunded") == [ada.email]
    assert (await the_order()).status == "paid"


async def test_a_part_is_given_back_and_then_no_more_than_the_rest(
    paid: Order, shop: Shop, sandbox: Sandbox
) -> None:
    await give_back(shop, 1000)
    with pytest.raises(RefundTooLarge):
        await give_back(shop, 1469, "second")
    await give_back(shop, 1, "third")
    await give_back(shop, None, "fourth")
    assert sorted(refund["amount"] for refund in await refunds(sandbox)) == [1, 1000, 1467]
    with pytest.raises(RefundTooLarge):
        await give_back(shop, None, "fifth")


@pytest.mark.parametrize("amount", [0, -1, 2469])
async def test_nothing_less_than_nothing_and_too_much_are_not_given_back(
    amount: int, paid: Order, shop: Shop, sandbox: Sandbox
) -> None:
    with pytest.raises(RefundTooLarge):
        await give_back(shop, amount)
    assert await refunds(sandbox) == []
    assert await Refund.count() == 0


async def test_the_same_form_sent_twice_gives_back_once(paid: Order, shop: Shop, sandbox: Sandbox) -> None:
    await give_back(shop, 1000)
    await give_back(shop, 1000)
    await give_back(shop, None)
    assert [refund["amount"] for refund in await refunds(sandbox)] == [1000]
    assert len(await rows("refund")) == 1


async def test_what_was_not_paid_cannot_be_given_back(waiting: str, shop: Shop, sandbox: Sandbox) -> None:
    with pytest.raises(OrderMoved):
        await give_back(shop, None)
    assert await Refund.count() == 0


async def test_what_stripe_refuses_is_said_and_can_be_asked_for_anew(
    paid: Order, shop: Shop, sandbox: Sandbox
) -> None:
    await fails(sandbox, "POST", "/v1/refunds", status=400, close=None)
    with pytest.raises(RefundRefused):
        await give_back(shop, None)
    await works_again(sandbox)
    with pytest.raises(RefundRefused):
        await give_back(shop, None)
    assert await letters("refund failed") == ["merchant"]
    await give_back(shop, None, "a new form")
    assert [row["state"] for row in await Refund.select(Refund.state).order_by(Refund.id)] == [
        "failed",
        "succeeded",
    ]


async def test_a_refund_that_nobody_answers_is_finished_by_the_reconciler(
    paid: Order, shop: Shop, sandbox: Sandbox
) -> None:
    await fails(sandbox, "POST", "/v1/refunds")
    with pytest.raises(GatewayUnreachable):
        await give_back(shop, 1000)
    assert [row["state"] for row in await Refund.select(Refund.state)] == ["requested"]
    await works_again(sandbox)
    report = await run_once(gateway(shop))
    assert report.refunds == 1
    assert [row["state"] for row in await Refund.select(Refund.state)] == ["succeeded"]
    assert [refund["amount"] for refund in await refunds(sandbox)] == [1000]


async def test_after_a_refund_everything_about_the_payment_is_read_again(
    paid: Order, shop: Shop, sandbox: Sandbox
) -> None:
    """A refund that was made at Stripe's own page a moment before comes into the books with it."""
    await nothing_is_delivered(sandbox)
    await control(sandbox, f"payments/{paid.stripe_payment_intent_id}/refund", amount=468)
    await give_back(shop, 1000)
    assert sorted([row["amount"] for row in await Refund.select(Refund.amount)]) == [468, 1000]


async def test_a_payment_that_came_first_and_paid_for_nothing_is_not_the_one_that_is_given_back(
    waiting: str, ada: Shopper, shop: Shop, sandbox: Sandbox
) -> None:
    await believed_expired(shop, waiting)
    await ada.open("/cart")
    await ada.submit("One more")
    await pay(sandbox, waiting)
    newer = await go_to_pay(ada)
    await pay(sandbox, newer)
    await give_back(shop, 700)
    found = await Refund.select(Refund.payment.session_id, Refund.amount).order_by(Refund.id)
    assert [(row["payment.session_id"], row["amount"]) for row in found] == [(waiting, 2468), (newer, 700)]


async def test_what_did_not_agree_is_given_back_by_staff_and_the_cart_returns(
    waiting: str, shop: Shop, sandbox: Sandbox
) -> None:
    await pay(sandbox, waiting, amount_total=1000)
    assert (await the_order()).review
    await nothing_is_delivered(sandbox)
    await give_back(shop, None)
    order = await the_order()
    assert order.status == "cart"
    assert order.review is None
    assert await stock(await the_mug()) == (5, 0)
    assert await rows("cart") == [(BY, "The payment was returned.")]


async def test_a_waiting_order_is_cancelled_and_its_page_closed(
    waiting: str, shop: Shop, sandbox: Sandbox
) -> None:
    await nothing_is_delivered(sandbox)
    order = await cancel(shop)
    assert order.status == "cancelled"
    assert (await session(sandbox, waiting))["status"] == "expired"
    assert await stock(await the_mug()) == (5, 0)
    assert await history(order) == ["pending", "cancelling", "cancelled"]
    assert await rows("cancelling") == [(BY, "by telephone")]
    assert [actor for actor, _ in await rows("cancelled")] == [BY]


async def test_a_page_that_was_never_answered_is_asked_for_again_before_it_is_closed(
    ada: Shopper, goods: Goods, shop: Shop, sandbox: Sandbox
) -> None:
    await goods("mug", stock=5)
    await fill_cart(ada, "Mug", 2)
    await fails(sandbox, "POST", "/v1/checkout/sessions")
    await ada.open("/checkout")
    await ada.submit(action="/checkout", email=ada.email)
    assert [row["state"] for row in await Attempt.select(Attempt.state)] == ["creating"]
    await works_again(sandbox)
    await nothing_is_delivered(sandbox)
    assert (await cancel(shop)).status == "cancelled"
    assert [found["status"] for found in await sessions(sandbox)] == ["expired"]
    assert [actor for actor, _ in await rows("attempt open")] == [BY]


async def test_paid_before_it_could_be_cancelled_it_is_paid_and_the_merchant_is_told(
    waiting: str, shop: Shop, sandbox: Sandbox
) -> None:
    await nothing_is_delivered(sandbox)
    await pay(sandbox, waiting)
    order = await cancel(shop)
    assert order.status == "paid"
    assert order.cancelling_at is None
    assert await letters("review") == ["merchant"]
    assert await stock(await the_mug()) == (3, 0)


async def test_expired_meanwhile_it_is_cancelled_all_the_same(
    waiting: str, shop: Shop, sandbox: Sandbox
) -> None:
    await nothing_is_delivered(sandbox)
    await expire(sandbox, waiting)
    assert (await cancel(shop)).status == "cancelled"


async def test_while_stripe_does_not_answer_the_wish_stands_and_the_reconciler_goes_on(
    waiting: str, shop: Shop, sandbox: Sandbox
) -> None:
    await fails(sandbox)
    with pytest.raises(GatewayUnreachable):
        await cancel(shop)
    order = await the_order()
    assert (order.status, order.cancelling_at is None) == ("pending", False)
    await works_again(sandbox)
    await run_once(gateway(shop))
    assert (await the_order()).status == "cancelled"
    assert (await session(sandbox, waiting))["status"] == "expired"


async def test_what_is_paid_cannot_be_cancelled(paid: Order, shop: Shop, sandbox: Sandbox) -> None:
    with pytest.raises(OrderMoved):
        await cancel(shop)
    assert (await the_order()).cancelling_at is None
    assert await rows("cancelling") == []


async def test_while_the_bank_decides_an_order_cannot_be_cancelled(
    waiting: str, shop: Shop, sandbox: Sandbox
) -> None:
    await pay(sandbox, waiting, "delayed")
    with pytest.raises(OrderMoved):
        await cancel(shop)


async def test_an_order_in_review_cannot_be_cancelled(waiting: str, shop: Shop, sandbox: Sandbox) -> None:
    await pay(sandbox, waiting, amount_total=1000)
    with pytest.raises(OrderMoved):
        await cancel(shop)


async def test_ben_s_order_is_left_alone_when_ada_s_is_cancelled_or_given_back(
    waiting: str, ben: Shopper, shop: Shop, sandbox: Sandbox
) -> None:
    ada_s = await the_order()
    await buy(ben, "Mug", 1)
    await staff.cancel(gateway(shop), ada_s, BY, "by telephone")
    found = await Order.select(Order.status, Order.cancelling_at).order_by(Order.id)
    assert [row["status"] for row in found] == ["cancelled", "paid"]
    assert found[1]["cancelling_at"] is None
    with pytest.raises(OrderMoved):
        await staff.refund(gateway(shop), ada_s, None, BY, "nothing was paid", "form")
    assert await attempts.live(ada_s.id) is None
    assert await asked(sandbox, "POST", "/v1/refunds") == []


class NothingMade:
    """Stripe, where no page was ever made for the try, and a refund can be."""

    def __init__(self) -> None:
        self.given_back: list[str] = []

    async def session_of_attempt(self, *_: object) -> None:
        return None

    async def refund(self, intent: str, amount: int, *_: object) -> RefundFacts:
        self.given_back.append(intent)
        return RefundFacts("re_1", amount, "EUR", "succeeded", "", clock.now())


async def test_where_no_page_was_made_an_order_is_cancelled_and_older_money_goes_back(
    environment: None,
) -> None:
    """Money that came for it earlier, and whose refund nobody has answered yet."""
    order = await an_order()
    payment = await a_payment(order)
    await a_refund(payment)
    await a_try(order, "creating", session_id=None, created_at=clock.now() - timedelta(days=1))
    stripe = NothingMade()
    cancelled = await staff.cancel(cast("StripeGateway", stripe), order, BY, "by telephone")
    assert cancelled.status == "cancelled"
    assert stripe.given_back == [payment.payment_intent_id]


async def test_where_there_is_no_try_the_wish_to_cancel_stands(environment: None) -> None:
    stripe = NothingMade()
    wished = await staff.cancel(cast("StripeGateway", stripe), await an_order(), BY, "by telephone")
    assert wished.cancelling_at is not None
