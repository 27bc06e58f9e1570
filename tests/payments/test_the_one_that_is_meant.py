"""Among other orders, tries, payments and refunds, only the one that is meant is read and changed."""

import json
from datetime import timedelta
from typing import Any, cast

import pytest

from shop import clock
from shop.database import transaction
from shop.errors import GatewayRefused
from shop.mail.tables import Letter
from shop.orders import moves
from shop.orders.tables import Order
from shop.payments import aftermath, attempts, audit, events, ledger, letters, reconcile, refunds, settle
from shop.payments.facts import EventFacts, SessionFacts
from shop.payments.stripe_gateway import StripeGateway
from shop.payments.tables import Attempt, Payment, Refund, StripeEvent
from tests.payments.by_hand import a_payment, a_refund, a_try, an_order, log, money, now, said, said_paid

pytestmark = pytest.mark.usefixtures("environment")

BY = "staff:merchant@example.com"


class Stripe:
    """Refuses everything, and remembers what it was asked."""

    def __init__(self, *sessions: SessionFacts) -> None:
        self.asked: list[Any] = []
        self.sessions = sessions

    async def expire(self, session_id: str) -> None:
        self.asked.append(session_id)
        raise GatewayRefused(404, "")

    async def session(self, session_id: str, *, with_returns: bool) -> SessionFacts:
        self.asked.append((session_id, with_returns))
        raise GatewayRefused(404, "")

    async def session_of_intent(self, intent: str) -> None:
        self.asked.append(intent)

    async def sessions_since(self, _: object) -> Any:
        for session in self.sessions:
            yield session

    def as_gateway(self) -> StripeGateway:
        return cast("StripeGateway", self)


async def test_an_order_s_live_and_newest_try() -> None:
    ben_s, ada_s = await an_order("ben"), await an_order()
    live, given_up = await a_try(ben_s), await a_try(ada_s, "expired")
    assert await attempts.live(ada_s.id) is None
    newer, newest = await a_try(ada_s, "failed"), await a_try(ada_s)
    last = await a_try(ben_s, "expired")
    for order, wanted in ((ada_s, newest), (ben_s, live)):
        found = await attempts.live(order.id)
        assert found is not None
        assert found.id == wanted.id
    for order, wanted in ((ada_s, newest), (ben_s, last)):
        found = await attempts.newest(order.id)
        assert found is not None
        assert found.id == wanted.id
    for attempt in (given_up, newer):
        found = await attempts.of_session(str(attempt.session_id))
        assert found is not None
        assert found.id == (await attempts.by_token(attempt.token)).id == attempt.id
    assert await attempts.of_session("cs_of_nobody") is None


async def test_an_order_is_placed_under_a_number_of_its_own_and_keeps_it() -> None:
    for guest in ("ada", "ben"):
        order = await an_order(guest, "cart", number=None)
        for number in (guest, "another"):
            async with transaction():
                assert await moves.place(order.id, order.version, number, "test") == guest
                await moves.give_back(order.id, "test", "")
        assert (await log(order))[0] == ("test", "pending", "placed")


async def test_a_look_is_dated_at_the_try_that_was_looked_at() -> None:
    others, attempt = await a_try(await an_order("ben")), await a_try(await an_order())
    await attempts.checked(attempt.id)
    rows = await Attempt.select(Attempt.checked_at).order_by(Attempt.id)
    assert [row["checked_at"] is not None for row in rows] == [False, True]
    assert others.id < attempt.id


