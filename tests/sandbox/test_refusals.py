"""What Stripe refuses, with its type, code, parameter and status."""

from typing import Any

import pytest

from shop.sandbox.fixture import StripeSandbox
from tests.sandbox import schema
from tests.sandbox.conftest import ONE_CUP, Body, MakeSession, Raw

LINE = "line_items[0]"
REFUSED: list[tuple[Body, str | None, str]] = [
    ({"payment_method_types[0]": "card"}, "parameter_unknown", "payment_method_types"),
    ({f"{LINE}[price_data][colour]": "red"}, "parameter_unknown", f"{LINE}[price_data][colour]"),
    ({"mode": None}, "parameter_missing", "mode"),
    ({"success_url": None}, "parameter_missing", "success_url"),
    ({"success_url": "shop"}, "url_invalid", "success_url"),
    ({"cancel_url": "javascript:alert(1)"}, "url_invalid", "cancel_url"),
    ({f"{LINE}[quantity]": None}, "parameter_missing", f"{LINE}[quantity]"),
    ({f"{LINE}[quantity]": "two"}, "parameter_invalid_integer", f"{LINE}[quantity]"),
    ({f"{LINE}[quantity]": "0"}, "parameter_invalid_integer", f"{LINE}[quantity]"),
    ({f"{LINE}[quantity]": "1" * 30}, "parameter_invalid_integer", f"{LINE}[quantity]"),
    ({f"{LINE}[price_data][currency]": None}, "parameter_missing", f"{LINE}[price_data][currency]"),
    ({f"{LINE}[price_data][currency]": ""}, "parameter_invalid_empty", f"{LINE}[price_data][currency]"),
    ({f"{LINE}[price_data][unit_amount]": "-1"}, "parameter_invalid_integer",
     f"{LINE}[price_data][unit_amount]"),
    ({f"{LINE}[price_data][unit_amount]": "10"}, "amount_too_small", "line_items"),
    ({f"{LINE}[price_data][unit_amount]": "60000000"}, "amount_too_large", f"{LINE}[quantity]"),
    ({f"{LINE}[price_data][product_data][name]": None, f"{LINE}[price_data][product]": "prod_none"},
     "resource_missing", f"{LINE}[price_data][product]"),
    ({"customer_email": "ada"}, "email_invalid", "customer_email"),
    ({"locale": "xx"}, None, "locale"),
    ({"expires_at": "100"}, None, "expires_at"),
    ({"expires_at": "9999999999"}, None, "expires_at"),
    ({"client_reference_id": "x" * 201}, None, "client_reference_id"),
    ({"metadata[" + "k" * 41 + "]": "v"}, None, "metadata"),
    ({"metadata[k]": "v" * 501}, None, "metadata[k]"),
    ({f"metadata[k{n}]": "v" for n in range(50)}, None, "metadata"),
    ({"mode": "subscription"}, None, "mode"),
    ({"discounts[0][coupon]": "half"}, None, "discounts"),
    ({"line_items[1][price_data][currency]": "usd", "line_items[1][price_data][unit_amount]": "500",
      "line_items[1][price_data][product_data][name]": "Pan", "line_items[1][quantity]": "1"},
     None, "line_items"),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "code", "param"), REFUSED, ids=[str(n) for n in range(len(REFUSED))])
def test_a_session_is_refused(raw: Raw, changes: Body, code: str | None, param: str) -> None:
    wanted = {name: value for name, value in (ONE_CUP | changes).items() if value is not None}
    answer = raw.send("POST", "/v1/checkout/sessions", data=wanted)
    error = answer.json()["error"]
    assert (answer.status_code, error["type"]) == (400, "invalid_request_error"), error
    assert (error.get("code"), error.get("param")) == (code, param), error
    assert schema.problems(error, "api_errors") == []
    assert raw.get("/v1/checkout/sessions")["data"] == []
    assert raw.send("GET", "/_control/objects/price").json() == []


