"""A call whose outcome is unknown is made again with the same key, or looked for, or given up.

Stripe is a few lines here, so that every answer can be had at every age.
"""

import asyncio
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import pytest

from shop import clock
from shop.database import transaction
from shop.errors import GatewayFailed, GatewayRefused, GatewayReplayedFailure, GatewayUnreachable
from shop.orders.tables import Log, Order
from shop.payments import aftermath, attempts, opening, refunds, returning, settle
from shop.payments.facts import IntentFacts, RefundFacts, SessionFacts
from shop.payments.installation import shop_id
from shop.payments.stripe_gateway import StripeGateway
from shop.payments.tables import Attempt, Payment, Refund
from tests.journeys.steps import fill_cart, go_to_pay, stock, the_mug, the_order
from tests.journeys.stripe_side import gateway, nothing_is_delivered, pay
from tests.payments.by_hand import a_try, an_order, said, said_paid
from tests.support.fixtures_shop import Shop
from tests.support.goods import Goods
from tests.support.sandbox import Sandbox
from tests.support.shoppers import Shopper

SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)


@dataclass
class Stripe:
    """Answers each call with what it was given, and remembers what was asked."""

    answers: list[Any]
    found: Any = None

    def __post_init__(self) -> None:
        self.calls: list[Any] = []

    async def _call(self, *asked: Any) -> Any:
        self.calls.append(asked)
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        if isinstance(answer, float):
            await asyncio.sleep(answer)
        return answer

    async def refund(self, *asked: Any) -> Any:
        return await self._call("refund", *asked)

    async def create_session(self, *asked: Any) -> Any:
        return await self._call("create", *asked)

    async def refund_of_token(self, *asked: Any) -> Any:
        self.calls.append(("look for refund", *asked))
        return self.found

    async def session_of_attempt(self, *asked: Any) -> Any:
        self.calls.append(("look for session", *asked))
        return self.found

    def kinds(self) -> list[str]:
        return [str(call[0]) for call in self.calls]


def as_gateway(stripe: Stripe) -> StripeGateway:
    return cast("StripeGateway", stripe)


MADE = RefundFacts("re_1", 100, "EUR", "succeeded", "token", datetime(2026, 1, 1, tzinfo=UTC))


@pytest.fixture
async def asked_back(environment: None) -> Refund:
    """€1.00 of a payment is to go back, and nobody has asked Stripe yet."""
    payment = Payment(payment_intent_id="pi_1", amount=2468, currency="EUR", received_at=clock.now())
    await payment.save()
    await refunds.request(payment, 100, "staff:merchant@example.com", "broken", token="token")
    return await the_refund()


async def the_refund() -> Refund:
    [refund] = await Refund.objects()
    return refund


async def carry_out(*answers: Any, found: Any = None) -> Stripe:
    stripe = Stripe(list(answers), found)
    await refunds.carry_out(as_gateway(stripe), "token")
    return stripe


async def test_a_refund_is_asked_for_with_its_own_key(asked_back: Refund) -> None:
    stripe = await carry_out(MADE)
    assert stripe.calls == [("refund", "pi_1", 100, {"refund": "token"}, asked_back.idempotency_key)]
    refund = await the_refund()
    assert (refund.state, refund.stripe_refund_id) == ("succeeded", "re_1")
    assert refund.checked_at is not None
    assert (await carry_out()).calls == []


async def test_a_refund_s_state_is_stripe_s_word(asked_back: Refund) -> None:
    await carry_out(replace(MADE, status="requires_action_of_somebody"))
    assert (await the_refund()).state == "requires_action_of_s"


async def test_a_refund_that_is_refused_has_failed(asked_back: Refund) -> None:
    await carry_out(GatewayRefused(400, "charge_already_refunded"))
    refund = await the_refund()
    assert refund.state == "failed"
    assert refund.stripe_refund_id is None


@pytest.mark.parametrize("age", [timedelta(), 23 * HOUR - MINUTE])
async def test_without_an_answer_a_refund_keeps_its_key(age: timedelta, asked_back: Refund) -> None:
    clock.move(age)
    with pytest.raises(GatewayUnreachable):
        await carry_out(GatewayUnreachable("no answer"))
    refund = await the_refund()
    assert (refund.state, refund.idempotency_key) == ("requested", asked_back.idempotency_key)
    assert (await carry_out(MADE)).calls[-1][-1] == asked_back.idempotency_key


