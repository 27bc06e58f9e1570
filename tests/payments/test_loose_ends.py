"""What comes in another order than it should, and what is left for the next round."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import httpx
import pytest

from shop import clock
from shop.errors import SoldOut
from shop.mail.tables import Letter
from shop.orders import moves
from shop.orders.tables import Log
from shop.payments import (
    aftermath,
    attempts,
    background,
    handling,
    ledger,
    opening,
    refunds,
    routes,
    stripe_gateway,
)
from shop.payments.facts import EventFacts, RefundFacts
from shop.payments.reconcile import run_once
from shop.payments.settle import record, settle
from shop.payments.tables import Attempt, Payment, Refund
from tests.journeys.steps import buy, fill_cart, go_to_pay, press_pay, stock, the_mug, the_order
from tests.journeys.stripe_side import (
    believed_expired,
    fails,
    gateway,
    nothing_is_delivered,
    pay,
    works_again,
)
from tests.journeys.stripe_side import refunds as at_stripe
from tests.payments.by_hand import a_payment, an_order
from tests.support.fixtures_shop import Shop
from tests.support.goods import Goods
from tests.support.sandbox import Sandbox
from tests.support.shoppers import Shopper

STATES = ("succeeded", "pending", "requested", "failed", "canceled")


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


async def test_late_money_that_loses_a_race_for_its_order_is_undone_and_comes_again(
    ada: Shopper, goods: Goods, shop: Shop, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    mug = await goods("mug", price=1234, stock=5)
    await fill_cart(ada, "Mug", 2)
    late = await go_to_pay(ada)
    await believed_expired(shop, late)
    await nothing_is_delivered(sandbox)
    await pay(sandbox, late)

    async def too_late(*_: object) -> bool:
        return False

    with monkeypatch.context() as patched:
        patched.setattr(moves, "pay_late", too_late)
        with pytest.raises(SoldOut) as raised:
            await settle(gateway(shop), late)
        assert str(raised.value) == f"order {(await the_order()).number}"
        assert await Payment.count() == 0
    assert (await settle(gateway(shop), late)).result == "paid"
    assert await stock(mug) == (3, 0)


async def test_stripe_is_given_twenty_seconds_and_a_webhook_three(
    ada: Shopper, goods: Goods, shop: Shop, sandbox: Sandbox, patience: list[float | None]
) -> None:
    await goods("mug", price=1234, stock=5)
    await fill_cart(ada, "Mug", 2)
    session = await go_to_pay(ada)
    patience.clear()
    await settle(gateway(shop), session)
    event = EventFacts(
        "evt_1", "checkout.session.completed", livemode=False, account=None, session_id=session
    )
    await handling.handle(gateway(shop), event)
    assert [seconds for seconds in patience if seconds == 20] == [20, 20]
    await pay(sandbox, session)
    assert 3 in patience


def test_how_long_stripe_is_waited_for_and_how_often_it_is_asked() -> None:
    """A shopper waits behind most of these."""
    assert stripe_gateway.TIMEOUT == httpx.Timeout(8, connect=2)
    assert (stripe_gateway.RETRIES, stripe_gateway.TOLERANCE) == (2, 300)
    assert timedelta(hours=23) == stripe_gateway.KEY_LIVES
    assert timedelta(minutes=5) == stripe_gateway.FAILS_FOR_GOOD
    assert (opening.BUDGET, opening.SLACK) == (12, timedelta(minutes=10))
    assert (attempts.TIME_TO_PAY, routes.BUDGET, routes.LARGEST) == (timedelta(minutes=35), 3, 262_144)
    assert (background.PAUSE, background.LASTS) == (10, timedelta(minutes=1))


async def test_what_went_back_is_summed_by_payment_and_by_order(environment: None) -> None:
    ada_s = await an_order("ada", "paid", stripe_payment_intent_id="pi_of_ada")
    ben_s = await an_order("ben", "paid", stripe_payment_intent_id="pi_of_ben")
    paid = await a_payment(ada_s, payment_intent_id="pi_of_ada")
    paid_by_ben = await a_payment(ben_s, payment_intent_id="pi_of_ben")
    second = await a_payment(ada_s)
    number = 0
    for payment, states in ((paid, STATES), (paid_by_ben, STATES), (second, STATES)):
        for state in states:
            number += 1
            amount = 1 << number
            await refunds.request(payment, amount, "staff:merchant@example.com", "", token=f"{number}")
            await Refund.update({Refund.state: state}).where(Refund.token == f"{number}")
    assert [await ledger.returned(payment.id) for payment in (paid, paid_by_ben, second)] == [2, 64, 2048]
    assert await ledger.returned_of_order(ada_s.id) == 2
    assert await ledger.returned_of_order(ben_s.id) == 64
    assert await ledger.given_back_of_order(ada_s.id) == 2048 + 4096 + 8192
    assert await ledger.given_back_of_order(ben_s.id) == 0
    assert await refunds.promised(paid.id) == 2 + 4 + 8
    await Refund.delete(force=True)
    assert await ledger.returned(paid.id) == await ledger.returned_of_order(ada_s.id) == 0
    assert await ledger.given_back_of_order(ada_s.id) == await refunds.promised(paid.id) == 0


async def test_a_payment_of_ours_for_no_try_of_ours_is_told_once_and_its_refunds_are_kept(
    ada: Shopper, goods: Goods, shop: Shop, sandbox: Sandbox
) -> None:
    await goods("mug", price=1234, stock=5)
    await buy(ada, "Mug", 2)
    order = await the_order()
    session = await gateway(shop).session(str(order.stripe_session_id))
    assert session.intent is not None
    back = RefundFacts("re_1", 100, "EUR", "succeeded", "", clock.now())
    intent = replace(session.intent, id="pi_strange", charge_id="ch_strange", refunds=(back,))
    strange = replace(session, id="cs_test_strange00000", attempt="strange", intent=intent)
    first = await record(strange)
    assert await Log.count().where(Log.what == "review") == 1
    told = [first, await record(strange), await record(replace(strange, order=""))]
    assert [each.result for each in told] == ["flagged: unknown attempt"] * 3
    problem = "cs_test_strange00000 was paid and belongs to no attempt of ours"
    assert await Log.select(Log.actor, Log.why).where(Log.what == "review") == [
        {"actor": "stripe", "why": problem}
    ]
    assert await Letter.count().where(Letter.kind == "review") == 1
    payment = await Payment.objects().get(Payment.payment_intent_id == "pi_strange")
    assert payment is not None
    assert (payment.order, payment.problem) == (order.id, "it belongs to no attempt of ours")
    assert payment.attempt is None
    [refund] = await Refund.objects()
    assert (refund.payment, refund.amount, refund.state) == (payment.id, 100, "succeeded")
    await Refund.delete(force=True)
    await payment.remove()
    await Letter.delete().where(Letter.kind.is_in(["review", "refunded"]))


async def test_an_older_word_about_a_refund_undoes_nothing_and_says_nothing_of_the_others(
    ada: Shopper, goods: Goods, shop: Shop, sandbox: Sandbox
) -> None:
    await goods("mug", price=1234, stock=5)
    await buy(ada, "Mug", 2)
    session = await gateway(shop).session(str((await the_order()).stripe_session_id))
    assert session.intent is not None
    [payment] = await Payment.objects()
    for number, state in enumerate(STATES):
        await refunds.request(payment, 100, "staff:merchant@example.com", "", token=f"{number}")
        values: dict[Any, Any] = {Refund.state: state, Refund.stripe_refund_id: f"re_{number}"}
        await Refund.update(values).where(Refund.token == f"{number}")
    for word, wanted in (
        ("pending", ["succeeded", "pending", "pending", "failed", "canceled"]),
        ("requires_action", ["succeeded", "requires_action", "requires_action", "failed", "canceled"]),
        ("failed", ["failed"] * 5),
        ("succeeded", ["succeeded"] * 5),
    ):
        said = [RefundFacts(f"re_{number}", 100, "EUR", word, "", clock.now()) for number in range(5)]
        for each in said:
            await record(replace(session, intent=replace(session.intent, refunds=(each,))))
        assert [row["state"] for row in await Refund.select(Refund.state).order_by(Refund.id)] == wanted
    await Refund.delete(force=True)
    await Letter.delete().where(Letter.kind.is_in(["refund failed", "refunded"]))
