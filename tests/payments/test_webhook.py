"""The shop's door for Stripe: what is let in, what is noted, and what comes of it."""

import asyncio
import hmac
import json
import time
from dataclasses import replace
from hashlib import sha256
from typing import Any, ClassVar, cast

import pytest

from shop import clock
from shop.payments import events, routes
from shop.payments.facts import EventFacts
from shop.payments.reconcile import run_once
from shop.payments.stripe_gateway import BadSignature
from shop.payments.tables import StripeEvent
from tests.journeys import stripe_side
from tests.journeys.steps import fill_cart, go_to_pay, history, the_order
from tests.journeys.stripe_side import (
    control,
    delivered,
    fails,
    gateway,
    nothing_is_delivered,
    pay,
    works_again,
)
from tests.support.fixtures_shop import WEBHOOK_SECRET, Shop
from tests.support.goods import Goods
from tests.support.sandbox import Sandbox
from tests.support.shoppers import Shopper

ADDRESS = "/webhooks/stripe"


def signature(body: bytes, *, secret: str = WEBHOOK_SECRET, at: float | None = None) -> str:
    signed_at = int(time.time() if at is None else at)
    digest = hmac.new(secret.encode(), f"{signed_at}.".encode() + body, sha256).hexdigest()
    return f"t={signed_at},v1={digest}"


def an_event(**other: Any) -> bytes:
    about = {"object": "checkout.session", "id": "cs_test_of_nobody", "metadata": {}}
    event = {"id": "evt_1", "object": "event", "type": "checkout.session.completed", "livemode": False}
    return json.dumps({**event, "data": {"object": about}, **other}).encode()


async def send(stripe: Shopper, body: bytes, signed: str | None = None) -> int:
    headers = {"Content-Type": "application/json"}
    if signed != "":
        headers["Stripe-Signature"] = signature(body) if signed is None else signed
    response = await stripe.client.post(ADDRESS, content=body, headers=headers)
    return response.status_code


async def noted() -> list[tuple[str, bool]]:
    rows = await StripeEvent.select(StripeEvent.event_id, StripeEvent.processed_at)
    return [(row["event_id"], row["processed_at"] is not None) for row in rows]


@pytest.fixture
def stripe(ben: Shopper) -> Shopper:
    """Whoever speaks HTTP and says to be Stripe."""
    return ben


async def test_an_event_that_stripe_signed_is_noted(stripe: Shopper) -> None:
    assert await send(stripe, an_event()) == 200
    assert await noted() == [("evt_1", True)]


@pytest.mark.parametrize(
    "signed",
    [
        "",
        "nonsense",
        "t=,v1=",
        "t=1",
        "v1=" + "0" * 64,
        f"t={int(time.time())},v1={'0' * 64}",
        f"t={'9' * 30},v1={'0' * 64}",
        "t=\u00e4,v1=1",
    ],
    ids=["missing", "nonsense", "empty", "no signature", "no time", "wrong", "huge time", "no digits"],
)
async def test_what_stripe_did_not_sign_is_refused(signed: str, stripe: Shopper) -> None:
    headers = {b"Stripe-Signature": signed.encode()} if signed else {}
    response = await stripe.client.post(ADDRESS, content=an_event(), headers=headers)
    assert response.status_code == 400
    assert await noted() == []


async def test_another_secret_s_signature_is_refused(stripe: Shopper) -> None:
    body = an_event()
    assert await send(stripe, body, signature(body, secret="whsec_another")) == 400


async def test_the_signature_of_another_body_is_refused(stripe: Shopper) -> None:
    assert await send(stripe, an_event(id="evt_2"), signature(an_event())) == 400


async def test_the_same_json_written_otherwise_is_another_body(stripe: Shopper) -> None:
    body = an_event()
    assert await send(stripe, json.dumps(json.loads(body), indent=2).encode(), signature(body)) == 400


@pytest.mark.parametrize(
    ("seconds", "status"), [(-290, 200), (-310, 400), (290, 200), (310, 400), (10**7, 400)]
)
async def test_a_signature_holds_for_five_minutes_before_and_after(
    seconds: int, status: int, stripe: Shopper
) -> None:
    body = an_event()
    assert await send(stripe, body, signature(body, at=time.time() + seconds)) == status


