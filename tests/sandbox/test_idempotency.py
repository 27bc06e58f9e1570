"""The same key, the same answer."""

import threading
import time

from shop.sandbox.fixture import StripeSandbox
from tests.sandbox.conftest import ONE_CUP, Raw

KEY = {"Idempotency-Key": "one"}


def test_a_repeat_gets_the_first_answer(raw: Raw, stripe_sandbox: StripeSandbox) -> None:
    first = raw.send("POST", "/v1/checkout/sessions", data=ONE_CUP, headers=KEY)
    again = raw.send("POST", "/v1/checkout/sessions", data=dict(reversed(ONE_CUP.items())), headers=KEY)
    assert first.text == again.text
    assert "Idempotent-Replayed" not in first.headers
    assert again.headers["Idempotent-Replayed"] == "true"
    assert again.headers["Original-Request"] == first.headers["Request-Id"] != again.headers["Request-Id"]
    assert len(raw.get("/v1/checkout/sessions")["data"]) == 1
    stripe_sandbox.control("POST", "/clock", advance=25 * 3600)
    assert (
        raw.send("POST", "/v1/checkout/sessions", data=ONE_CUP, headers=KEY).json()["id"]
        != first.json()["id"]
    )


def test_other_parameters_or_another_endpoint(raw: Raw) -> None:
    raw.send("POST", "/v1/checkout/sessions", data=ONE_CUP, headers=KEY)
    for path, data in (("/v1/checkout/sessions", ONE_CUP | {"locale": "de"}), ("/v1/refunds", ONE_CUP)):
        refused = raw.send("POST", path, data=data, headers=KEY)
        assert (refused.status_code, refused.json()["error"]["type"]) == (400, "idempotency_error")


def test_what_was_refused_is_not_kept(raw: Raw) -> None:
    assert raw.send("POST", "/v1/checkout/sessions", data={"mode": "payment"}, headers=KEY).status_code == 400
    assert raw.send("POST", "/v1/checkout/sessions", data=ONE_CUP, headers=KEY).status_code == 200


def test_a_declined_card_is_kept(raw: Raw) -> None:
    data = {"amount": 500, "currency": "eur", "confirm": "true", "payment_method": "pm_card_chargeDeclined"}
    answers = [raw.send("POST", "/v1/payment_intents", data=data, headers=KEY) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [402, 402]
    assert answers[0].text == answers[1].text
    assert len(raw.get("/v1/charges")["data"]) == 1


def test_a_500_is_kept(raw: Raw, stripe_sandbox: StripeSandbox) -> None:
    stripe_sandbox.control("POST", "/faults", status=500, effect=True, method="POST")
    statuses = [
        raw.send("POST", "/v1/checkout/sessions", data=ONE_CUP, headers=KEY).status_code for _ in range(2)
    ]
    assert statuses == [500, 500]
    assert len(raw.get("/v1/checkout/sessions")["data"]) == 1


def test_a_key_in_use(raw: Raw, stripe_sandbox: StripeSandbox) -> None:
    stripe_sandbox.control("POST", "/faults", latency=0.8, method="POST")
    answers: list[int] = []

    def slowly() -> None:
        answers.append(raw.send("POST", "/v1/checkout/sessions", data=ONE_CUP, headers=KEY).status_code)

    slow = threading.Thread(target=slowly)
    slow.start()
    time.sleep(0.3)
    refused = raw.send("POST", "/v1/checkout/sessions", data=ONE_CUP, headers=KEY)
    slow.join()
    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "idempotency_key_in_use")
    assert answers == [200]
