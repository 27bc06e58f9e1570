"""What the shopper typed on the payment page, checked field by field."""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime

from shop.sandbox import bank_accounts, cards, language
from shop.sandbox.bank_accounts import BankAccount
from shop.sandbox.cards import Card
from shop.sandbox.checkout import Choice
from shop.sandbox.payment_methods import Payer
from shop.sandbox.session_parameters import is_email
from shop.sandbox.shapes import Body, shape

ADDRESS = {"line1": "Line1", "line2": "Line2", "postal_code": "PostalCode", "city": "City", "state": "State"}
REQUIRED = {"line1": "Enter the street and number.", "city": "Enter the city."}
LONGEST = 200


@dataclass
class PageForm:
    """`messages` by the name of the field that they stand at."""

    session: Body
    sent: dict[str, str]
    now: int
    messages: dict[str, str] = field(default_factory=dict)

    def say(self, sentence: str) -> str:
        return language.say(sentence, language.of(self.session))

    def choice(self) -> Choice | None:
        payer = self._payer()
        means, expiry = self._means()
        recipient, address = self._recipient()
        if self.messages:
            return None
        return Choice(payer, means, expiry, recipient, address, self.text("shippingRate") or None)

    def text(self, name: str) -> str:
        return self.sent.get(name, "").strip()[:LONGEST]

    def _payer(self) -> Payer:
        email = self.session["customer_email"] or self.text("email")
        if not is_email(email):
            self.messages["email"] = self.say("Enter your e-mail address, like ada@example.com.")
        needs_address = self.session["billing_address_collection"] == "required"
        address = self._address("billingAddress") if needs_address else None
        phone = self.text("phone") or None
        if self.session["phone_number_collection"]["enabled"] and not re.fullmatch(
            r"\+?[0-9 ()/-]{5,20}", phone or ""
        ):
            self.messages["phone"] = self.say("Enter your phone number, like +49 30 1234567.")
        return Payer(email, self.text("billingName") or None, phone, address)

    def _means(self) -> tuple[Card | BankAccount | None, tuple[int, int]]:
        if self.session["amount_total"] == 0:
            return None, (12, 2034)
        self._name_of_payer()
        if self.text("method") == "sepa_debit" and "sepa_debit" in self.session["payment_method_types"]:
            return self._bank_account(), (12, 2034)
        card, expiry = self._card(), self._expiry()
        self._cvc(card)
        return card, expiry

    def _name_of_payer(self) -> None:
        if not self.text("billingName"):
            self.messages["billingName"] = self.say("Enter the name of the account's or card's holder.")

    def _card(self) -> Card | None:
        number = re.sub(r"[\s-]", "", self.text("cardNumber"))
        if not number:
            self.messages["cardNumber"] = self.say("Enter the card number.")
        elif not re.fullmatch(r"[0-9]{12,19}", number) or not cards.passes_luhn(number):
            self.messages["cardNumber"] = self.say("The card number is not valid. Check it for a slip.")
        else:
            return cards.CARDS.get(number) or cards.unknown_card(number)
        return None

    def _expiry(self) -> tuple[int, int]:
        match = re.fullmatch(r"([0-9]{1,2})\s*/?\s*(?:20)?([0-9]{2})", self.text("cardExpiry"))
        today = datetime.fromtimestamp(self.now, UTC)
        if match is None or not 1 <= int(match[1]) <= 12:
            self.messages["cardExpiry"] = self.say("Enter month and year, like 12/34.")
            return 0, 0
        month, year = int(match[1]), 2000 + int(match[2])
        if (year, month) < (today.year, today.month):
            self.messages["cardExpiry"] = self.say("This card has expired.")
        elif year > today.year + 50:
            self.messages["cardExpiry"] = self.say("The year is too far away.")
        return month, year

    def _cvc(self, card: Card | None) -> None:
        digits = 4 if card is not None and card.brand == "amex" else 3
        allowed = rf"[0-9]{{{digits}}}" if card is not None else r"[0-9]{3,4}"
        if not re.fullmatch(allowed, self.text("cardCvc")):
            self.messages["cardCvc"] = self.say(f"Enter the {digits} digits of the security code.")

    def _bank_account(self) -> BankAccount | None:
        iban = self.text("iban")
        account = bank_accounts.find(iban)
        if account is None and bank_accounts.passes_checksum(iban):
            self.messages["iban"] = self.say(
                "That could be a real account. Use one of the test accounts listed below."
            )
        elif account is None:
            self.messages["iban"] = self.say("The IBAN is not valid. Check it for a slip.")
        return account

    def _recipient(self) -> tuple[str | None, Body | None]:
        if self.session["shipping_address_collection"] is None:
            return None, None
        if not self.text("shippingName"):
            self.messages["shippingName"] = self.say("Enter the name of whoever receives it.")
        return self.text("shippingName"), self._address("shippingAddress")

    def _address(self, prefix: str) -> Body:
        address = {name: self.text(prefix + suffix) or None for name, suffix in ADDRESS.items()}
        for name, message in REQUIRED.items():
            if address[name] is None:
                self.messages[prefix + ADDRESS[name]] = self.say(message)
        country = self.text(prefix + "Country").upper()
        delivers_to = (self.session["shipping_address_collection"] or {}).get("allowed_countries", [])
        is_known = (
            country in delivers_to if prefix == "shippingAddress" else re.fullmatch("[A-Z]{2}", country)
        )
        if not is_known:
            self.messages[prefix + "Country"] = self.say("Choose a country.")
        return shape("Address", **address, country=country)
