"""The payment page as a browser without JavaScript uses it."""

import re
from pathlib import Path

import httpx
import pytest

from shop.sandbox import page_form
from shop.sandbox.cards import CARDS
from shop.sandbox.fixture import StripeSandbox
from shop.sandbox.language import GERMAN
from shop.sandbox.page_form import REQUIRED
from shop.sandbox.pages import ROOT
from shop.sandbox.sentences import SENTENCES, USUAL
from tests.sandbox.conftest import Body, Listener, MakeSession, Raw

CARD = {
    "method": "card", "email": "ada@example.com", "cardNumber": "4242 4242 4242 4242", "cardExpiry": "12/34",
    "cardCvc": "123", "billingName": "Ada",
}  # fmt: skip


def pay(session: Body, **changes: str) -> httpx.Response:
    return httpx.post(session["url"], data=CARD | changes)


def test_the_page_shows_what_is_paid(session: MakeSession) -> None:
    page = httpx.get(session()["url"])
    for wanted in (
        "Cup",
        "2 × €6.17",
        "Pay €12.34",
        "Back to the shop",
        "not Stripe",
        'autocomplete="cc-number"',
    ):
        assert wanted in page.text
    assert "form-action 'self' http://localhost:8000" in page.headers["Content-Security-Policy"]
    for inline in ("<style", "style=", "<script", "onclick"):
        assert inline not in page.text


def test_paying_leads_back_to_the_shop_once_it_knows(session: MakeSession, listener: Listener) -> None:
    made = session()
    answer = pay(made)
    assert (answer.status_code, answer.headers["Location"]) == (
        303,
        f"http://localhost:8000/checkout/return?session_id={made['id']}",
    )
    assert "checkout.session.completed" in listener.types()
    assert pay(made).headers["Location"] == answer.headers["Location"], "Pressing twice pays once."
    assert "This was paid already" in httpx.get(made["url"]).text


def test_a_declined_card_may_be_replaced(session: MakeSession, raw: Raw) -> None:
    made = session()
    declined = pay(made, cardNumber="4000 0000 0000 0002")
    assert (declined.status_code, "Your card was declined." in declined.text) == (402, True)
    assert 'value="ada@example.com"' in declined.text
    assert pay(made).status_code == 303
    assert raw.get(f"/v1/checkout/sessions/{made['id']}")["customer_details"]["email"] == "ada@example.com"


@pytest.mark.parametrize(("field", "value", "message"), [
    ("email", "ada", "Enter your e-mail address"), ("cardNumber", "", "Enter the card number"),
    ("cardNumber", "4242 4242 4242 4241", "not valid"), ("cardNumber", "abc", "not valid"),
    ("cardExpiry", "13/34", "Enter month and year"), ("cardExpiry", "01/20", "has expired"),
    ("cardCvc", "12", "Enter the 3 digits"), ("billingName", " ", "Enter the name"),
])  # fmt: skip
def test_a_field_is_wrong(session: MakeSession, raw: Raw, field: str, value: str, message: str) -> None:
    made = session()
    page = pay(made, **{field: value})
    assert (page.status_code, message in page.text) == (422, True)
    assert f'aria-describedby="{field}-message"' in page.text
    assert raw.get("/v1/payment_intents")["data"] == []


def test_somebodys_real_card_is_declined_and_not_kept(
    session: MakeSession, raw: Raw, stripe_sandbox: StripeSandbox
) -> None:
    number = "4111111111111111"
    assert number not in CARDS
    assert "no test card" in pay(session(), cardNumber=number).text
    kept = [
        stripe_sandbox.control("GET", f"/objects/{kind}")
        for kind in ("behaviour", "payment_method", "charge")
    ]
    assert number not in str(kept)
    assert raw.get("/v1/charges")["data"][0]["outcome"]["reason"] == "test_mode_live_card"


@pytest.mark.parametrize(("answer", "status"), [("confirm", 303), ("refuse", 402)])
def test_the_bank_asks(session: MakeSession, stripe_sandbox: StripeSandbox, answer: str, status: int) -> None:
    asked = pay(session(), cardNumber="4000 0000 0000 3220")
    address = stripe_sandbox.url + asked.headers["Location"]
    assert "Your bank asks" in httpx.get(address).text
    assert httpx.post(address, data={"answer": answer}).status_code == status


