"""Every act by Stripe's own SDK; every body and every event has Stripe's shape."""

from collections.abc import Callable
from typing import Any

import pytest
import stripe

from shop.sandbox.fixture import StripeSandbox
from tests.sandbox import schema
from tests.sandbox.conftest import Body, Listener, MakeSession, Raw

EXPANSIONS = {
    "/v1/checkout/sessions": ["data.payment_intent.latest_charge.balance_transaction", "data.line_items"],
    "/v1/payment_intents": ["data.latest_charge", "data.payment_method"],
    "/v1/charges": ["data.payment_intent", "data.balance_transaction", "data.refunds"],
    "/v1/refunds": ["data.charge.payment_intent", "data.balance_transaction"],
    "/v1/disputes": ["data.charge", "data.payment_intent"],
    "/v1/balance_transactions": ["data.source"],
    "/v1/webhook_endpoints": [],
    "/v1/events": [],
}


@pytest.fixture(autouse=True)
def everything_has_stripes_shape(raw: Raw, listener: Listener) -> Any:
    """After each test here: whatever is there, alone and expanded, and whatever was delivered."""
    yield
    for path, expand in EXPANSIONS.items():
        raw.get(path, limit=100)
        raw.get(path, **{"limit": 100, "expand[]": expand})
    for event in listener.arrived:
        assert schema.event_problems(event) == []


Pay = Callable[[Body, str], list[str]]


@pytest.fixture
def pay(stripe_sandbox: StripeSandbox, listener: Listener) -> Pay:
    """Pays and answers the types of the events that this brought."""

    def pay(session: Body, outcome: str) -> list[str]:
        before = len(listener.arrived)
        stripe_sandbox.control("POST", f"/sessions/{session['id']}/pay", outcome=outcome)
        return sorted(listener.types()[before:])

    return pay


def test_a_card_pays(client: stripe.StripeClient, session: MakeSession, pay: Pay) -> None:
    made = session()
    assert (made["amount_total"], made["status"], made["payment_intent"]) == (1234, "open", None)
    assert pay(made, "card_success") == [
        "charge.succeeded",
        "checkout.session.completed",
        "payment_intent.created",
        "payment_intent.succeeded",
    ]
    paid = client.v1.checkout.sessions.retrieve(made["id"], {"expand": ["payment_intent.latest_charge"]})
    assert (paid.status, paid.payment_status, paid.url) == ("complete", "paid", None)
    intent = paid.payment_intent
    assert isinstance(intent, stripe.PaymentIntent)
    assert (intent.status, intent.amount_received, intent.metadata["order"]) == (
        "succeeded",
        1234,
        "K7QM2X9P",
    )
    assert isinstance(intent.latest_charge, stripe.Charge)
    assert intent.latest_charge.paid
    found = client.v1.checkout.sessions.list({"payment_intent": intent.id})
    assert [each.id for each in found.data] == [made["id"]]
    assert client.v1.checkout.sessions.list({"status": "open"}).data == []


def test_a_declined_shopper_tries_again(client: stripe.StripeClient, session: MakeSession, pay: Pay) -> None:
    made = session()
    assert pay(made, "decline_insufficient_funds") == [
        "charge.failed",
        "payment_intent.created",
        "payment_intent.payment_failed",
    ]
    still = client.v1.checkout.sessions.retrieve(made["id"])
    assert (still.status, still.payment_status) == ("open", "unpaid")
    intent = client.v1.payment_intents.retrieve(str(still.payment_intent))
    assert intent.last_payment_error is not None
    assert intent.last_payment_error.decline_code == "insufficient_funds"
    assert "payment_intent.created" not in pay(made, "card_success")
    assert len(client.v1.payment_intents.list().data) == 1
    assert len(client.v1.charges.list({"payment_intent": intent.id}).data) == 2


