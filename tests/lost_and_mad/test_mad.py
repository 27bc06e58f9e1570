"""What is forged, replayed, malformed or somebody else's never moves an order, and never breaks the shop."""

import copy
import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import httpx
import pytest

from shop import clock
from shop.mail.tables import Letter
from shop.orders.tables import Order
from shop.payments import staff
from shop.payments.installation import shop_id
from shop.payments.tables import Attempt, Payment, StripeEvent
from shop.sandbox.signing import signature_header
from tests.support.fixtures_shop import WEBHOOK_SECRET
from tests.support.house import Buyer, House

Json = dict[str, Any]
PRICE = 1200


@dataclass
class Scene:
    """Ada stands at Stripe's page; events are held back, so that a test can send its own."""

    house: House
    ada: Buyer
    session: str

    async def order(self) -> Order:
        found = await Order.objects().first()
        assert found is not None
        return found

    async def events(self, kind: str) -> list[Json]:
        return [event for event in await self.house.objects("event") if event["type"] == kind]

    async def sends(
        self,
        body: Any,
        *,
        secret: str = WEBHOOK_SECRET,
        at: float | None = None,
        signature: str | None = None,
    ) -> httpx.Response:
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        if signature is None:
            signature = signature_header(raw, [secret], int(time.time() if at is None else at))
        told = {"Content-Type": "application/json", "Stripe-Signature": signature}
        return await self.ada.client.post("/webhooks/stripe", content=raw, headers=told)

    async def nothing_happened(self, fault: str, times: int = 1) -> None:
        order = await self.order()
        assert order.status == "pending"
        assert not order.review
        assert await Payment.count() == 0
        # What is true finds its way afterwards.
        await self.house.events_arrive()
        await self.house.reconcile()
        await self.house.books_agree(f"Webhooks: {fault}", times)


@pytest.fixture
async def scene(house: House) -> Scene:
    mug = await house.goods(stock=5, price=PRICE)
    ada = house.shopper("ada")
    session = await ada.begins_to_pay(mug)
    await house.events_wait()
    return Scene(house, ada, session)


@pytest.fixture
async def told(scene: Scene) -> Json:
    """The true event that ada has paid, which nobody has heard yet."""
    await scene.house.pays(scene.session)
    [event] = await scene.events("checkout.session.completed")
    return event


MINUTE = 60.0
FORGED: dict[str, Json] = {
    "another secret": {"secret": "whsec_somebody_else_0123456789"},
    "no signature": {"signature": ""},
    "no digest in the signature": {"signature": "t=1,v0=abc"},
    "rubbish for a signature": {"signature": "\x7f,=,t=,v1"},
    "a signature of six minutes ago": {"at": -6 * MINUTE},
    "a signature of next week": {"at": 7 * 24 * 60 * MINUTE},
}


@pytest.mark.parametrize("how", FORGED)
async def test_a_forged_event_is_refused(how: str, scene: Scene, told: Json) -> None:
    options = dict(FORGED[how])
    if "at" in options:
        options["at"] += time.time()
    assert (await scene.sends(told, **options)).status_code == 400
    assert await StripeEvent.count() == 0
    await scene.nothing_happened("forged signatures")


async def test_a_body_changed_after_signing_is_refused(scene: Scene, told: Json) -> None:
    raw = json.dumps(told).encode()
    signature = signature_header(raw, [WEBHOOK_SECRET], int(time.time()))
    answer = await scene.sends(raw.replace(b'"complete"', b'"expired!"'), signature=signature)
    assert answer.status_code == 400
    await scene.nothing_happened("forged signatures")


async def test_a_replayed_event_changes_nothing_more(scene: Scene, told: Json) -> None:
    assert [(await scene.sends(told)).status_code for _ in range(4)] == [200] * 4
    assert (await scene.order()).status == "paid"
    assert await Payment.count() == 1
    await scene.house.events_arrive()
    await scene.house.books_agree("Webhooks: replayed events")


async def test_what_is_no_post_of_json_is_refused(scene: Scene, told: Json) -> None:
    assert (await scene.ada.client.get("/webhooks/stripe")).status_code == 405
    assert (await scene.sends(b"x" * (256 * 1024 + 1))).status_code in {400, 413}
    await scene.nothing_happened("malformed events")


