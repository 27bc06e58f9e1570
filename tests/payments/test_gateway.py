"""What the shop asks of Stripe, and by which name it calls each way in which that can go wrong."""

import time
from datetime import timedelta
from typing import Any

import pytest

from shop import clock
from shop.errors import (
    GatewayFailed,
    GatewayRefused,
    GatewayReplayedFailure,
    GatewayUnreachable,
)
from shop.payments import attempts, stripe_gateway
from shop.payments.handling import KINDS
from shop.payments.stripe_gateway import BadSignature, StripeGateway
from shop.settings import settings
from tests.journeys.steps import buy, fill_cart, go_to_pay, the_order
from tests.journeys.stripe_side import asked, control, fails, gateway, pay, works_again
from tests.payments.test_webhook import an_event, signature
from tests.support.fixtures_shop import SECRET_KEY, WEBHOOK_SECRET, Shop
from tests.support.goods import Goods
from tests.support.sandbox import Sandbox
from tests.support.shoppers import Shopper

# It says nothing about the database.
pytestmark = pytest.mark.one_database

HOUR = timedelta(hours=1)


@pytest.fixture
async def stripe(shop: Shop, sandbox: Sandbox) -> StripeGateway:
    return gateway(shop)


@pytest.fixture
async def waiting(ada: Shopper, goods: Goods, sandbox: Sandbox) -> str:
    await goods("mug", price=1234, stock=5)
    await fill_cart(ada, "Mug", 2)
    return await go_to_pay(ada)


@pytest.fixture
async def paid(ada: Shopper, goods: Goods, sandbox: Sandbox) -> str:
    """The payment of two of ada's mugs, €24.68."""
    await goods("mug", price=1234, stock=5)
    await buy(ada, "Mug", 2)
    return str((await the_order()).stripe_payment_intent_id)


async def what_is_raised(stripe: StripeGateway) -> Exception:
    with pytest.raises((GatewayRefused, GatewayUnreachable)) as raised:
        await stripe.intent_of_charge("ch_1")
    return raised.value


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (400, GatewayRefused),
        (402, GatewayRefused),
        (404, GatewayRefused),
        (401, GatewayUnreachable),
        (403, GatewayUnreachable),
        (429, GatewayUnreachable),
        (500, GatewayFailed),
        (503, GatewayFailed),
    ],
)
async def test_each_refusal_and_failure_has_its_name(
    status: int, kind: type[Exception], stripe: StripeGateway, sandbox: Sandbox
) -> None:
    await fails(sandbox, status=status, close=None, should_retry=False)
    assert type(await what_is_raised(stripe)) is kind
    await works_again(sandbox)


async def test_a_refusal_tells_its_status_and_code(stripe: StripeGateway, sandbox: Sandbox) -> None:
    refused = await what_is_raised(stripe)
    assert isinstance(refused, GatewayRefused)
    assert (refused.status, refused.code) == (404, "resource_missing")


@pytest.mark.parametrize("how", [{"close": "before"}, {"close": None, "garbage": True}], ids=str)
async def test_no_answer_and_no_json_are_no_answer(
    how: dict[str, Any], stripe: StripeGateway, sandbox: Sandbox
) -> None:
    await fails(sandbox, **how)
    assert type(await what_is_raised(stripe)) is GatewayUnreachable
    await works_again(sandbox)


async def test_a_call_that_breaks_twice_and_then_works_is_one_call(
    paid: str, stripe: StripeGateway, sandbox: Sandbox
) -> None:
    await fails(sandbox, times=2)
    made = await stripe.refund(paid, 100, {"refund": "token"}, "key")
    assert (made.amount, made.token) == (100, "token")
    assert [refund.id for refund in await stripe._refunds(paid)] == [made.id]