def test_a_hundred_lines_are_enough(session: MakeSession, raw: Raw) -> None:
    def lines(count: int) -> Body:
        return {
            f"line_items[{n}]{name}": value
            for n in range(count)
            for name, value in {
                "[price_data][currency]": "eur", "[price_data][unit_amount]": "100",
                "[price_data][product_data][name]": f"Cup {n}", "[quantity]": "1",
            }.items()
        }  # fmt: skip

    assert session(lines(100))["amount_total"] == 10_000
    refused = raw.send("POST", "/v1/checkout/sessions", data=ONE_CUP | lines(101))
    assert refused.json()["error"]["param"] == "line_items"


def test_an_hour_is_allowed(session: MakeSession, stripe_sandbox: StripeSandbox) -> None:
    now = stripe_sandbox.control("GET", "/clock")["now"]
    assert session({"expires_at": str(now + 1810)})["expires_at"] == now + 1810
    assert session()["expires_at"] - now in range(86_400, 86_410)


def test_metadata_is_merged_and_emptied(session: MakeSession, raw: Raw) -> None:
    path = f"/v1/checkout/sessions/{session()['id']}"
    assert raw.post(path, {"metadata[more]": "1"})["metadata"] == {"order": "K7QM2X9P", "more": "1"}
    assert raw.post(path, {"metadata[order]": ""})["metadata"] == {"more": "1"}
    assert raw.post(path, {"metadata": ""})["metadata"] == {}


KEYS: list[tuple[dict[str, Any], int, str | None]] = [
    ({}, 401, None),
    ({"Authorization": "Bearer sk_live_abcdefgh"}, 403, None),
    ({"Authorization": "Bearer rk_live_abcdefgh"}, 403, None),
    ({"Authorization": "Bearer pk_test_abcdefgh"}, 401, "secret_key_required"),
    ({"Authorization": "Bearer sk_test_another"}, 401, None),
    ({"Authorization": "Bearer sk_test_sandbox_for_tests", "Stripe-Version": "2020-08-27"}, 400, None),
    ({"Authorization": "Basic c2tfdGVzdF9zYW5kYm94X2Zvcl90ZXN0czo="}, 200, None),
]  # fmt: skip


@pytest.mark.parametrize(("headers", "status", "code"), KEYS)
def test_keys_and_versions(raw: Raw, headers: dict[str, str], status: int, code: str | None) -> None:
    answer = raw.send("GET", "/v1/account", headers={"Authorization": ""} | headers)
    assert answer.status_code == status
    assert answer.headers["Request-Id"].startswith("req_")
    assert answer.json().get("error", {}).get("code") == code


@pytest.mark.parametrize(("path", "kind"), [
    ("/v1/checkout/sessions/cs_test_none", "session"), ("/v1/payment_intents/pi_none", "intent"),
    ("/v1/charges/ch_none", "id"), ("/v1/refunds/re_none", "id"), ("/v1/events/evt_none", "id"),
])  # fmt: skip
def test_what_is_missing_is_404(raw: Raw, path: str, kind: str) -> None:
    answer = raw.send("GET", path)
    error = answer.json()["error"]
    assert (answer.status_code, error["code"], error["param"]) == (404, "resource_missing", kind)


def test_unknown_addresses_and_expansions(raw: Raw, session: MakeSession) -> None:
    assert raw.send("GET", "/v1/coupons").status_code == 404
    for wrong in ("cancel_url", "metadata", "nothing", "line_items.url"):
        answer = raw.send("GET", f"/v1/checkout/sessions/{session()['id']}", params={"expand[]": wrong})
        assert "cannot be expanded" in answer.json()["error"]["message"], wrong


def test_other_names_and_other_sites_are_refused(raw: Raw) -> None:
    assert raw.send("GET", "/v1/account", headers={"Host": "evil.example"}).status_code == 403
    other = {"Sec-Fetch-Site": "cross-site"}
    assert raw.send("POST", "/_control/reset", headers=other).status_code == 403
    assert raw.send("GET", "/_control/clock", headers=other).status_code == 200
