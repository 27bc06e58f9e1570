"""What a payment is made with: the object that the API shows, and what it does, which it does not."""

from dataclasses import dataclass

from shop.sandbox import bank_accounts, cards, ids
from shop.sandbox.bank_accounts import BankAccount
from shop.sandbox.cards import Card
from shop.sandbox.sandbox import Act
from shop.sandbox.shapes import Body, shape
from shop.sandbox.store import Store


@dataclass(frozen=True)
class Payer:
    """Who pays, as typed on the page or sent with the request."""

    email: str | None = None
    name: str | None = None
    phone: str | None = None
    address: Body | None = None

    def billing_details(self, kind: str) -> Body:
        address = self.address or shape("Address")
        return shape(kind, address=address, email=self.email, name=self.name, phone=self.phone)


def from_card(act: Act, card: Card, expiry: tuple[int, int], payer: Payer) -> Body:
    month, year = expiry
    method = shape(
        "payment_method",
        id=ids.new("pm_1"),
        allow_redisplay="unspecified",
        billing_details=payer.billing_details("payment_method.BillingDetails"),
        card=shape(
            "payment_method.Card",
            brand=card.brand,
            checks=shape("payment_method.Card.Checks", cvc_check="pass"),
            country=card.country,
            display_brand=card.brand,
            exp_month=month,
            exp_year=year,
            fingerprint=f"sandbox{card.last4}card",
            funding=card.funding,
            last4=card.last4,
            networks=shape("payment_method.Card.Networks", available=[card.brand]),
            regulated_status="unregulated",
            three_d_secure_usage=shape("payment_method.Card.ThreeDSecureUsage", supported=True),
        ),
        created=act.now,
        metadata={},
        type="card",
    )
    return _keep(act, method, card.number)


def from_bank_account(act: Act, account: BankAccount, payer: Payer) -> Body:
    method = shape(
        "payment_method",
        id=ids.new("pm_1"),
        allow_redisplay="unspecified",
        billing_details=payer.billing_details("payment_method.BillingDetails"),
        created=act.now,
        metadata={},
        sepa_debit=shape(
            "payment_method.SepaDebit",
            bank_code=account.iban[4:9],
            branch_code="",
            country=account.iban[:2],
            fingerprint=f"sandbox{account.last4}iban",
            last4=account.last4,
        ),
        type="sepa_debit",
    )
    return _keep(act, method, account.iban)


def behaviour_of(store: Store, method_id: str) -> Card | BankAccount:
    number = (store.find("behaviour", method_id) or {"number": ""})["number"]
    return cards.CARDS.get(number) or bank_accounts.find(number) or cards.unknown_card(number)


def _keep(act: Act, method: Body, number: str) -> Body:
    act.store.add("payment_method", method)
    act.store.add("behaviour", {"id": method["id"], "number": number})
    return method