async def test_after_a_day_a_refund_is_looked_for_before_it_is_asked_for_again(asked_back: Refund) -> None:
    clock.move(23 * HOUR + MINUTE)
    assert (await carry_out(found=MADE)).calls == [("look for refund", "pi_1", "token")]
    assert (await the_refund()).stripe_refund_id == "re_1"


async def test_after_a_day_a_refund_that_is_not_found_is_asked_for(asked_back: Refund) -> None:
    clock.move(23 * HOUR + MINUTE)
    assert (await carry_out(MADE)).kinds() == ["look for refund", "refund"]


@pytest.mark.parametrize("problem", [GatewayReplayedFailure("500"), GatewayFailed("503")], ids=["old", "new"])
async def test_a_failure_that_made_the_refund_after_all_is_found(
    problem: Exception, asked_back: Refund
) -> None:
    stripe = await carry_out(problem, found=MADE)
    assert stripe.calls[1:] == [("look for refund", "pi_1", "token")]
    assert (await the_refund()).state == "succeeded"


@pytest.mark.parametrize(
    ("problem", "age", "another_key"),
    [
        (GatewayReplayedFailure("500"), timedelta(), True),
        (GatewayFailed("503"), timedelta(), False),
        (GatewayFailed("503"), 5 * MINUTE - 10 * SECOND, False),
        (GatewayFailed("503"), 5 * MINUTE + SECOND, True),
    ],
    ids=["an old one", "a new one", "for minutes", "for good"],
)
async def test_a_failure_that_will_only_repeat_itself_gets_another_key(
    problem: Exception, age: timedelta, another_key: bool, asked_back: Refund
) -> None:
    clock.move(age)
    with pytest.raises(type(problem)):
        await carry_out(problem)
    refund = await the_refund()
    assert refund.state == "requested"
    assert (refund.idempotency_key != asked_back.idempotency_key) is another_key
    assert len(refund.idempotency_key) == 43


async def test_only_what_is_left_is_asked_back(environment: None) -> None:
    payment = Payment(payment_intent_id="pi_1", amount=2468, currency="EUR", received_at=clock.now())
    await payment.save()
    intent = IntentFacts("pi_1", "succeeded", 2468, "EUR", "ch_1", 468, disputed=False)
    token = await refunds.ask_back(intent, "nobody wanted it")
    refund = await the_refund()
    assert (refund.token, refund.amount, refund.requested_by) == (token, 2000, "shop")
    assert refund.why == "nobody wanted it"
    assert await refunds.ask_back(replace(intent, returned=2467), "the last cent") is not None
    for returned in (2468, 2469):
        assert await refunds.ask_back(replace(intent, returned=returned), "nothing is left") is None
    assert await Refund.count() == 2


@pytest.fixture
async def waiting(ada: Shopper, goods: Goods, sandbox: Sandbox) -> str:
    await goods("mug", price=1234, stock=5)
    await fill_cart(ada, "Mug", 2)
    await nothing_is_delivered(sandbox)
    return await go_to_pay(ada)


@pytest.fixture
async def unanswered(waiting: str, shop: Shop) -> SessionFacts:
    """What Stripe's answer to the call for ada's page would have been; it is lost, and half a day ago."""
    session = await gateway(shop).session(waiting)
    nothing: dict[Any, Any] = {Attempt.state: "creating", Attempt.session_id: None, Attempt.session_url: None}
    await Attempt.update(nothing, force=True)
    return session


async def open_page(stripe: Stripe) -> Attempt:
    return await opening.open_page(as_gateway(stripe), await the_try(), "somebody")


async def the_try() -> Attempt:
    [attempt] = await Attempt.objects()
    return attempt


async def log(what: str) -> list[tuple[str, str]]:
    rows = await Log.select(Log.actor, Log.why).where(Log.what == what).order_by(Log.id)
    return [(row["actor"], row["why"]) for row in rows]