def test_the_bank_asks(stripe_sandbox: StripeSandbox, session: MakeSession, pay: Pay, raw: Raw) -> None:
    made = session()
    assert "payment_intent.requires_action" in pay(made, "authentication_required")
    intent = raw.get("/v1/payment_intents")["data"][0]
    assert intent["next_action"]["redirect_to_url"]["url"].endswith(f"/challenge/{intent['id']}")
    stripe_sandbox.control("POST", f"/sessions/{made['id']}/answer", confirmed=False)
    assert raw.get("/v1/payment_intents")["data"][0]["status"] == "requires_payment_method"
    pay(made, "authentication_required")
    stripe_sandbox.control("POST", f"/sessions/{made['id']}/answer", confirmed=True)
    assert raw.get(f"/v1/checkout/sessions/{made['id']}")["payment_status"] == "paid"


@pytest.mark.parametrize("succeeds", [True, False])
def test_a_delayed_payment_ends(
    stripe_sandbox: StripeSandbox,
    session: MakeSession,
    pay: Pay,
    raw: Raw,
    listener: Listener,
    succeeds: bool,
) -> None:
    made = session()
    assert "payment_intent.processing" in pay(made, "delayed")
    complete = raw.get(f"/v1/checkout/sessions/{made['id']}")
    assert (complete["status"], complete["payment_status"]) == ("complete", "unpaid")
    stripe_sandbox.control("POST", f"/payments/{complete['payment_intent']}/settle", succeeds=succeeds)
    ended = raw.get(f"/v1/checkout/sessions/{made['id']}")
    assert ended["payment_status"] == ("paid" if succeeds else "unpaid")
    word = "succeeded" if succeeds else "failed"
    assert f"checkout.session.async_payment_{word}" in listener.types()


def test_refunds(client: stripe.StripeClient, session: MakeSession, pay: Pay, listener: Listener) -> None:
    made = session()
    pay(made, "card_success")
    intent = str(client.v1.checkout.sessions.retrieve(made["id"]).payment_intent)
    part = client.v1.refunds.create({"payment_intent": intent, "amount": 234, "metadata": {"refund": "one"}})
    assert (part.status, part.amount) == ("succeeded", 234)
    with pytest.raises(stripe.InvalidRequestError) as refused:
        client.v1.refunds.create({"payment_intent": intent, "amount": 1001})
    assert "greater than unrefunded amount" in str(refused.value)
    client.v1.refunds.create({"charge": str(part.charge)})
    with pytest.raises(stripe.InvalidRequestError) as refused:
        client.v1.refunds.create({"payment_intent": intent})
    assert refused.value.code == "charge_already_refunded"
    changed = client.v1.refunds.update(part.id, {"metadata": {"refund": "two"}})
    assert changed.metadata is not None
    assert changed.metadata["refund"] == "two"
    assert client.v1.charges.retrieve(str(part.charge)).refunded
    assert len(client.v1.refunds.list({"payment_intent": intent}).data) == 2
    assert {"refund.created", "charge.refunded", "refund.updated"} <= {
        event.type for event in client.v1.events.list({"limit": 100}).data
    }


@pytest.mark.parametrize(("outcome", "first", "last"), [
    ("refund_pending", "pending", "succeeded"), ("refund_fails", "succeeded", "failed"),
])  # fmt: skip
def test_a_refund_changes_its_mind(
    stripe_sandbox: StripeSandbox,
    session: MakeSession,
    pay: Pay,
    raw: Raw,
    outcome: str,
    first: str,
    last: str,
) -> None:
    pay(session(), outcome)
    intent = raw.get("/v1/payment_intents")["data"][0]["id"]
    refund = raw.post("/v1/refunds", {"payment_intent": intent})
    assert refund["status"] == first
    stripe_sandbox.control("POST", "/clock", advance=60)
    assert raw.get(f"/v1/refunds/{refund['id']}")["status"] == last
    left = raw.get("/v1/charges")["data"][0]["amount_refunded"]
    assert left == (1234 if last == "succeeded" else 0)