async def test_a_failure_that_the_key_keeps_is_told_from_a_new_one(
    paid: str, stripe: StripeGateway, sandbox: Sandbox
) -> None:
    await fails(sandbox, "POST", status=500, close=None, kept=True, times=1, should_retry=False)
    with pytest.raises(GatewayFailed):
        await stripe.refund(paid, 100, {"refund": "token"}, "key")
    with pytest.raises(GatewayReplayedFailure):
        await stripe.refund(paid, 100, {"refund": "token"}, "key")
    assert (await stripe.refund(paid, 100, {"refund": "token"}, "another key")).amount == 100


async def test_a_key_that_was_used_for_something_else_is_spent(
    paid: str, stripe: StripeGateway, sandbox: Sandbox
) -> None:
    await stripe.refund(paid, 100, {"refund": "token"}, "key")
    again = await stripe.refund(paid, 100, {"refund": "token"}, "key")
    assert again.amount == 100
    with pytest.raises(GatewayReplayedFailure):
        await stripe.refund(paid, 101, {"refund": "token"}, "key")
    assert len(await stripe._refunds(paid)) == 1


async def test_a_paid_session_is_read_with_its_payment_and_charge(
    paid: str, stripe: StripeGateway, sandbox: Sandbox
) -> None:
    order = await the_order()
    found = await stripe.session(str(order.stripe_session_id))
    assert found.intent is not None
    assert (found.intent.id, found.intent.charge_id) == (paid, order.stripe_charge_id)
    assert (found.intent.received, found.intent.refunds, found.intent.disputes) == (2468, (), ())


async def test_refunds_and_disputes_are_read_where_there_is_a_sign_of_them(
    paid: str, stripe: StripeGateway, sandbox: Sandbox
) -> None:
    session = str((await the_order()).stripe_session_id)
    await control(sandbox, f"payments/{paid}/refund", amount=100, goes="pending")
    found = await stripe.session(session, with_returns=True)
    assert found.intent is not None
    assert [refund.amount for refund in found.intent.refunds] == [100]
    await control(sandbox, f"payments/{paid}/dispute")
    found = await stripe.session(session)
    assert found.intent is not None
    assert [dispute.status for dispute in found.intent.disputes] == ["needs_response"]
    assert [refund.amount for refund in found.intent.refunds] == [100]


async def test_money_that_went_back_is_a_sign_of_refunds(
    paid: str, stripe: StripeGateway, sandbox: Sandbox
) -> None:
    await control(sandbox, f"payments/{paid}/refund", amount=100)
    found = await stripe.session(str((await the_order()).stripe_session_id))
    assert found.intent is not None
    assert (found.intent.returned, [refund.amount for refund in found.intent.refunds]) == (100, [100])


async def test_without_a_sign_of_them_nobody_asks_for_refunds_and_disputes(
    waiting: str, stripe: StripeGateway, sandbox: Sandbox
) -> None:
    await pay(sandbox, waiting)
    await sandbox.client.delete("/_control/journal")
    await stripe.session(waiting)
    assert await asked(sandbox, "GET", "/v1/refunds") == []
    assert await asked(sandbox, "GET", "/v1/disputes") == []


class Listed:
    """A list as the SDK hands it over, a page at a time."""

    def __init__(self, *pages: list[str]) -> None:
        first, self.rest = pages[0], pages[1:]
        self.data = [Told(name) for name in first]
        self.has_more = bool(self.rest)

    async def next_page_async(self) -> "Listed":
        return Listed(*self.rest)


class Told:
    def __init__(self, name: str) -> None:
        self.name = name

    def to_dict(self) -> dict[str, Any]:
        return {"name": self.name}


async def test_a_list_is_read_to_its_end() -> None:
    pages = Listed(["a", "b"], ["c"], ["d"])

    async def first() -> Listed:
        return pages

    found = [name async for name in stripe_gateway._pages(first(), lambda each: str(each["name"]))]
    assert found == ["a", "b", "c", "d"]


async def test_a_refund_is_found_by_its_token(paid: str, stripe: StripeGateway, sandbox: Sandbox) -> None:
    for number in range(3):
        await stripe.refund(paid, 1, {"refund": f"token {number}"}, f"key {number}")
    found = await stripe.refund_of_token(paid, "token 1")
    assert found is not None
    assert found.token == "token 1"
    assert await stripe.refund_of_token(paid, "token 3") is None


