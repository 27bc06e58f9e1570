"""An order in the words of Stripe's Checkout: its lines, its one way to deliver, its address."""

from typing import Any

from shop.money import Money
from shop.orders.place import Placed
from shop.web import words
from shop.web.words import gettext as _

LONGEST_NAME = 250
LONGEST_DELIVERY_NAME = 100
# Those that Stripe's page can be read in.
LANGUAGES = {
    "bg", "cs", "da", "de", "el", "en", "en-GB", "es", "es-419", "et", "fi", "fil", "fr", "fr-CA", "hr", "hu",
    "id", "it", "ja", "ko", "lt", "lv", "ms", "mt", "nb", "nl", "pl", "pt", "pt-BR", "ro", "ru", "sk", "sl",
    "sv", "th", "tr", "vi", "zh", "zh-HK", "zh-TW",
}  # fmt: skip


def language() -> str:
    """That of the moment, for the payment page; what Stripe does not speak is left to the browser."""
    return next((tag for tag in (words.tag(), words.tag().partition("-")[0]) if tag in LANGUAGES), "auto")


def line_items(placed: Placed) -> list[dict[str, Any]]:
    """Tax that comes on top is a line of its own: the rates are ours, and Stripe reckons nothing."""
    currency = placed.total.currency
    lines = [(line.quantity, line.title, line.unit_price) for line in placed.lines]
    tax = [(1, _("Tax"), placed.tax_added)] if placed.tax_added else []
    return [
        {"quantity": quantity, "price_data": _price(title, Money(amount, currency))}
        for quantity, title, amount in lines + tax
    ]


def shipping_options(placed: Placed) -> dict[str, Any]:
    """The shopper chose with us, so that there is one to see and none to choose."""
    if placed.way is None:
        return {}
    rate = {
        "type": "fixed_amount",
        "fixed_amount": {"amount": placed.way.price, "currency": placed.total.currency.lower()},
        "display_name": placed.way.title[:LONGEST_DELIVERY_NAME],
    }
    return {"shipping_options": [{"shipping_rate_data": rate}]}


def shipping(placed: Placed) -> dict[str, Any]:
    """What is collected has no address."""
    to = placed.to
    if to is None or not to.country:
        return {}
    address = {
        "line1": to.line1,
        "line2": ", ".join(part for part in (to.line2, to.district) if part),
        "postal_code": to.postal_code,
        "city": to.city,
        "state": to.area,
        "country": to.country,
    }
    return {
        "shipping": {
            "name": to.name,
            "address": {name: value for name, value in address.items() if value},
            **({"phone": to.phone} if to.phone else {}),
        }
    }


def _price(title: str, unit: Money) -> dict[str, Any]:
    return {
        "currency": unit.currency.lower(),
        "unit_amount": unit.minor,
        "product_data": {"name": title[:LONGEST_NAME]},
    }
