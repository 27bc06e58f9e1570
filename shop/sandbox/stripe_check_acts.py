"""What is done at Stripe and at a sandbox alike, as far as it needs no browser."""

import os
from dataclasses import dataclass
from typing import Any

import httpx

Body = dict[str, Any]


@dataclass(frozen=True)
class Side:
    name: str
    client: httpx.Client

    def call(
        self, method: str, path: str, given: Body | None = None, key: str | None = None
    ) -> tuple[int, Body]:
        headers = {"Idempotency-Key": key} if key else {}
        sent = {"params": given} if method == "GET" else {"data": given}
        answer = self.client.request(method, path, headers=headers, **sent)  # type: ignore[arg-type]
        return answer.status_code, answer.json()


CUP: Body = {
    "mode": "payment",
    "success_url": "https://example.com/return?session_id={CHECKOUT_SESSION_ID}",
    "cancel_url": "https://example.com/back",
    "client_reference_id": "K7QM2X9P",
    "metadata[order]": "K7QM2X9P",
    "payment_intent_data[metadata][order]": "K7QM2X9P",
    "line_items[0][price_data][currency]": "eur",
    "line_items[0][price_data][unit_amount]": 617,
    "line_items[0][price_data][product_data][name]": "Cup",
    "line_items[0][quantity]": 2,
}
SESSIONS = "/v1/checkout/sessions"
INTENTS = "/v1/payment_intents"


def create_session(side: Side) -> tuple[int, Body]:
    return side.call("POST", SESSIONS, CUP)


def list_lines(side: Side) -> tuple[int, Body]:
    return side.call("GET", f"{SESSIONS}/{create_session(side)[1]['id']}/line_items")


def expire_session(side: Side) -> tuple[int, Body]:
    return side.call("POST", f"{SESSIONS}/{create_session(side)[1]['id']}/expire")


def expire_session_twice(side: Side) -> tuple[int, Body]:
    return side.call("POST", f"{SESSIONS}/{expire_session(side)[1]['id']}/expire")


def create_with_an_unknown_parameter(side: Side) -> tuple[int, Body]:
    return side.call("POST", SESSIONS, CUP | {"payment_method_types[0]": "card"})


def create_without_lines(side: Side) -> tuple[int, Body]:
    return side.call("POST", SESSIONS, {name: value for name, value in CUP.items() if "line" not in name})


def create_too_small(side: Side) -> tuple[int, Body]:
    return side.call("POST", SESSIONS, CUP | {"line_items[0][price_data][unit_amount]": 1})


def create_ending_too_soon(side: Side) -> tuple[int, Body]:
    return side.call("POST", SESSIONS, CUP | {"expires_at": 1_000_000_000})


def retrieve_nothing(side: Side) -> tuple[int, Body]:
    return side.call("GET", f"{SESSIONS}/cs_test_none")


def pay_by_card(side: Side) -> tuple[int, Body]:
    given = {"amount": 1234, "currency": "eur", "payment_method": "pm_card_visa", "confirm": "true"}
    never = {
        "automatic_payment_methods[enabled]": "true",
        "automatic_payment_methods[allow_redirects]": "never",
    }
    return side.call("POST", INTENTS, given | never | {"expand[]": "latest_charge"})


def be_declined(side: Side) -> tuple[int, Body]:
    given = {"amount": 1234, "currency": "eur", "payment_method": "pm_card_chargeDeclined", "confirm": "true"}
    never = {
        "automatic_payment_methods[enabled]": "true",
        "automatic_payment_methods[allow_redirects]": "never",
    }
    return side.call("POST", INTENTS, given | never)


def refund_a_part(side: Side) -> tuple[int, Body]:
    return side.call("POST", "/v1/refunds", {"payment_intent": pay_by_card(side)[1]["id"], "amount": 234})


def refund_too_much(side: Side) -> tuple[int, Body]:
    return side.call("POST", "/v1/refunds", {"payment_intent": pay_by_card(side)[1]["id"], "amount": 2000})


def refund_twice(side: Side) -> tuple[int, Body]:
    intent = pay_by_card(side)[1]["id"]
    side.call("POST", "/v1/refunds", {"payment_intent": intent})
    return side.call("POST", "/v1/refunds", {"payment_intent": intent})


def make_an_endpoint(side: Side) -> tuple[int, Body]:
    given = {"url": "https://example.com/webhooks", "enabled_events[]": "checkout.session.completed"}
    status, made = side.call("POST", "/v1/webhook_endpoints", given)
    side.call("DELETE", f"/v1/webhook_endpoints/{made.get('id', 'none')}")
    return status, made


def use_a_key_for_something_else(side: Side) -> tuple[int, Body]:
    key = os.urandom(16).hex()
    side.call("POST", SESSIONS, CUP, key)
    return side.call("POST", SESSIONS, CUP | {"locale": "de"}, key)


ACTS = (
    create_session,
    list_lines,
    expire_session,
    expire_session_twice,
    create_with_an_unknown_parameter,
    create_without_lines,
    create_too_small,
    create_ending_too_soon,
    retrieve_nothing,
    pay_by_card,
    be_declined,
    refund_a_part,
    refund_too_much,
    refund_twice,
    make_an_endpoint,
    use_a_key_for_something_else,
)