@pytest.mark.parametrize(
    ("by", "told"), [(BY, "it was broken"), ("shop", ""), ("stripe", "")], ids=["staff", "shop", "stripe"]
)
async def test_of_a_refund_its_own_shopper_hears_and_why_where_staff_said_it(by: str, told: str) -> None:
    ben_s, ada_s = await an_order("ben", "paid"), await an_order("ada", "paid", locale="de")
    await a_refund(await a_payment(ben_s), state="succeeded", why="it was late")
    refund = await a_refund(await a_payment(ada_s), why="it was broken", requested_by=by, amount=468)
    await letters.tell_refund(refund.token)
    assert await Letter.count() == 0
    refund.state = "succeeded"
    await refund.save()
    await letters.tell_refund(refund.token)
    [letter] = await Letter.objects()
    assert (letter.kind, letter.recipient, letter.locale) == ("refunded", ada_s.email, "de")
    facts = json.loads(letter.facts)
    assert (facts["order"]["number"], facts["why"], facts["amount"]) == (ada_s.number, told, 468)


async def test_a_refund_that_failed_names_its_own_payment_and_one_without_an_order_none() -> None:
    await a_payment(await an_order("ben", "paid"))
    strange = await a_payment(None)
    refund = await a_refund(strange, state="failed")
    await letters.tell_refund(refund.token)
    [letter] = await Letter.objects()
    facts = json.loads(letter.facts)
    assert (letter.kind, facts["payment"], facts["order"]) == (
        "refund failed",
        strange.payment_intent_id,
        None,
    )
    await letters.tell_refund((await a_refund(strange, state="succeeded")).token)
    assert await Letter.count() == 1


async def test_refunds_that_wait_for_their_call() -> None:
    ben_s, ada_s = await an_order("ben", "paid"), await an_order("ada", "paid")
    of_ben, of_ada = await a_payment(ben_s), await a_payment(ada_s)
    tokens = [(await a_refund(payment)).token for payment in (of_ben, of_ada)]
    for payment in (of_ben, of_ada):
        await a_refund(payment, state="succeeded")
    assert await refunds.requested() == tokens
    assert [await refunds.requested(order.id) for order in (ben_s, ada_s)] == [[tokens[0]], [tokens[1]]]


async def test_what_stripe_made_of_a_refund_is_written_to_that_refund_and_once() -> None:
    payment = await a_payment(await an_order(status="paid"))
    others = [await a_refund(payment), await a_refund(payment, state="pending")]
    meant = await a_refund(payment)
    for state in ("succeeded", "failed"):
        await refunds._became(meant.token, state, "re_1")
        rows = await Refund.select(Refund.state, Refund.stripe_refund_id).order_by(Refund.id)
        assert [tuple(row.values()) for row in rows] == [
            *[(other.state, None) for other in others],
            ("succeeded", "re_1"),
        ]


async def test_an_event_counts_its_own_tries() -> None:
    for name in ("evt_1", "evt_2"):
        await events.noted(EventFacts(name, "charge.refunded", livemode=False, account=None))
    for name in ("evt_1", "evt_1", "evt_2"):
        await events.not_yet(name, f"about {name}")
    rows = await StripeEvent.select(StripeEvent.tries, StripeEvent.problem).order_by(StripeEvent.event_id)
    assert [(row["tries"], row["problem"]) for row in rows] == [(2, "about evt_1"), (1, "about evt_2")]


async def test_a_charge_is_learned_for_its_payment_and_for_the_order_that_it_paid_for() -> None:
    ben_s = await an_order("ben", "paid", stripe_payment_intent_id="pi_ben_s")
    ada_s = await an_order("ada", "paid", stripe_payment_intent_id="pi_first")
    attempt = await a_try(ada_s, "paid")
    for order, intent in ((ben_s, "pi_ben_s"), (ada_s, "pi_first"), (ada_s, "pi_second")):
        await a_payment(order, payment_intent_id=intent)
    for intent in ("pi_second", "pi_first"):
        session = await said_paid(ada_s, attempt, intent=money(id=intent, charge_id=f"ch_of_{intent}"))
        async with transaction():
            await ledger.copy_returns(ada_s, session, "stripe")
        learned = "ch_of_pi_first" if intent == "pi_first" else None
        assert [(await now(order)).stripe_charge_id for order in (ben_s, ada_s)] == [None, learned]
    another = await said_paid(ada_s, attempt, intent=money(id="pi_first", charge_id="ch_another"))
    await settle.record(another)
    rows = await Payment.select(Payment.charge_id).order_by(Payment.id)
    assert [row["charge_id"] for row in rows] == [None, "ch_of_pi_first", "ch_of_pi_second"]