@pytest.mark.parametrize(
    ("kind", "changes"),
    [
        ("checkout.session.completed", {"status": "complete", "payment_status": "paid"}),
        ("checkout.session.async_payment_succeeded", {"payment_status": "paid"}),
        ("checkout.session.expired", {"status": "expired"}),
        ("checkout.session.async_payment_failed", {"status": "complete"}),
        ("payment_intent.succeeded", {"status": "succeeded"}),
    ],
)
async def test_an_event_is_not_believed_but_looked_up(kind: str, changes: Json, scene: Scene) -> None:
    """Rightly signed, and what it says of the session is not so."""
    at_stripe = await scene.house.sandbox.read(f"/v1/checkout/sessions/{scene.session}")
    lie = {
        "id": "evt_a_lie",
        "object": "event",
        "type": kind,
        "livemode": False,
        "data": {"object": at_stripe | changes},
    }
    assert (await scene.sends(lie)).status_code == 200
    await scene.nothing_happened("signed events that are not true")


async def test_a_paid_order_is_not_taken_away_by_a_lie(scene: Scene, told: Json) -> None:
    await scene.house.events_arrive()
    lie = copy.deepcopy(told) | {"id": "evt_a_lie", "type": "checkout.session.expired"}
    lie["data"]["object"]["status"] = "expired"
    assert (await scene.sends(lie)).status_code == 200
    assert (await scene.order()).status == "paid"
    await scene.house.books_agree("Webhooks: signed events that are not true")


@pytest.mark.parametrize("instead", [{"livemode": True}, {"account": "acct_1Other"}])
async def test_another_mode_s_or_account_s_event_is_ignored(instead: Json, scene: Scene, told: Json) -> None:
    assert (await scene.sends(told | instead)).status_code == 200
    assert await StripeEvent.count() == 0
    await scene.nothing_happened("another mode's or account's events")


async def test_an_unknown_type_is_noted_and_harmless(scene: Scene, told: Json) -> None:
    strange = told | {"id": "evt_strange", "type": "treasury.moon_landed"}
    assert (await scene.sends(strange)).status_code == 200
    row = await StripeEvent.objects().get(StripeEvent.event_id == "evt_strange")
    assert row is not None
    assert row.result == "not ours"
    await scene.nothing_happened("unknown types")


def mutants(event: Json) -> Iterator[Json]:
    """The event with one thing in it missing or of the wrong kind, each with an id of its own."""
    paths = [
        ("id",), ("type",), ("object",), ("livemode",), ("account",), ("created",), ("data",),
        ("data", "object"), ("data", "object", "id"), ("data", "object", "object"),
        ("data", "object", "metadata"), ("data", "object", "metadata", "shop"),
        ("data", "object", "metadata", "attempt"), ("data", "object", "metadata", "order"),
        ("data", "object", "payment_intent"), ("data", "object", "status"),
    ]  # fmt: skip
    wrong: list[Any] = [
        None, "", "\x00", "\ud800", "é" * 5000, 0, -1, 2**70, 1e300, True, [], {}, [[]], {"id": None}, "gone",
    ]  # fmt: skip
    for path in paths:
        for number, value in enumerate(wrong):
            mutant = copy.deepcopy(event) | {"id": f"evt_mutant_{'_'.join(path)}_{number}"}
            inside = mutant
            for name in path[:-1]:
                inside = inside[name]
            if value == "gone":
                del inside[path[-1]]
            else:
                inside[path[-1]] = value
            yield mutant


RUBBISH = [
    b"",
    b"null",
    b"[]",
    b"1",
    b'"evt"',
    b"{",
    b"\xff\xfe",
    b"{}",
    b'{"id":"evt_1"}',
    b"[" * 50_000,
    b"{" * 9,
]


async def test_what_is_malformed_after_a_good_signature_breaks_nothing(scene: Scene) -> None:
    """The session is open, so whatever is made of the event, the order goes on waiting."""
    at_stripe = await scene.house.sandbox.read(f"/v1/checkout/sessions/{scene.session}")
    event = {
        "id": "evt_1", "object": "event", "type": "checkout.session.completed", "livemode": False,
        "created": 1, "account": None, "data": {"object": at_stripe},
    }  # fmt: skip
    played = 0
    for body in [*RUBBISH, *mutants(event)]:
        answer = await scene.sends(body)
        assert answer.status_code in {200, 400}, (body, answer.status_code)
        played += 1
    await scene.nothing_happened("malformed after a good signature", played)