async def test_a_session_is_found_by_its_payment_and_a_payment_by_its_charge(
    paid: str, stripe: StripeGateway, sandbox: Sandbox
) -> None:
    order = await the_order()
    found = await stripe.session_of_intent(paid)
    assert found is not None
    assert found.id == order.stripe_session_id
    assert await stripe.session_of_intent("pi_nobody") is None
    assert await stripe.intent_of_charge(str(order.stripe_charge_id)) == paid


async def test_a_session_is_found_by_its_attempt_in_a_span_of_time(
    waiting: str, ben: Shopper, stripe: StripeGateway, sandbox: Sandbox
) -> None:
    await fill_cart(ben, "Mug")
    await go_to_pay(ben)
    attempt = await attempts.of_session(waiting)
    assert attempt is not None
    made = attempt.created_at
    found = await stripe.session_of_attempt(attempt.token, made - HOUR, made + HOUR)
    assert found is not None
    assert found.id == waiting
    assert await stripe.session_of_attempt("another", made - HOUR, made + HOUR) is None
    assert await stripe.session_of_attempt(attempt.token, made - 2 * HOUR, made - HOUR) is None
    assert await stripe.session_of_attempt(attempt.token, made + HOUR, made + 2 * HOUR) is None


async def test_sessions_since_a_moment_come_with_their_payments(
    paid: str, stripe: StripeGateway, sandbox: Sandbox
) -> None:
    [found] = [session async for session in stripe.sessions_since(clock.now() - HOUR)]
    assert found.intent is not None
    assert (found.intent.id, found.intent.charge_id) == (paid, (await the_order()).stripe_charge_id)
    assert [session async for session in stripe.sessions_since(clock.now() + HOUR)] == []


async def test_events_since_a_moment_of_the_kinds_that_are_asked_for(
    paid: str, stripe: StripeGateway, sandbox: Sandbox
) -> None:
    since = clock.now() - HOUR
    told = [event.kind async for event in stripe.events(KINDS, since)]
    assert "checkout.session.completed" in told
    assert set(told) <= set(KINDS)
    [only] = [event async for event in stripe.events(("checkout.session.completed",), since)]
    assert only.session_id == (await the_order()).stripe_session_id
    assert [event async for event in stripe.events(KINDS, clock.now() + HOUR)] == []


async def test_an_expired_session_can_not_be_expired_again(
    waiting: str, stripe: StripeGateway, sandbox: Sandbox
) -> None:
    await stripe.expire(waiting)
    assert (await stripe.session(waiting)).status == "expired"
    with pytest.raises(GatewayRefused):
        await stripe.expire(waiting)


async def test_the_key_of_the_settings_is_used_at_the_address_of_the_settings(
    stripe: StripeGateway, sandbox: Sandbox
) -> None:
    assert (await stripe.account()).startswith("acct_")
    assert stripe.livemode is False
    assert stripe.page_origin == settings().stripe.checkout_origin == sandbox.url
    assert SECRET_KEY == settings().stripe.secret_key


@pytest.mark.parametrize(("seconds", "fits"), [(-310, False), (-290, True), (290, True), (310, False)])
def test_a_signature_is_good_for_five_minutes_both_ways(seconds: int, fits: bool, environment: None) -> None:
    stripe = StripeGateway(settings().stripe)
    signed = signature(an_event(), at=time.time() + seconds)
    if fits:
        assert stripe.read_event(an_event(), signed).id == "evt_1"
    else:
        with pytest.raises(BadSignature):
            stripe.read_event(an_event(), signed)


@pytest.mark.parametrize("signed", [None, "", "t=1", f"v1={WEBHOOK_SECRET}"], ids=str)
def test_without_a_signature_nothing_is_an_event(signed: str | None, environment: None) -> None:
    with pytest.raises(BadSignature):
        StripeGateway(settings().stripe).read_event(an_event(), signed)