@pytest.fixture
async def ended() -> list[int]:
    """Orders that have ended with a page that can still be paid, after others of which nothing is left."""
    for status in ("pending", "processing"):
        await a_try(await an_order("ben", status))
    for state in ("paid", "processing", "expired"):
        await a_try(await an_order("ben", "paid"), state)
    cancelling = await an_order("ada", cancelling_at=clock.now())
    orders = [await an_order("ada", "paid"), await an_order("ada", "cancelled"), cancelling]
    for order in orders:
        await a_try(order)
    return [order.id for order in orders]


async def test_orders_that_have_ended_and_that_somebody_could_still_pay(ended: list[int]) -> None:
    assert sorted(await reconcile._ended_with_a_live_attempt()) == sorted(ended)


async def test_only_the_page_of_an_order_that_has_ended_is_closed(ended: list[int]) -> None:
    stripe = Stripe()
    for row in await Order.select(Order.id).order_by(Order.id):
        before = len(stripe.asked)
        try:
            await aftermath.close_leftover(stripe.as_gateway(), row["id"])
        except GatewayRefused:
            attempt = await attempts.live(row["id"])
            assert attempt is not None
            assert stripe.asked[before:] == [attempt.session_id, (attempt.session_id, False)]
        assert (len(stripe.asked) > before) is (row["id"] in ended)


async def test_a_page_that_is_closed_because_its_order_has_ended_is_closed_in_stripe_s_name(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    order = await an_order(cancelling_at=clock.now())
    attempt = await a_try(order)
    stripe = Stripe()
    expired = await said(order, attempt, status="expired")

    async def session(*_: object, **__: object) -> SessionFacts:
        return expired

    monkeypatch.setattr(stripe, "session", session)
    await aftermath.close_leftover(stripe.as_gateway(), order.id)
    assert [(actor, what) for actor, what, _ in await log(order)] == [
        ("stripe", "attempt expired"),
        ("stripe", "cancelled"),
    ]


@pytest.mark.parametrize(("given", "seconds"), [({}, 20), ({"budget": 3.0}, 3)], ids=["usually", "a webhook"])
async def test_how_long_stripe_may_think_about_a_session(
    given: dict[str, Any], seconds: float, patience: list[float | None]
) -> None:
    with pytest.raises(GatewayRefused):
        await settle.settle(Stripe().as_gateway(), "cs_1", **given)
    assert patience == [seconds]


async def test_refunds_and_disputes_are_read_always_where_the_session_s_money_is_on_our_books() -> None:
    order = await an_order()
    await a_payment(order, session_id="cs_known")
    stripe = Stripe()
    for session in ("cs_known", "cs_new"):
        with pytest.raises(GatewayRefused):
            await settle.settle(stripe.as_gateway(), session)
    assert stripe.asked == [("cs_known", True), ("cs_new", False)]


async def test_what_the_audit_has_seen_among_stripe_s_sessions_it_does_not_ask_for_again() -> None:
    order = await an_order(status="paid")
    attempt = await a_try(order, "paid")
    session = await said_paid(order, attempt)
    assert session.intent is not None
    await a_payment(order, attempt, payment_intent_id=session.intent.id)
    stripe = Stripe(session)
    assert [said async for said in audit.differences(stripe.as_gateway(), 1)] == []
    assert stripe.asked == []


async def test_rows_are_dated_by_the_shop_s_clock() -> None:
    clock.move(timedelta(days=1))
    before = clock.now()
    payment = await a_payment(await an_order())
    await refunds.request(payment, 100, BY, "broken", token="token")
    [row] = await Refund.select()
    assert before <= row["created_at"] <= clock.now()
