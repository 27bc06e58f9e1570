"""What a test can let go wrong between a shop and Stripe."""

import httpx
import pytest
import stripe

from shop.sandbox.fixture import StripeSandbox
from tests.sandbox.conftest import ONE_CUP, Listener, MakeSession, Raw


@pytest.mark.parametrize(("close", "sessions"), [("before", 0), ("after", 1)])
def test_the_connection_is_cut(raw: Raw, stripe_sandbox: StripeSandbox, close: str, sessions: int) -> None:
    stripe_sandbox.control("POST", "/faults", close=close, path="/v1/checkout/sessions", method="POST")
    with pytest.raises(httpx.TransportError):
        raw.send("POST", "/v1/checkout/sessions", data=ONE_CUP)
    assert len(raw.get("/v1/checkout/sessions")["data"]) == sessions


def test_a_cut_connection_is_made_good_by_the_sdk(stripe_sandbox: StripeSandbox, raw: Raw) -> None:
    stripe_sandbox.control("POST", "/faults", close="after", path="/v1/refunds", method="POST")
    made = raw.post(
        "/v1/payment_intents",
        {"amount": 500, "currency": "eur", "payment_method": "pm_card_visa", "confirm": "true"},
    )
    patient = stripe.StripeClient(
        stripe_sandbox.secret_key, base_addresses={"api": stripe_sandbox.url}, max_network_retries=1
    )
    patient.v1.refunds.create({"payment_intent": made["id"], "amount": 100})
    assert len(raw.get("/v1/refunds")["data"]) == 1


def test_statuses(raw: Raw, stripe_sandbox: StripeSandbox) -> None:
    stripe_sandbox.control("POST", "/faults", status=429, should_retry=False, times=2)
    for _ in range(2):
        refused = raw.send("GET", "/v1/account")
        assert (refused.status_code, refused.headers["Stripe-Should-Retry"]) == (429, "false")
    assert raw.send("GET", "/v1/account").status_code == 200
    stripe_sandbox.control("POST", "/faults", status=503, path="/v1/charges*", times=None)
    assert raw.send("GET", "/v1/charges/ch_1").status_code == 503
    assert raw.send("GET", "/v1/charges").status_code == 503
    stripe_sandbox.control("DELETE", "/faults")
    assert raw.send("GET", "/v1/charges").status_code == 200


def test_garbage(stripe_sandbox: StripeSandbox, client: stripe.StripeClient) -> None:
    stripe_sandbox.control("POST", "/faults", garbage=True)
    with pytest.raises(stripe.APIError):
        client.v1.charges.list()


def test_the_shop_hears_of_it_before_the_call_returns(
    stripe_sandbox: StripeSandbox, session: MakeSession, listener: Listener
) -> None:
    stripe_sandbox.control("POST", "/faults", pay_first="card_success", method="POST")
    made = session()
    assert made["status"] == "open"
    assert "checkout.session.completed" in listener.types()


def test_a_fault_must_make_sense(raw: Raw) -> None:
    assert raw.send("POST", "/_control/faults", json={"colour": "red"}).status_code == 400
    assert raw.send("POST", "/_control/faults", json={"close": "sometimes"}).status_code == 400


def test_the_journal_knows_all_requests(
    raw: Raw, stripe_sandbox: StripeSandbox, session: MakeSession
) -> None:
    session()
    raw.send("GET", "/v1/nowhere")
    entries = stripe_sandbox.control("GET", "/journal")
    assert [(entry["method"], entry["path"], entry["status"]) for entry in entries] == [
        ("POST", "/v1/checkout/sessions", 200),
        ("GET", "/v1/nowhere", 404),
    ]
    page = raw.send("GET", f"/requests/{entries[0]['id']}")
    assert "line_items" in page.text