@pytest.mark.parametrize("age", [timedelta(), 23 * HOUR - MINUTE])
async def test_within_a_day_the_call_for_a_page_is_made_again(
    age: timedelta, unanswered: SessionFacts
) -> None:
    clock.move(age)
    before = await the_try()
    stripe = Stripe([unanswered])
    attempt = await open_page(stripe)
    assert stripe.calls == [("create", attempts.asked(before), before.idempotency_key)]
    assert (attempt.state, attempt.session_id, attempt.session_url) == (
        "open",
        unanswered.id,
        unanswered.url,
    )
    assert (await log("attempt open"))[-1] == ("somebody", unanswered.id)
    assert (await open_page(Stripe([]))).id == attempt.id


async def test_the_call_for_a_page_carries_its_try_s_own_key(environment: None) -> None:
    order = await an_order()
    attempt = await a_try(order, "creating", session_id=None, parameters='{"mode": "payment"}')
    stripe = Stripe([await said(order, attempt, id="cs_new")])
    opened = await opening.open_page(as_gateway(stripe), attempt)
    assert stripe.calls == [("create", {"mode": "payment"}, attempt.idempotency_key)]
    assert (opened.state, opened.session_id) == ("open", "cs_new")


async def test_a_page_that_somebody_else_stored_meanwhile_and_that_is_paid_pays(environment: None) -> None:
    order = await an_order()
    attempt = await a_try(order, "creating", session_id="cs_new")
    await Attempt.update({Attempt.state: "open"}, force=True)
    paid = await said_paid(order, attempt)
    assert (await opening.open_page(as_gateway(Stripe([paid])), attempt)).state == "paid"
    assert (await the_order()).status == "paid"


async def test_after_a_day_a_page_is_looked_for(unanswered: SessionFacts) -> None:
    clock.move(23 * HOUR + MINUTE)
    made = (await the_try()).created_at
    stripe = Stripe([], unanswered)
    attempt = await open_page(stripe)
    asked = (attempt.token, made - 10 * MINUTE, made + 23 * HOUR + 10 * MINUTE)
    assert stripe.calls == [("look for session", *asked)]
    assert attempt.state == "open"


async def put_right(session: SessionFacts) -> None:
    """As it was, for whoever looks at the books after the test."""
    await Attempt.update({Attempt.session_id: session.id}, force=True)


async def test_a_page_that_was_never_made_gives_the_cart_back(unanswered: SessionFacts) -> None:
    clock.move(23 * HOUR + MINUTE)
    attempt = await open_page(Stripe([]))
    assert (attempt.state, attempt.why) == ("failed", "no session was made")
    assert await log("cart") == [("somebody", "The payment could not be started.")]
    assert await log("attempt failed") == [("somebody", "no session was made")]
    assert await stock(await the_mug()) == (5, 0)
    await put_right(unanswered)


@pytest.mark.parametrize("code", ["amount_too_small", ""])
async def test_a_page_that_is_refused_gives_the_cart_back(code: str, unanswered: SessionFacts) -> None:
    with pytest.raises(GatewayRefused):
        await open_page(Stripe([GatewayRefused(400, code)]))
    assert (await the_try()).why == f"Stripe refused: {code or 400}"
    assert (await the_order()).status == "cart"
    await put_right(unanswered)


@pytest.mark.parametrize("problem", [GatewayUnreachable("no answer"), GatewayFailed("503")], ids=str)
async def test_where_nobody_knows_nothing_changes(problem: Exception, unanswered: SessionFacts) -> None:
    with pytest.raises(GatewayUnreachable):
        await open_page(Stripe([problem]))
    assert ((await the_try()).state, (await the_order()).status) == ("creating", "pending")


async def test_an_old_failure_is_looked_into(unanswered: SessionFacts) -> None:
    stripe = Stripe([GatewayReplayedFailure("500")], unanswered)
    assert (await open_page(stripe)).state == "open"
    assert stripe.kinds() == ["create", "look for session"]


@pytest.mark.parametrize(("age", "state"), [(4 * MINUTE, "creating"), (5 * MINUTE + SECOND, "failed")])
async def test_a_failure_that_goes_on_for_five_minutes_is_given_up(
    age: timedelta, state: str, unanswered: SessionFacts
) -> None:
    clock.move(age)
    stripe = Stripe([GatewayFailed("503")])
    if state == "creating":
        with pytest.raises(GatewayUnreachable):
            await open_page(stripe)
    else:
        await open_page(stripe)
    assert (await the_try()).state == state
    await put_right(unanswered)


