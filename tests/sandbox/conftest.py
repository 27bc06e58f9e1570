"""A sandbox over real HTTP, a shop that only listens, and Stripe's own SDK between them."""

import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx
import pytest
import stripe

from shop.sandbox.fixture import StripeSandbox, stripe_sandbox
from tests.sandbox import schema

__all__ = ["stripe_sandbox"]

Body = dict[str, Any]


@dataclass
class Listener:
    """Keeps what arrives; every signature is checked by the SDK, and a wrong one is not acknowledged."""

    url: str = ""
    secrets: list[str] = field(default_factory=list)
    arrived: list[Body] = field(default_factory=list)
    refuse: int = 0

    def types(self) -> list[str]:
        return [event["type"] for event in self.arrived]

    def take(self, payload: bytes, signature: str) -> int:
        for secret in self.secrets:
            stripe.Webhook.construct_event(payload, signature, secret)
        if self.refuse:
            self.refuse -= 1
            return 503
        self.arrived.append(json.loads(payload))
        return 200


@pytest.fixture
def listener(stripe_sandbox: StripeSandbox) -> Iterator[Listener]:
    found = Listener(secrets=[stripe_sandbox.webhook_secret])

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            payload = self.rfile.read(int(self.headers["Content-Length"]))
            try:
                status = found.take(payload, self.headers["Stripe-Signature"])
            except stripe.SignatureVerificationError:
                status = 400
            self.send_response(status)
            self.end_headers()

        def log_message(self, *_: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    # It looks that often whether it is to stop.
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    found.url = f"http://127.0.0.1:{server.server_port}/webhooks"
    stripe_sandbox.control("POST", "/webhook", url=found.url, secret=stripe_sandbox.webhook_secret)
    yield found
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def client(stripe_sandbox: StripeSandbox) -> stripe.StripeClient:
    return stripe.StripeClient(stripe_sandbox.secret_key, base_addresses={"api": stripe_sandbox.url})


@dataclass(frozen=True)
class Raw:
    """The same API without the SDK, to see what is really sent; every answer is held to Stripe's shapes."""

    sandbox: StripeSandbox

    def get(self, path: str, **params: Any) -> Body:
        return self._checked(self.send("GET", path, params=params))

    def post(self, path: str, data: Body | None = None, **headers: str) -> Body:
        return self._checked(self.send("POST", path, data=data or {}, headers=headers))

    def send(self, method: str, path: str, **given: Any) -> httpx.Response:
        headers = {"Authorization": f"Bearer {self.sandbox.secret_key}"} | given.pop("headers", {})
        return httpx.request(method, f"{self.sandbox.url}{path}", headers=headers, timeout=30, **given)

    def _checked(self, answer: httpx.Response) -> Body:
        body: Body = answer.json()
        assert answer.status_code == 200, body
        for each in body["data"] if body["object"] == "list" else [body]:
            assert schema.problems(each, each["object"]) == []
        return body


@pytest.fixture
def raw(stripe_sandbox: StripeSandbox) -> Raw:
    return Raw(stripe_sandbox)


ONE_CUP: Body = {
    "mode": "payment",
    "success_url": "http://localhost:8000/checkout/return?session_id={CHECKOUT_SESSION_ID}",
    "cancel_url": "http://localhost:8000/orders/token",
    "client_reference_id": "K7QM2X9P",
    "metadata[order]": "K7QM2X9P",
    "payment_intent_data[metadata][order]": "K7QM2X9P",
    "line_items[0][price_data][currency]": "eur",
    "line_items[0][price_data][unit_amount]": "617",
    "line_items[0][price_data][product_data][name]": "Cup",
    "line_items[0][quantity]": "2",
}

MakeSession = Callable[..., Body]


@pytest.fixture
def session(raw: Raw) -> MakeSession:
    """`session()` is open and costs €12.34; changes replace or add parameters, None takes one away."""

    def make(changes: Body | None = None) -> Body:
        wanted = {name: value for name, value in (ONE_CUP | (changes or {})).items() if value is not None}
        return raw.post("/v1/checkout/sessions", wanted)

    return make
