"""The same acts at Stripe and at a sandbox of one's own, and where the answers differ.

`STRIPE_CHECK_KEY=sk_test_… python -m shop.sandbox.stripe_check`: the key is a person's own. It makes
a few sessions, intents and refunds of test money in that account, and an endpoint that it deletes again.
"""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx

from shop.sandbox.beside import KEY, running_sandbox
from shop.sandbox.sandbox import API_VERSION

STRIPE = "https://api.stripe.com"
Body = dict[str, Any]
# Of these the value is Stripe's or the account's own, so that only their kind is compared.
OWN = {
    "id",
    "created",
    "url",
    "client_secret",
    "expires_at",
    "request_log_url",
    "message",
    "secret",
    "receipt_url",
}


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


def main() -> int:
    key = os.environ.get("STRIPE_CHECK_KEY", "")
    if not key.startswith(("sk_test_", "rk_test_")):
        sys.stderr.write("Set STRIPE_CHECK_KEY to a key of your own that begins with sk_test_.\n")
        return 2
    with (
        running_sandbox() as sandbox,
        _side("Stripe", STRIPE, key) as real,
        _side("sandbox", sandbox.url, KEY) as own,
    ):
        found = [line for act in ACTS for line in compare(act, real, own)]
    sys.stdout.write("\n".join(found or ["The sandbox answered everything as Stripe did."]) + "\n")
    return 1 if found else 0


@contextmanager
def _side(name: str, address: str, key: str) -> Iterator[Side]:
    headers = {"Authorization": f"Bearer {key}", "Stripe-Version": API_VERSION}
    with httpx.Client(base_url=address, headers=headers, timeout=30, trust_env=name == "Stripe") as client:
        yield Side(name, client)


def compare(act: Callable[[Side], tuple[int, Body]], real: Side, own: Side) -> list[str]:
    (real_status, real_body), (own_status, own_body) = act(real), act(own)
    lines = [] if real_status == own_status else [f"status {real_status}, the sandbox's {own_status}"]
    return [f"{act.__name__}: {line}" for line in lines + list(differences(real_body, own_body, ""))]


def differences(real: Any, own: Any, path: str) -> Iterator[str]:
    if isinstance(real, dict) and isinstance(own, dict):
        for name in sorted(real.keys() | own.keys()):
            below = f"{path}.{name}" if path else name
            if name not in own:
                yield f"{below} is missing in the sandbox"
            elif name not in real:
                yield f"{below} is in the sandbox only"
            else:
                yield from differences(real[name], own[name], below)
    elif isinstance(real, list) and isinstance(own, list):
        for number, (one, other) in enumerate(zip(real, own, strict=False)):
            yield from differences(one, other, f"{path}[{number}]")
    elif _differ(real, own, path.rsplit(".", 1)[-1]):
        yield f"{path} is {real!r}, in the sandbox {own!r}"


def _differ(real: Any, own: Any, name: str) -> bool:
    if name in OWN or _is_id(real):
        return _kind(real) != _kind(own)
    return bool(real != own)


def _kind(value: Any) -> str:
    return type(value).__name__


def _is_id(value: Any) -> bool:
    return isinstance(value, str) and "_" in value and any(character.isdigit() for character in value)


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

if __name__ == "__main__":
    sys.exit(main())