async def test_of_two_signatures_one_is_enough_while_the_secret_is_changed(stripe: Shopper) -> None:
    body = an_event()
    old = signature(body, secret="whsec_old").split("v1=")[1]
    assert await send(stripe, body, f"{signature(body)},v1={old}") == 200


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\xff\xfe",
        b"{}",
        b"[]",
        b"null",
        b"7",
        b'"event"',
        b"{",
        b'{"id": "evt_1"}',
        an_event(id=None),
        an_event(id=7),
        an_event(id="x" * 300),
        an_event(type=None),
        an_event(data=None),
        an_event(data={}),
        an_event(data={"object": None}),
        an_event(data={"object": []}),
        an_event(object="v2.core.event", data=None),
        b"[" * 5000,
    ],
    ids=lambda body: body[:40].decode("latin-1"),
)
async def test_what_is_signed_and_no_event_is_refused(body: bytes, stripe: Shopper) -> None:
    assert await send(stripe, body) == 400
    assert await noted() == []


@pytest.mark.parametrize(
    "about",
    [
        {"object": "checkout.session"},
        {"object": "checkout.session", "id": 7, "metadata": None},
        {"object": "payment_intent", "id": "pi_nobody", "metadata": {"shop": 7}},
        {"object": "charge", "id": "ch_nobody", "payment_intent": {"id": "pi_nobody"}},
        {"object": "dispute", "charge": "ch_nobody"},
        {"object": "unicorn"},
        {},
    ],
    ids=str,
)
async def test_an_event_about_something_odd_is_noted_and_harmless(
    about: dict[str, Any], stripe: Shopper, sandbox: Sandbox
) -> None:
    assert await send(stripe, an_event(data={"object": about})) == 200
    assert [event for event, _ in await noted()] == ["evt_1"]


async def test_a_type_that_we_do_not_use_is_noted_and_left_alone(stripe: Shopper) -> None:
    assert await send(stripe, an_event(type="customer.tax_id.updated")) == 200
    assert await noted() == [("evt_1", True)]


@pytest.mark.parametrize("other", [{"livemode": True}, {"account": "acct_another"}], ids=str)
async def test_another_mode_s_or_account_s_event_is_answered_and_not_kept(
    other: dict[str, Any], stripe: Shopper
) -> None:
    assert await send(stripe, an_event(**other)) == 200
    assert await noted() == []


async def test_the_largest_body_is_a_quarter_of_a_megabyte(stripe: Shopper) -> None:
    limit = 256 * 1024
    body = an_event(padding="")
    fits = an_event(padding="x" * (limit - len(body)))
    assert len(fits) == limit
    assert await send(stripe, fits) == 200
    assert await send(stripe, an_event(padding="x" * (limit - len(body) + 1))) == 413


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH"])
async def test_only_post_is_answered(method: str, stripe: Shopper) -> None:
    response = await stripe.client.request(method, ADDRESS)
    assert response.status_code == 405


async def test_twenty_copies_at_once_are_one_event(
    ada: Shopper, stripe: Shopper, goods: Goods, sandbox: Sandbox
) -> None:
    await goods("mug")
    await fill_cart(ada, "Mug")
    session = await go_to_pay(ada)
    await nothing_is_delivered(sandbox)
    paid = await pay(sandbox, session)
    body = an_event(data={"object": paid})
    answers = await asyncio.gather(*[send(stripe, body) for _ in range(20)])
    assert set(answers) == {200}
    assert await noted() == [("evt_1", True)]
    assert await history(await the_order()) == ["pending", "paid"]


async def test_what_an_event_says_of_its_session_is_not_believed(
    ada: Shopper, stripe: Shopper, goods: Goods, sandbox: Sandbox
) -> None:
    """Only Stripe itself is asked: a signed lie changes nothing."""
    await goods("mug")
    await fill_cart(ada, "Mug")
    ours = await stripe_side.session(sandbox, await go_to_pay(ada))
    told = ours | {"status": "complete", "payment_status": "paid"}
    assert await send(stripe, an_event(data={"object": told})) == 200
    assert (await the_order()).status == "pending"


async def test_an_event_that_cannot_be_settled_now_is_answered_and_settled_later(
    ada: Shopper, shop: Shop, goods: Goods, sandbox: Sandbox
) -> None:
    await goods("mug")
    await fill_cart(ada, "Mug")
    session = await go_to_pay(ada)
    await nothing_is_delivered(sandbox)
    await pay(sandbox, session)
    await fails(sandbox, "GET", status=503, close=None, should_retry=False)
    await delivered(sandbox, "checkout.session.completed")
    [(event, settled)] = await noted()
    assert not settled
    assert (await the_order()).status == "pending"
    await works_again(sandbox)
    clock.move(events.PAUSES[0] * 4)
    await run_once(gateway(shop))
    assert (event, True) in await noted()
    assert (await the_order()).status == "paid"


