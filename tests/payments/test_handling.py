"""From an event to the session that it is about: by our own rows, at last by Stripe's list, or not ours."""

from datetime import timedelta
from typing import Any, cast

import pytest

from shop import clock
from shop.errors import GatewayRefused, GatewayUnreachable
from shop.payments import events, handling
from shop.payments.facts import EventFacts
from shop.payments.handling import handle
from shop.payments.installation import shop_id
from shop.payments.stripe_gateway import StripeGateway
from shop.payments.tables import Attempt, Payment, StripeEvent
from tests.orders.test_moves import a_cart
from tests.support.goods import Goods


class Found:
    id = "cs_at_stripe"


class Stripe:
    """Knows one charge, its payment and its session, and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    async def intent_of_charge(self, charge: str) -> str | None:
        self.asked.append(charge)
        return "pi_at_stripe" if charge == "ch_at_stripe" else None

    async def session_of_intent(self, intent: str) -> Found | None:
        self.asked.append(intent)
        return Found() if intent == "pi_at_stripe" else None


@pytest.fixture
def stripe() -> Stripe:
    return Stripe()


@pytest.fixture
async def known(goods: Goods) -> None:
    """A try with session cs_tried and payment pi_tried, and a payment pi_paid by charge ch_paid."""
    await goods("mug")
    order = await a_cart("MUG", 1)
    common: dict[str, Any] = {
        "order": order.id,
        "order_version": 1,
        "amount": 1,
        "currency": "EUR",
        "livemode": False,
    }
    common |= {"parameters": "{}", "created_at": clock.now(), "expires_at": clock.now(), "state": "paid"}
    mine: dict[str, Any] = {"token": "mine", "idempotency_key": "mine"}
    await Attempt(session_id="cs_tried", payment_intent_id="pi_tried", **mine, **common).save()
    await Attempt(token="new", idempotency_key="new", payment_intent_id="pi_new", **common).save()
    paid: dict[str, Any] = {"amount": 1, "currency": "EUR", "received_at": clock.now()}
    await Payment(payment_intent_id="pi_paid", charge_id="ch_paid", session_id="cs_paid", **paid).save()


async def session_of(stripe: Stripe, kind: str = "charge.refunded", **about: str | None) -> str | None:
    event = EventFacts("evt_1", kind, livemode=False, account=None, **about)
    return await handling._session_of(cast("StripeGateway", stripe), event)


@pytest.mark.parametrize(
    ("about", "session"),
    [
        ({"payment_intent_id": "pi_tried"}, "cs_tried"),
        ({"payment_intent_id": "pi_paid"}, "cs_paid"),
        ({"charge_id": "ch_paid"}, "cs_paid"),
        ({"payment_intent_id": "pi_nobody", "charge_id": "ch_paid"}, "cs_paid"),
        ({"attempt": "mine"}, "cs_tried"),
        ({"payment_intent_id": "pi_nobody", "charge_id": "ch_nobody", "attempt": "mine"}, "cs_tried"),
    ],
    ids=str,
)
async def test_our_own_rows_know_it_without_asking_stripe(
    about: dict[str, str], session: str, known: None, stripe: Stripe
) -> None:
    assert await session_of(stripe, **about) == session
    assert await session_of(stripe, shop="another", **about) == session
    assert stripe.asked == []


async def test_a_try_without_its_session_yet_is_looked_for_at_stripe(known: None, stripe: Stripe) -> None:
    for about in ({"attempt": "new"}, {"payment_intent_id": "pi_new"}, {"payment_intent_id": "pi_nobody"}):
        assert await session_of(stripe, **about) is None
    assert stripe.asked == ["pi_new", "pi_nobody"]


async def test_stripe_s_list_knows_what_our_rows_do_not(known: None, stripe: Stripe) -> None:
    assert await session_of(stripe, payment_intent_id="pi_at_stripe") == "cs_at_stripe"
    assert await session_of(stripe, charge_id="ch_at_stripe") == "cs_at_stripe"
    assert await session_of(stripe, charge_id="ch_at_stripe", shop=await shop_id()) == "cs_at_stripe"
    assert await session_of(stripe, charge_id="ch_nobody") is None
    assert stripe.asked == [
        *["pi_at_stripe"],
        *["ch_at_stripe", "pi_at_stripe"],
        *["ch_at_stripe", "pi_at_stripe"],
        *["ch_nobody"],
    ]


async def test_another_shop_s_money_is_not_looked_for(known: None, stripe: Stripe) -> None:
    assert await session_of(stripe, payment_intent_id="pi_at_stripe", shop="another") is None
    assert stripe.asked == []


async def test_a_payment_s_charge_is_asked_for_only_where_the_payment_is_not_named(
    known: None, stripe: Stripe
) -> None:
    found = await session_of(stripe, payment_intent_id="pi_at_stripe", charge_id="ch_at_stripe")
    assert found == "cs_at_stripe"
    assert stripe.asked == ["pi_at_stripe"]


async def test_a_session_is_ours_by_its_mark_or_by_our_rows(known: None, stripe: Stripe) -> None:
    assert await session_of(stripe, session_id="cs_new", shop=await shop_id()) == "cs_new"
    assert await session_of(stripe, session_id="cs_tried", shop="another") == "cs_tried"
    assert await session_of(stripe, session_id="cs_new", shop="another") is None
    assert await session_of(stripe, session_id="cs_new") is None


async def test_a_kind_that_we_do_not_use_is_not_ours(known: None, stripe: Stripe) -> None:
    assert await session_of(stripe, "customer.created", session_id="cs_tried") is None


@pytest.mark.parametrize(
    ("problem", "told"),
    [
        (GatewayUnreachable("no answer"), "GatewayUnreachable: no answer"),
        (GatewayRefused(404, "resource_missing"), "GatewayRefused: resource_missing"),
        (RuntimeError("secret"), "RuntimeError"),
    ],
    ids=["away", "refused", "broken"],
)
async def test_what_went_wrong_is_kept_with_the_event_and_it_is_tried_again(
    problem: Exception, told: str, known: None, stripe: Stripe, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def goes_wrong(*_: object, **__: object) -> None:
        raise problem

    monkeypatch.setattr(handling, "settle", goes_wrong)
    event = EventFacts("evt_1", "charge.refunded", livemode=False, account=None, charge_id="ch_paid")
    await events.noted(event)
    await handle(cast("StripeGateway", stripe), event)
    [row] = await StripeEvent.select()
    assert (row["problem"], row["tries"], row["processed_at"]) == (told, 1, None)
    clock.move(timedelta(minutes=1))
    assert await events.due(everything=False) == [event]


async def test_what_is_not_ours_has_that_for_a_result(known: None, stripe: Stripe) -> None:
    event = EventFacts("evt_1", "charge.refunded", livemode=False, account=None, charge_id="ch_nobody")
    await events.noted(event)
    await handle(cast("StripeGateway", stripe), event)
    [row] = await StripeEvent.select()
    assert (row["result"], row["tries"]) == ("not ours", 0)


async def test_an_event_is_settled_within_its_budget_and_followed_up(
    known: None, stripe: Stripe, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[Any] = []

    class Settled:
        order = 7

    async def settle(*given: object, **more: object) -> Settled:
        calls.append((given, more))
        return Settled()

    async def follow_up(*given: object) -> None:
        calls.append(given)

    monkeypatch.setattr(handling, "settle", settle)
    monkeypatch.setattr(handling, "follow_up", follow_up)
    event = EventFacts("evt_1", "charge.refunded", livemode=False, account=None, charge_id="ch_paid")
    await handle(cast("StripeGateway", stripe), event, 3.0)
    assert calls == [((stripe, "cs_paid", "evt_1"), {"budget": 3.0}), (stripe, 7)]


def test_the_kinds_of_events_are_those_of_the_design() -> None:
    assert sorted(handling.KINDS) == [
        "charge.dispute.closed",
        "charge.dispute.created",
        "charge.dispute.funds_reinstated",
        "charge.dispute.funds_withdrawn",
        "charge.dispute.updated",
        "charge.refunded",
        "checkout.session.async_payment_failed",
        "checkout.session.async_payment_succeeded",
        "checkout.session.completed",
        "checkout.session.expired",
        "payment_intent.canceled",
        "payment_intent.payment_failed",
        "payment_intent.processing",
        "payment_intent.succeeded",
        "refund.created",
        "refund.failed",
        "refund.updated",
    ]
