"""Events on their way: signed, repeated, held, lost, doubled, out of order."""

import time

from shop.sandbox.fixture import StripeSandbox
from tests.sandbox.conftest import Listener, MakeSession, Raw

# `charge.updated` follows a second later, beside whatever a test does then, and is left out of every count.
USUAL = [
    "payment_intent.created",
    "charge.succeeded",
    "payment_intent.succeeded",
    "checkout.session.completed",
]


def pay(stripe_sandbox: StripeSandbox, session: MakeSession) -> None:
    stripe_sandbox.control("POST", f"/sessions/{session()['id']}/pay")


def test_a_refused_event_comes_again(
    stripe_sandbox: StripeSandbox, session: MakeSession, listener: Listener, raw: Raw
) -> None:
    listener.refuse = 4
    pay(stripe_sandbox, session)
    assert set(USUAL).isdisjoint(listener.types())
    completed = "/deliveries?of_type=checkout.session.completed"
    until = time.monotonic() + 20
    # An arrival is written down a moment after it was answered.
    while time.monotonic() < until:
        tried = stripe_sandbox.control("GET", completed)[0]
        if set(USUAL) <= set(listener.types()) and len(tried["attempts"]) == 2:
            break
        time.sleep(0.05)
    assert set(USUAL) <= set(listener.types())
    tried = stripe_sandbox.control("GET", completed)[0]
    assert [attempt["status"] for attempt in tried["attempts"]] == [503, 200]
    assert raw.get("/v1/events", type="checkout.session.completed")["data"][0]["pending_webhooks"] == 0


def test_held_and_released_backwards(
    stripe_sandbox: StripeSandbox, session: MakeSession, listener: Listener
) -> None:
    stripe_sandbox.control("POST", "/deliveries/rules", hold=["*"])
    pay(stripe_sandbox, session)
    assert listener.arrived == []
    released = stripe_sandbox.control("POST", "/deliveries/release", order="reversed")
    assert {delivery["state"] for delivery in released} == {"delivered"}
    assert [event for event in listener.types() if event in USUAL] == USUAL[::-1]


def test_lost_and_doubled(
    stripe_sandbox: StripeSandbox, session: MakeSession, listener: Listener, raw: Raw
) -> None:
    stripe_sandbox.control(
        "POST", "/deliveries/rules", drop={"checkout.session.completed": 1}, duplicate={"charge.succeeded": 1}
    )
    pay(stripe_sandbox, session)
    stripe_sandbox.control("POST", "/deliveries/flush")
    assert "checkout.session.completed" not in listener.types()
    assert listener.types().count("charge.succeeded") == 2
    lost = raw.get("/v1/events", **{"types[]": "checkout.session.completed"})["data"][0]
    stripe_sandbox.control("POST", f"/events/{lost['id']}/resend")
    assert lost["id"] in [event["id"] for event in listener.arrived]


def test_a_secret_is_changed(stripe_sandbox: StripeSandbox, session: MakeSession, listener: Listener) -> None:
    fresh = stripe_sandbox.control("POST", "/webhook_endpoints/configured/rotate", keep_old_for=3600)[
        "secret"
    ]
    listener.secrets.append(fresh)
    pay(stripe_sandbox, session)
    assert set(USUAL) <= set(listener.types()), "Both secrets sign."
    stripe_sandbox.control("POST", "/clock", advance=3601)
    pay(stripe_sandbox, session)
    assert listener.types().count("checkout.session.completed") == 1, (
        "The old secret signs no longer, and this listener insists on it."
    )


def test_what_makes_no_sense_is_refused(raw: Raw) -> None:
    for path, given in (
        ("/deliveries/rules", {"hold": "everything"}),
        ("/deliveries/release", {"order": "sideways"}),
        ("/events/evt_none/resend", {}),
        ("/sessions/cs_test_none/pay", {}),
        ("/clock", {"advance": -1}),
        ("/webhook", {"url": "nowhere"}),
    ):
        assert raw.send("POST", f"/_control{path}", json=given).status_code == 400, path