def test_the_bank_asks_about_an_intent_of_the_api(raw: Raw, stripe_sandbox: StripeSandbox) -> None:
    intent = raw.post("/v1/payment_intents", {
        "amount": "500", "currency": "eur", "confirm": "true",
        "payment_method": "pm_card_threeDSecure2Required",
        "return_url": "http://localhost:8000/back",
    })  # fmt: skip
    asked = intent["next_action"]["redirect_to_url"]["url"]
    assert "http://localhost:8000" in httpx.get(asked).headers["Content-Security-Policy"]
    back = httpx.post(asked, data={"answer": "confirm"})
    assert (back.status_code, back.headers["Location"]) == (303, "http://localhost:8000/back")
    assert raw.get(f"/v1/payment_intents/{intent['id']}")["status"] == "succeeded"
    assert httpx.post(asked, data={"answer": "confirm"}).status_code == 404


def test_a_bank_account_pays_later(session: MakeSession, raw: Raw, stripe_sandbox: StripeSandbox) -> None:
    made = session()
    assert "IBAN" in httpx.get(made["url"] + "?method=sepa_debit").text
    assert pay(made, method="sepa_debit", iban="DE89 3704 0044 0532 0130 00").status_code == 422
    assert pay(made, method="sepa_debit", iban="AT61 1904 3002 3457 3201").status_code == 303
    assert raw.get(f"/v1/checkout/sessions/{made['id']}")["payment_status"] == "unpaid"
    stripe_sandbox.control("POST", "/clock", advance=11)
    assert raw.get(f"/v1/checkout/sessions/{made['id']}")["payment_status"] == "paid"


def test_an_address_and_a_way_to_deliver(session: MakeSession, raw: Raw) -> None:
    ways = {
        f"shipping_options[{n}][shipping_rate_data]{name}": value
        for n, (title, amount) in enumerate([("Parcel", "490"), ("Express", "1290")])
        for name, value in {
            "[display_name]": title, "[fixed_amount][amount]": amount, "[fixed_amount][currency]": "eur",
        }.items()
    }  # fmt: skip
    made = session({"shipping_address_collection[allowed_countries][0]": "DE"} | ways)
    express = made["shipping_options"][1]["shipping_rate"]
    shown = pay(made, choose="delivery", shippingRate=express)
    assert (shown.status_code, "Pay €25.24" in shown.text) == (200, True)
    assert "Enter the street" in pay(made, shippingRate=express).text
    to = {"shippingName": "Ada", "shippingAddressLine1": "1 Road", "shippingAddressCity": "Ulm"}
    assert pay(made, **to, shippingAddressCountry="FR", shippingRate=express).status_code == 422
    assert pay(made, **to, shippingAddressCountry="DE", shippingRate=express).status_code == 303
    done = raw.get(f"/v1/checkout/sessions/{made['id']}")
    assert (done["amount_total"], done["shipping_cost"]["shipping_rate"]) == (2524, express)
    assert done["collected_information"]["shipping_details"]["address"]["city"] == "Ulm"


def test_an_expired_session_says_so(session: MakeSession, raw: Raw) -> None:
    made = session()
    raw.post(f"/v1/checkout/sessions/{made['id']}/expire")
    assert "This payment has ended" in httpx.get(made["url"]).text
    assert "This payment has ended" in pay(made).text
    assert raw.get("/v1/payment_intents")["data"] == []
    assert httpx.get(made["url"] + "x").status_code == 404


def test_a_german_session_is_paid_in_german(session: MakeSession) -> None:
    made = session({"locale": "de"})
    page = httpx.get(made["url"]).text
    for wanted in ('<html lang="de">', "12,34\xa0€ bezahlen", "Zurück zum Shop", "Kartennummer"):
        assert wanted in page
    assert GERMAN["Enter the card number."] in pay(made, cardNumber="").text
    assert "Ihre Karte wurde abgelehnt." in pay(made, cardNumber="4000 0000 0000 0002").text
    asked = pay(made, cardNumber="4000 0000 0000 3220")
    assert (
        "Ihre Bank fragt nach"
        in httpx.get(f"{asked.url.scheme}://{asked.url.netloc.decode()}{asked.headers['Location']}").text
    )
    assert '<html lang="en">' in httpx.get(session({"locale": "fr"})["url"]).text


def test_all_that_shoppers_read_is_said_in_german_and_nothing_more() -> None:
    said = {*SENTENCES.values(), USUAL, *REQUIRED.values()}
    said |= {f"Enter the {digits} digits of the security code." for digits in (3, 4)}
    for file in [*(ROOT / "templates" / "sandbox").glob("*.html"), Path(page_form.__file__)]:
        said |= set(re.findall(r'say\(\s*"([^"]+)"', file.read_text(encoding="utf-8")))
    assert said == set(GERMAN)