async def test_an_event_about_nothing_is_tried_for_hours_and_then_left_to_people(scene: Scene) -> None:
    metadata = (await scene.house.sandbox.read(f"/v1/checkout/sessions/{scene.session}"))["metadata"]
    about = {"id": "cs_test_" + "0" * 40, "object": "checkout.session", "metadata": metadata}
    event = {
        "id": "evt_ghost",
        "type": "checkout.session.completed",
        "livemode": False,
        "data": {"object": about},
    }
    assert (await scene.sends(event)).status_code == 200
    for tries in range(20):
        row = await StripeEvent.objects().get(StripeEvent.event_id == "evt_ghost")
        assert row is not None
        if row.given_up_at is not None:
            break
        assert row.tries == tries + 1
        clock.move(timedelta(hours=5))
        await scene.house.reconcile(rounds=1)
    else:
        pytest.fail("it was never left to people")
    assert row.processed_at is None
    assert row.problem.startswith("GatewayRefused")


async def stranger_s_session(scene: Scene, metadata: Json, amount: int = PRICE) -> Json:
    """Made by another program with the same key."""
    fields = {
        "mode": "payment",
        "success_url": "https://example.com/",
        "line_items[0][quantity]": "1",
        "line_items[0][price_data][currency]": "eur",
        "line_items[0][price_data][unit_amount]": str(amount),
        "line_items[0][price_data][product_data][name]": "A song",
        "client_reference_id": (await scene.order()).number,
    }
    for name, value in metadata.items():
        fields[f"metadata[{name}]"] = fields[f"payment_intent_data[metadata][{name}]"] = value
    answer = await scene.house.sandbox.client.post("/v1/checkout/sessions", data=fields)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


@pytest.mark.parametrize(
    "metadata", [{}, {"shop": "another", "order": "SAME", "attempt": "SAME"}], ids=["none", "another shop"]
)
async def test_another_shop_s_payment_is_not_ours(metadata: Json, scene: Scene) -> None:
    [attempt] = await Attempt.select(Attempt.token)
    same = {"order": (await scene.order()).number, "attempt": attempt["token"]}
    stranger = await stranger_s_session(scene, {k: same.get(k, v) for k, v in metadata.items()})
    await scene.house.pays(stranger["id"])
    arrived = await scene.house.events_arrive()
    assert {each["attempts"][-1]["status"] for each in arrived} == {200}
    await scene.house.reconcile()
    await scene.nothing_happened("another shop's payments")


async def test_a_payment_of_ours_that_no_try_of_ours_began_is_kept_for_people(scene: Scene) -> None:
    number = (await scene.order()).number
    stranger = await stranger_s_session(
        scene, {"shop": await shop_id(), "order": number, "attempt": "unknown"}
    )
    await scene.house.pays(stranger["id"])
    await scene.house.events_arrive()
    payment = await Payment.objects().get(Payment.session_id == stranger["id"])
    assert payment is not None
    assert payment.problem
    assert (await scene.order()).status == "pending"


async def test_a_cheaper_session_with_our_attempt_s_name_does_not_pay_for_it(scene: Scene) -> None:
    [attempt] = await Attempt.select(Attempt.token)
    names = {"shop": await shop_id(), "order": (await scene.order()).number, "attempt": attempt["token"]}
    cheap = await stranger_s_session(scene, names, amount=100)
    await scene.house.pays(cheap["id"])
    await scene.house.events_arrive()
    order = await scene.order()
    assert order.status == "pending"
    assert order.review
    assert await Letter.count().where(Letter.kind == "review") == 1


@pytest.mark.parametrize(
    "instead", [{"amount_total": 1}, {"amount_total": PRICE * 9}, {"currency": "usd"}], ids=str
)
async def test_a_wrong_amount_or_currency_is_not_shipped_and_not_silent(instead: Json, scene: Scene) -> None:
    await scene.house.pays(scene.session, **instead)
    await scene.house.events_arrive()
    await scene.house.reconcile()
    order = await scene.order()
    assert order.status == "pending"
    assert order.review
    assert await Letter.count().where(Letter.kind == "review") == 1
    await scene.house.books_agree("Webhooks: wrong amount or currency")
    await staff.refund(
        scene.house.gateway, order, None, "staff:merchant@example.com", "it did not agree", "request"
    )
    assert (await scene.order()).status == "cart"
    await scene.house.events_arrive()
    await scene.house.books_agree()
