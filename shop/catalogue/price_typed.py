"""A price as a shopper types it: "20", "€19.50", "1.000 €", "1,000.50", "20 EUR", "20,–"."""

import re
from functools import cache

from babel import Locale
from babel.numbers import get_currency_name, get_currency_symbol, get_decimal_symbol

from shop.money import exponent, typed

SPACES = re.compile(r"[\s'’\u00a0\u202f]+")
NO_CENTS = re.compile(r"[.,][-–—]{1,2}$")  # German writes it with a long dash
WHOLE = re.compile(r"[0-9]+|[0-9]{1,3}(?:[.][0-9]{3})+|[0-9]{1,3}(?:,[0-9]{2,3})*,[0-9]{3}")


def understood(text: str, currency: str, locale: str) -> int | None:
    """In minor units; nothing where it is no amount, or one of another currency."""
    bare = NO_CENTS.sub("", SPACES.sub("", text.casefold()))
    for name in _names(currency, locale):
        bare = bare.removeprefix(name).removesuffix(name)
    whole, cents = _parted(NO_CENTS.sub("", bare), currency, locale)
    if not WHOLE.fullmatch(whole):
        return None
    return typed(re.sub("[.,]", "", whole) + (f".{cents}" if cents else ""), currency)


def _parted(text: str, currency: str, locale: str) -> tuple[str, str]:
    """The last sign is the decimal one, but three digits behind it are thousands.

    Where an amount has three decimals itself, the language says which of the two is meant.
    """
    at = max(text.rfind("."), text.rfind(","))
    if at < 0:
        return text, ""
    whole, sign, rest = text[:at], text[at], text[at + 1 :]
    other_before = set(whole) & {".", ","} - {sign}
    if sign in whole or (len(rest) == 3 and not other_before and not _may_be_cents(sign, currency, locale)):
        return text, ""
    return whole, rest


def _may_be_cents(sign: str, currency: str, locale: str) -> bool:
    return exponent(currency) == 3 and sign == get_decimal_symbol(locale)


@cache
def _names(currency: str, locale: str) -> tuple[str, ...]:
    """What the language and English call the currency, the longest first."""
    known = {currency}
    for spoken in (locale, "en"):
        symbols = Locale.parse(spoken).currency_symbols
        known |= {get_currency_symbol(currency, spoken), symbols.get(currency, currency)}
        known |= {get_currency_name(currency, count, spoken) for count in (None, 1, 2)}
    return tuple(sorted((SPACES.sub("", name.casefold()) for name in known), key=len, reverse=True))