async def test_an_event_that_was_noted_and_not_settled_is_settled_when_it_comes_again(
    ada: Shopper, goods: Goods, sandbox: Sandbox
) -> None:
    await goods("mug")
    await fill_cart(ada, "Mug")
    session = await go_to_pay(ada)
    await nothing_is_delivered(sandbox)
    await pay(sandbox, session)
    await fails(sandbox, "GET", status=503, close=None, should_retry=False)
    await delivered(sandbox, "checkout.session.completed")
    await works_again(sandbox)
    [(event, _)] = await noted()
    await control(sandbox, f"events/{event}/resend")
    assert await noted() == [(event, True)]
    assert (await the_order()).status == "paid"


async def test_an_event_that_never_succeeds_is_left_to_people(
    ada: Shopper, shop: Shop, stripe: Shopper, goods: Goods, sandbox: Sandbox
) -> None:
    await goods("mug")
    await fill_cart(ada, "Mug")
    session = await go_to_pay(ada)
    await fails(sandbox, "GET", status=503, close=None, should_retry=False)
    await send(stripe, an_event(data={"object": {"object": "checkout.session", "id": session}}))
    for _ in range(len(events.PAUSES) + 1):
        clock.move(events.PAUSES[-1] * 2)
        for event in await events.due(everything=False):
            await events.not_yet(event.id, "still nothing")
    row = (await StripeEvent.select())[0]
    assert row["given_up_at"] is not None
    assert row["problem"] == "still nothing"
    assert await events.due(everything=False) == []
    await works_again(sandbox)


async def test_what_could_not_be_noted_has_to_come_again(
    stripe: Shopper, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def full(*_: object) -> bool:
        raise OSError("no space left on device")

    monkeypatch.setattr(events, "noted", full)
    assert await send(stripe, an_event()) == 503


@pytest.mark.one_database
async def test_a_slow_stripe_does_not_hold_the_webhook_for_long(
    ada: Shopper, stripe: Shopper, goods: Goods, sandbox: Sandbox
) -> None:
    """Stripe holds the shopper back for as long as we do not answer."""
    await goods("mug")
    await fill_cart(ada, "Mug")
    session = await go_to_pay(ada)
    await fails(sandbox, "GET", latency=30, close=None)
    began = time.monotonic()
    body = an_event(data={"object": {"object": "checkout.session", "id": session}})
    assert await send(stripe, body) == 200
    assert time.monotonic() - began < 4
    await works_again(sandbox)


async def test_the_answer_is_plain_and_nobody_keeps_it(stripe: Shopper) -> None:
    body = an_event()
    response = await stripe.client.post(ADDRESS, content=body, headers={"Stripe-Signature": signature(body)})
    assert response.headers["content-type"].startswith("text/plain")
    assert "set-cookie" not in response.headers


class Arriving:
    """A request and the gateway that reads it, in one."""

    livemode = False
    headers: ClassVar = {"Stripe-Signature": "signed"}

    def __init__(self, event: EventFacts | None) -> None:
        self.event = event

    async def body(self) -> bytes:
        return b"body"

    def read_event(self, body: bytes, signature: str) -> EventFacts:
        assert (body, signature) == (b"body", "signed")
        if self.event is None:
            raise BadSignature
        return self.event


OURS = EventFacts("evt_1", "a.kind", livemode=False, account=None)


@pytest.mark.parametrize(
    ("event", "status", "told"),
    [
        (None, 400, "the signature does not fit"),
        (replace(OURS, livemode=True), 200, "another mode's or account's event"),
        (replace(OURS, account="acct_1"), 200, "another mode's or account's event"),
        (OURS, 200, "noted"),
        (replace(OURS, id=cast("str", None)), 503, "could not be noted, please send it again"),
    ],
    ids=["forged", "live", "connected", "ours", "cannot be kept"],
)
async def test_what_stripe_is_answered(
    event: EventFacts | None, status: int, told: str, environment: None
) -> None:
    arriving: Any = Arriving(event)
    for _ in range(2):
        answer = await routes.stripe_webhook.fn(arriving, arriving)
        assert (answer.status_code, answer.content, answer.media_type) == (status, told, "text/plain")
    assert await noted() == ([("evt_1", True)] if told == "noted" else [])