def test_a_refund_is_cancelled(
    stripe_sandbox: StripeSandbox, session: MakeSession, pay: Pay, raw: Raw
) -> None:
    pay(session(), "card_success")
    intent = raw.get("/v1/payment_intents")["data"][0]["id"]
    given = stripe_sandbox.control("POST", f"/payments/{intent}/refund", goes="requires_action", amount=100)
    assert raw.post(f"/v1/refunds/{given['result']['id']}/cancel")["status"] == "canceled"
    assert raw.send("POST", f"/v1/refunds/{given['result']['id']}/cancel").status_code == 400


def test_disputes(
    client: stripe.StripeClient,
    stripe_sandbox: StripeSandbox,
    session: MakeSession,
    pay: Pay,
    listener: Listener,
) -> None:
    pay(session(), "dispute")
    stripe_sandbox.control("POST", "/clock", advance=5)
    dispute = client.v1.disputes.list().data[0]
    assert (dispute.status, dispute.amount, dispute.is_charge_refundable) == ("needs_response", 1234, False)
    with pytest.raises(stripe.InvalidRequestError) as refused:
        client.v1.refunds.create({"charge": str(dispute.charge)})
    assert refused.value.code == "charge_disputed"
    won = client.v1.disputes.update(dispute.id, {"evidence": {"uncategorized_text": "winning_evidence"}})
    assert won.status == "won"
    stripe_sandbox.control("POST", "/deliveries/flush")
    assert {
        "charge.dispute.created",
        "charge.dispute.funds_withdrawn",
        "charge.dispute.funds_reinstated",
        "charge.dispute.closed",
    } <= set(listener.types())
    with pytest.raises(stripe.InvalidRequestError):
        client.v1.disputes.close(dispute.id)


def test_an_inquiry_becomes_a_lost_dispute(
    client: stripe.StripeClient, stripe_sandbox: StripeSandbox, session: MakeSession, pay: Pay
) -> None:
    pay(session(), "inquiry")
    stripe_sandbox.control("POST", "/clock", advance=5)
    dispute = client.v1.disputes.list().data[0]
    assert (dispute.status, dispute.is_charge_refundable) == ("warning_needs_response", True)
    stripe_sandbox.control("POST", f"/disputes/{dispute.id}/escalate")
    assert client.v1.disputes.close(dispute.id).status == "lost"
    assert stripe_sandbox.control("GET", "/totals")["disputed"] == {"eur": 1234}


def test_sessions_end(
    client: stripe.StripeClient,
    stripe_sandbox: StripeSandbox,
    session: MakeSession,
    listener: Listener,
    pay: Pay,
) -> None:
    first, second, third = session(), session(), session()
    assert client.v1.checkout.sessions.expire(first["id"]).status == "expired"
    pay(second, "card_success")
    with pytest.raises(stripe.InvalidRequestError) as refused:
        client.v1.checkout.sessions.expire(second["id"])
    assert 'Only Checkout Sessions with a status in ["open"] can be expired' in str(refused.value)
    stripe_sandbox.control("POST", "/clock", advance=24 * 3600 + 1)
    assert client.v1.checkout.sessions.retrieve(third["id"]).status == "expired"
    stripe_sandbox.control("POST", "/deliveries/flush")
    assert listener.types().count("checkout.session.expired") == 2


def test_nothing_to_pay(session: MakeSession, raw: Raw, pay: Pay) -> None:
    free = session({"line_items[0][price_data][unit_amount]": "0"})
    assert pay(free, "card_success") == ["checkout.session.completed"]
    done = raw.get(f"/v1/checkout/sessions/{free['id']}")
    assert (done["payment_status"], done["payment_intent"]) == ("no_payment_required", None)


def test_delivery_address_and_ways_to_deliver(session: MakeSession, raw: Raw, pay: Pay) -> None:
    rate = "shipping_options[0][shipping_rate_data]"
    made = session({
        "shipping_address_collection[allowed_countries][0]": "DE",
        f"{rate}[display_name]": "Parcel",
        f"{rate}[fixed_amount][amount]": "490",
        f"{rate}[fixed_amount][currency]": "eur",
    })  # fmt: skip
    assert (made["amount_subtotal"], made["amount_total"]) == (1234, 1724)
    pay(made, "card_success")
    done = raw.get(f"/v1/checkout/sessions/{made['id']}")
    assert done["collected_information"]["shipping_details"]["address"]["country"] == "DE"
    assert done["shipping_cost"]["amount_total"] == 490
    assert raw.get("/v1/charges")["data"][0]["shipping"]["name"] == "Sandy Shopper"


