"""The dashboard, by plain forms and by htmx."""

import httpx

from shop.sandbox.fixture import StripeSandbox
from tests.sandbox.conftest import MakeSession, Raw

PARTIAL = {"HX-Request": "true", "HX-Request-Type": "partial"}


def test_a_whole_life_by_hand(stripe_sandbox: StripeSandbox, session: MakeSession, raw: Raw) -> None:
    made = session()

    def hand(act: str, subject: str, **more: str) -> httpx.Response:
        return httpx.post(f"{stripe_sandbox.url}/acts/{act}", data={"subject": subject, **more})

    assert hand("pay", made["id"], outcome="delayed").status_code == 303
    intent = raw.get("/v1/payment_intents")["data"][0]["id"]
    assert hand("succeed", intent).status_code == 303
    assert hand("refund", intent, amount="234").status_code == 303
    assert hand("dispute", intent).status_code == 303
    dispute = raw.get("/v1/disputes")["data"][0]
    assert dispute["amount"] == 1000
    assert hand("win", dispute["id"]).status_code == 303
    board = httpx.get(stripe_sandbox.url + "/").text
    for wanted in ("€12.34", "€2.34", ">won<", intent[:12], "POST /v1/checkout/sessions"):
        assert wanted in board, wanted
    assert '"amount": 1234' in httpx.get(f"{stripe_sandbox.url}/payments/{intent}").text.replace("&#34;", '"')


def test_what_cannot_be_done_is_said(stripe_sandbox: StripeSandbox, session: MakeSession) -> None:
    made = session()
    for act, status in (("expire", 303), ("expire", 409), ("pay", 409), ("juggle", 404)):
        answer = httpx.post(f"{stripe_sandbox.url}/acts/{act}", data={"subject": made["id"]})
        assert answer.status_code == status, act
    assert httpx.post(f"{stripe_sandbox.url}/acts/pay", data={}).status_code == 409


def test_htmx_gets_the_region_alone(stripe_sandbox: StripeSandbox, session: MakeSession) -> None:
    made = session()
    region = httpx.get(stripe_sandbox.url + "/", headers=PARTIAL)
    assert region.text.lstrip().startswith("<main")
    changed = httpx.post(f"{stripe_sandbox.url}/acts/pay", data={"subject": made["id"]}, headers=PARTIAL)
    assert (changed.status_code, "complete" in changed.text) == (200, True)
    assert (
        httpx.post(f"{stripe_sandbox.url}/clock", data={"minutes": "x"}, headers=PARTIAL).status_code == 422
    )
    assert "30 minutes ahead" in httpx.post(
        f"{stripe_sandbox.url}/clock", data={"minutes": "30"}, headers=PARTIAL
    ).text  # fmt: skip
