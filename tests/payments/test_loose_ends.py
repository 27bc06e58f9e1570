"""What comes in another order than it should, and what is left for the next round."""

from datetime import timedelta

from shop import clock
from shop.orders.tables import Log
from shop.payments import aftermath, attempts, refunds
from shop.payments.reconcile import run_once
from shop.payments.tables import Attempt, Payment, Refund
from tests.journeys.steps import buy, fill_cart, go_to_pay, press_pay, stock, the_mug, the_order
from tests.journeys.stripe_side import believed_expired, fails, gateway, pay, works_again
from tests.journeys.stripe_side import refunds as at_stripe
from tests.support.fixtures_shop import Shop
from tests.support.goods import Goods
from tests.support.sandbox import Sandbox
from tests.support.shoppers import Shopper


async def test_the_older_page_is_paid_while_a_changed_order_waits_and_its_money_goes_back(
    ada: Shopper, goods: Goods, shop: Shop, sandbox: Sandbox
) -> None:
    mug = await goods("mug", price=1234, stock=5)
    await fill_cart(ada, "Mug", 2)
    older = await go_to_pay(ada)
    await believed_expired(shop, older)
    await ada.open("/cart")
    await ada.submit("One more")
    await go_to_pay(ada)
    await pay(sandbox, older)
    order = await the_order()
    assert order.status == "pending"
    assert await stock(mug) == (5, 3)
    [payment] = await Payment.objects()
    assert payment.problem == "the order was changed after this payment was begun"
    assert [refund["amount"] for refund in await at_stripe(sandbox)] == [2468]


async def test_late_money_takes_the_very_last_pieces(
    ada: Shopper, ben: Shopper, goods: Goods, shop: Shop, sandbox: Sandbox
) -> None:
    mug = await goods("mug", price=1234, stock=5)
    await fill_cart(ada, "Mug", 2)
    late = await go_to_pay(ada)
    await believed_expired(shop, late)
    await fill_cart(ben, "Mug", 3)
    await go_to_pay(ben)
    await pay(sandbox, late)
    assert await stock(mug) == (3, 3)
    rows = await Log.select(Log.why).where(Log.what == "paid")
    assert [row["why"] for row in rows] == ["the payment arrived after its time had run out"]


async def test_what_stripe_does_not_answer_is_left_to_the_reconciler(
    ada: Shopper, goods: Goods, shop: Shop, sandbox: Sandbox
) -> None:
    await goods("mug", price=1234, stock=5)
    await buy(ada, "Mug", 2)
    order = await the_order()
    [payment] = await Payment.objects()
    await refunds.request(payment, 100, "staff:merchant@example.com", "broken", token="token")
    await fails(sandbox, status=503, close=None, should_retry=False)
    await aftermath.follow_up(gateway(shop), order.id)
    assert [row["state"] for row in await Refund.select(Refund.state)] == ["requested"]
    await works_again(sandbox)
    await aftermath.follow_up(gateway(shop), order.id)
    assert [row["state"] for row in await Refund.select(Refund.state)] == ["succeeded"]


async def test_a_page_that_stripe_refuses_to_the_reconciler_is_an_answer(
    ada: Shopper, goods: Goods, shop: Shop, sandbox: Sandbox
) -> None:
    await goods("mug", price=1234, stock=5)
    await fill_cart(ada, "Mug", 2)
    await fails(sandbox, "POST", "/v1/checkout/sessions", status=503, close=None, should_retry=False)
    await press_pay(ada)
    await works_again(sandbox)
    await fails(sandbox, "POST", "/v1/checkout/sessions", status=400, close=None)
    clock.move(timedelta(seconds=61))
    report = await run_once(gateway(shop))
    assert (report.attempts, report.unanswered) == (1, 0)
    assert (await the_order()).status == "cart"
    assert await stock(await the_mug()) == (5, 0)
    rows = await Log.select(Log.actor).where(Log.what.is_in(["attempt failed", "cart"]))
    assert [row["actor"] for row in rows] == ["reconciler", "reconciler"]


async def test_a_page_that_the_reconciler_closes_is_closed_in_its_name(
    ada: Shopper, goods: Goods, shop: Shop, sandbox: Sandbox
) -> None:
    await goods("mug", price=1234, stock=5)
    await fill_cart(ada, "Mug", 2)
    session = await go_to_pay(ada)
    attempt = await attempts.of_session(session)
    assert attempt is not None
    await sandbox.client.post("/_control/deliveries/rules", json={"hold": ["*"]})
    clock.move(timedelta(minutes=36))
    await run_once(gateway(shop))
    rows = await Log.select(Log.actor, Log.why).where(Log.what == "cart")
    assert rows == [{"actor": "reconciler", "why": "The time for paying ran out."}]
    assert [row["state"] for row in await Attempt.select(Attempt.state)] == ["expired"]


async def test_a_payment_that_is_named_and_not_shown_is_asked_for_by_itself(
    ada: Shopper, goods: Goods, shop: Shop, sandbox: Sandbox
) -> None:
    await goods("mug", price=1234, stock=5)
    await buy(ada, "Mug", 2)
    order = await the_order()
    intent = await gateway(shop)._intent(order.stripe_payment_intent_id)
    assert intent is not None
    assert (intent.id, intent.charge_id) == (order.stripe_payment_intent_id, order.stripe_charge_id)
    assert (intent.received, intent.currency, intent.returned) == (2468, "EUR", 0)
    assert await gateway(shop)._intent(None) is None