def test_another_amount_than_was_asked(stripe_sandbox: StripeSandbox, session: MakeSession, raw: Raw) -> None:
    made = session()
    stripe_sandbox.control("POST", f"/sessions/{made['id']}/pay", amount_total=100, currency="usd")
    paid = raw.get(f"/v1/checkout/sessions/{made['id']}", **{"expand[]": "payment_intent"})
    assert (paid["amount_total"], paid["currency"]) == (100, "usd")
    assert (paid["payment_intent"]["amount_received"], paid["payment_intent"]["currency"]) == (100, "usd")


def test_payment_intents_without_checkout(client: stripe.StripeClient, raw: Raw) -> None:
    paid = client.v1.payment_intents.create(
        {"amount": 500, "currency": "eur", "payment_method": "pm_card_visa", "confirm": True}
    )
    assert paid.status == "succeeded"
    with pytest.raises(stripe.CardError) as declined:
        client.v1.payment_intents.create(
            {"amount": 500, "currency": "eur", "payment_method": "pm_card_chargeDeclined", "confirm": True}
        )
    assert (declined.value.code, declined.value.http_status) == ("card_declined", 402)
    waiting = client.v1.payment_intents.create({"amount": 500, "currency": "eur", "metadata": {"a": "1"}})
    assert client.v1.payment_intents.update(waiting.id, {"amount": 600}).amount == 600
    assert (
        client.v1.payment_intents.confirm(waiting.id, {"payment_method": "pm_card_visa"}).amount_received
        == 600
    )
    other = client.v1.payment_intents.create({"amount": 500, "currency": "eur"})
    assert client.v1.payment_intents.cancel(other.id).status == "canceled"
    assert [each["status"] for each in raw.get("/v1/payment_intents")["data"]] == [
        "canceled",
        "succeeded",
        "requires_payment_method",
        "succeeded",
    ]


def test_webhook_endpoints(
    client: stripe.StripeClient, listener: Listener, session: MakeSession, pay: Pay
) -> None:
    made = client.v1.webhook_endpoints.create(
        {"url": "http://127.0.0.1:9/", "enabled_events": ["charge.succeeded"]}
    )
    assert made.secret is not None
    assert made.secret.startswith("whsec_")
    assert "secret" not in client.v1.webhook_endpoints.retrieve(made.id)
    pay(session(), "card_success")
    event = client.v1.events.list({"type": "charge.succeeded"}).data[0]
    assert event.pending_webhooks == 1
    assert event.id in [each.id for each in client.v1.events.list({"delivery_success": False}).data]
    assert client.v1.webhook_endpoints.delete(made.id).deleted


def test_the_account(client: stripe.StripeClient, raw: Raw) -> None:
    raw.get("/v1/account")
    assert client.v1.accounts.retrieve_current().id.startswith("acct_")


def test_pages_and_cursors(client: stripe.StripeClient, session: MakeSession, raw: Raw) -> None:
    made = [session()["id"] for _ in range(5)][::-1]
    first = client.v1.checkout.sessions.list({"limit": 2})
    assert [each.id for each in first.auto_paging_iter()] == made
    before = raw.get("/v1/checkout/sessions", ending_before=made[3], limit=2)
    assert ([each["id"] for each in before["data"]], before["has_more"]) == (made[1:3], True)
    refused = raw.send("GET", "/v1/checkout/sessions", params={"starting_after": "cs_test_none"})
    assert refused.json()["error"]["code"] == "resource_missing"
    lines = raw.get(f"/v1/checkout/sessions/{made[0]}/line_items", **{"expand[]": "data.price.product"})
    assert lines["data"][0]["price"]["product"]["name"] == "Cup"
