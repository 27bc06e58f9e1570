"""Amounts in minor units beside their currency: what is stored, added up and sent to Stripe.

Only a template turns an amount into text, and only `formatted` does it.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from babel.numbers import format_currency, get_currency_precision

# https://docs.stripe.com/currencies: what Stripe counts in whole units and in thousandths.
ZERO_DECIMAL = frozenset(
    ["BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA", "PYG", "RWF", "VND", "VUV", "XAF", "XOF", "XPF"],
)
THREE_DECIMAL = frozenset(["BHD", "JOD", "KWD", "OMR", "TND"])
# Stripe takes these with two decimals although the last two are always zero.
WHOLE_UNITS_IN_TWO_DECIMALS = frozenset({"ISK", "UGX"})

# What Stripe accepts for one payment: at most eight digits; the minimum depends on the currency.
LARGEST_AMOUNT = 99_999_999
SMALLEST_AMOUNT = {
    "AED": 200, "AUD": 50, "BGN": 100, "BRL": 50, "CAD": 50, "CHF": 50, "CZK": 1500, "DKK": 250,
    "EUR": 50, "GBP": 30, "HKD": 400, "HUF": 17500, "INR": 50, "JPY": 50, "MXN": 1000, "MYR": 200,
    "NOK": 300, "NZD": 50, "PLN": 200, "RON": 200, "SEK": 300, "SGD": 50, "THB": 1000, "USD": 50,
}  # fmt: skip

# Unicode wants a space there ("KWD 1.234"), and Babel leaves it out.
LETTER_MEETS_DIGIT = re.compile(r"(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])")


AMOUNT = re.compile(r"([0-9]{1,12})(?:[.,]([0-9]{1,3}))?")


class MixedCurrencies(ValueError):
    """Two amounts of different currencies cannot be added or compared."""


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in the currency's minor unit: `Money(1234, "EUR")` is 12.34 euros."""

    minor: int
    currency: str

    def __add__(self, other: "Money") -> "Money":
        self._same_currency(other)
        return Money(self.minor + other.minor, self.currency)

    def __sub__(self, other: "Money") -> "Money":
        self._same_currency(other)
        return Money(self.minor - other.minor, self.currency)

    def __mul__(self, quantity: int) -> "Money":
        return Money(self.minor * quantity, self.currency)

    def __bool__(self) -> bool:
        return self.minor != 0

    def _same_currency(self, other: "Money") -> None:
        if self.currency != other.currency:
            raise MixedCurrencies(f"{self.currency} and {other.currency}")


def exponent(currency: str) -> int:
    """How many decimals Stripe and this shop keep for a currency."""
    code = currency.upper()
    if code in ZERO_DECIMAL:
        return 0
    return 3 if code in THREE_DECIMAL else 2


def smallest_amount(currency: str) -> int:
    """The least that can be charged, in minor units; unknown currencies leave it to Stripe."""
    return SMALLEST_AMOUNT.get(currency.upper(), 1)


def smallest_step(currency: str) -> int:
    """Amounts that are no multiple of this are refused by Stripe."""
    code = currency.upper()
    if code in THREE_DECIMAL:
        return 10
    return 100 if code in WHOLE_UNITS_IN_TWO_DECIMALS else 1


def believable(currency: str, cents: int) -> int:
    """34.50 becomes 3450 yen or 34.500 dinars, for a demonstration: not converted."""
    step = smallest_step(currency)
    minor = cents * 10 if exponent(currency) == 3 else cents
    return -(-minor // step) * step


def typed(text: str, currency: str) -> int | None:
    """What "12.34" or "12,34" says in minor units; nothing where it is no amount that can be charged.

    Thousands are not told apart: "1,234" could be either.
    """
    found = AMOUNT.fullmatch(text.strip())
    places = exponent(currency)
    if found is None or len(found[2] or "") > places:
        return None
    minor = int(found[1] + (found[2] or "").ljust(places, "0"))
    return minor if minor <= LARGEST_AMOUNT and minor % smallest_step(currency) == 0 else None


def plain(amount: Money) -> str:
    """`Money(1234, "EUR")` as `typed` reads it: "12.34"."""
    places = exponent(amount.currency)
    digits = str(amount.minor).zfill(places + 1)
    return f"{digits[:-places]}.{digits[-places:]}" if places else digits


def formatted(amount: Money, locale: str) -> str:
    """`Money(123450, "EUR")` as a person in `locale` writes it: "€1,234.50"."""
    code = amount.currency.upper()
    units = Decimal(amount.minor).scaleb(-exponent(code))
    # Unicode's data drops the decimals of some currencies that Stripe charges with two.
    hides_a_fraction = units != round(units, get_currency_precision(code))
    text = str(format_currency(units, code, locale=locale, currency_digits=not hides_a_fraction))
    return LETTER_MEETS_DIGIT.sub("\u00a0", text)