async def test_a_failure_that_made_a_page_all_the_same_leads_to_it(unanswered: SessionFacts) -> None:
    assert (await open_page(Stripe([GatewayFailed("503")], unanswered))).session_id == unanswered.id


async def test_a_shopper_waits_twelve_seconds_for_a_page_at_most(
    environment: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    await a_try(await an_order(), "creating", session_id=None)
    assert opening.BUDGET == 12
    monkeypatch.setattr(opening, "BUDGET", 0.01)
    with pytest.raises(GatewayUnreachable):
        await open_page(Stripe([1.0]))


async def test_who_loses_the_race_for_a_page_gets_the_winner_s(unanswered: SessionFacts) -> None:
    stale = await the_try()
    await put_right(unanswered)
    await Attempt.update({Attempt.state: "open"}, force=True)
    won = await opening.open_page(as_gateway(Stripe([GatewayUnreachable("busy")])), stale)
    assert (won.state, won.session_id) == ("open", unanswered.id)
    again = await opening.open_page(as_gateway(Stripe([unanswered])), stale)
    assert (again.state, again.session_id) == ("open", unanswered.id)


async def test_a_page_that_was_given_up_meanwhile_and_is_paid_pays(
    unanswered: SessionFacts, shop: Shop, sandbox: Sandbox
) -> None:
    stale = await the_try()
    await put_right(unanswered)
    await Attempt.update({Attempt.state: "open"}, force=True)
    await pay(sandbox, unanswered.id)
    paid = await gateway(shop).session(unanswered.id)
    await Attempt.update({Attempt.state: "paid", Attempt.session_id: None}, force=True)
    await opening.open_page(as_gateway(Stripe([paid])), stale, "somebody")
    assert (await the_order()).status == "paid"
    assert await log("paid") == [("somebody", f"paid by {unanswered.id}")]
    await put_right(unanswered)


async def test_a_charge_that_is_learned_later_is_written_down(
    waiting: str, shop: Shop, sandbox: Sandbox
) -> None:
    await pay(sandbox, waiting)
    paid = await gateway(shop).session(waiting)
    assert paid.intent is not None
    await settle.record(replace(paid, intent=replace(paid.intent, charge_id=None)))
    order = await the_order()
    assert order.status == "paid"
    assert order.stripe_charge_id is None
    await settle.record(paid)
    assert (await the_order()).stripe_charge_id == paid.intent.charge_id
    assert [row["charge_id"] for row in await Payment.select(Payment.charge_id)] == [paid.intent.charge_id]


async def test_paid_without_a_payment_behind_it_is_looked_at_once(
    waiting: str, shop: Shop, sandbox: Sandbox
) -> None:
    await pay(sandbox, waiting)
    paid = await gateway(shop).session(waiting)
    strange = replace(paid, intent=None)
    results = [(await settle.record(strange)).result for _ in range(2)]
    assert results == ["flagged", "known"]
    assert (await the_order()).review == "there is no payment behind it"
    assert [actor for actor, _ in await log("review")] == ["stripe"]
    await Order.update({Order.review: None}, force=True)
    await Attempt.update({Attempt.state: "open", Attempt.ended_at: None}, force=True)
    assert (await settle.record(paid)).result == "paid"


@pytest.mark.parametrize(
    ("otherwise", "problem"),
    [
        ({"mode": "setup"}, "it is no payment"),
        ({"livemode": True}, "it is another mode's"),
        ({"attempt": "x"}, "it names another attempt"),
        ({"order": "x"}, "it names another order"),
        ({"reference": "x"}, "it names another order"),
        ({"amount": 2467}, "the amount differs"),
        ({"amount": None}, "the amount differs"),
        ({"currency": "USD"}, "the currency differs"),
        ({"shop": "x"}, "it names another shop"),
    ],
    ids=str,
)
async def test_each_thing_that_does_not_agree_is_named(
    otherwise: dict[str, Any], problem: str, waiting: str, shop: Shop, sandbox: Sandbox
) -> None:
    await pay(sandbox, waiting)
    paid = await gateway(shop).session(waiting)
    settled = await settle.record(replace(paid, **otherwise))
    assert settled.result == "flagged"
    order = await the_order()
    assert (settled.order, order.review, order.status) == (order.id, problem, "pending")


@pytest.mark.parametrize(
    ("otherwise", "problem"),
    [
        ({"status": "processing"}, "the payment has not succeeded"),
        ({"received": 2467}, "the amount received differs"),
        ({"currency": "USD"}, "the currency received differs"),
    ],
    ids=str,
)
async def test_each_thing_about_the_money_that_does_not_agree_is_named(
    otherwise: dict[str, Any], problem: str, waiting: str, shop: Shop, sandbox: Sandbox
) -> None:
    await pay(sandbox, waiting)
    paid = await gateway(shop).session(waiting)
    assert paid.intent is not None
    await settle.record(replace(paid, intent=replace(paid.intent, **otherwise)))
    assert (await the_order()).review == problem
    await Payment.update({Payment.amount: 2468, Payment.currency: "EUR"}, force=True)


async def test_what_settling_answers(waiting: str, shop: Shop, sandbox: Sandbox) -> None:
    order = (await the_order()).id
    now = await gateway(shop).session(waiting)
    stranger = replace(now, id="cs_test_0123456789", shop="another", attempt="x")
    ours = replace(now, id="cs_test_0123456789", shop=await shop_id(), attempt="x")
    told = [await settle.record(each) for each in (now, stranger, ours)]
    assert [(each.result, each.order) for each in told] == [
        ("open", order),
        ("another shop's", None),
        ("ours, unknown attempt", None),
    ]
    bank = replace(now, status="complete", payment_status="unpaid")
    told = [await settle.record(each) for each in (bank, bank)]
    assert [(each.result, each.order) for each in told] == [("processing", order)] * 2
    intent = IntentFacts("pi_1", "canceled", 0, "EUR", None, 0, disputed=False)
    told = [await settle.record(replace(bank, intent=intent)) for _ in range(2)]
    assert [(each.result, each.order) for each in told] == [("failed", order)] * 2
    assert (await the_order()).status == "cart"
    told = [await settle.record(replace(now, status="expired"))]
    assert [(each.result, each.order) for each in told] == [("expired", order)]


async def test_an_order_stays_while_another_try_at_it_lives(waiting: str, sandbox: Sandbox) -> None:
    order, older = await the_order(), await the_try()
    [row] = await Attempt.select()
    other = {"token": "newer", "idempotency_key": "newer", "session_id": "cs_newer", "session_url": None}
    newer = Attempt(**{name: value for name, value in (row | other).items() if name != "id"})
    async with transaction():
        await attempts.expired(older, "test", "a test")
        await newer.save()
        await returning.to_cart(order, "test", "not the last one")
    assert (await the_order()).status == "pending"
    async with transaction():
        await newer.remove()
        await returning.to_cart(order, "test", "the last one")
    assert (await the_order()).status == "cart"


async def test_what_is_left_at_stripe_when_an_order_has_ended(waiting: str, shop: Shop) -> None:
    """Nothing is closed while the order waits, or while a bank decides."""
    ended: list[str] = []

    class Closing(Stripe):
        async def expire(self, session_id: str) -> None:
            ended.append(session_id)
            raise GatewayRefused(400, "")

        async def session(self, session_id: str, *, with_returns: bool) -> SessionFacts:
            assert not with_returns
            return replace(now, id=session_id, status="open")

    now = await gateway(shop).session(waiting)
    order = await the_order()
    stripe = as_gateway(Closing([]))
    await aftermath.close_leftover(stripe, order.id)
    await aftermath.follow_up(stripe, None)
    assert ended == []
    await Order.update({Order.cancelling_at: clock.now()}, force=True)
    await Attempt.update({Attempt.state: "processing"}, force=True)
    await aftermath.close_leftover(stripe, order.id)
    assert ended == []
    await Attempt.update({Attempt.state: "open"}, force=True)
    await aftermath.close_leftover(stripe, order.id)
    await aftermath.follow_up(stripe, order.id)
    assert ended == [waiting, waiting]
    await Order.update({Order.cancelling_at: None}, force=True)
