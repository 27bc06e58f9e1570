"""Amounts: what is added up and written."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some

from shop.money import (
    LARGEST_AMOUNT,
    SMALLEST_AMOUNT,
    THREE_DECIMAL,
    ZERO_DECIMAL,
    MixedCurrencies,
    Money,
    exponent,
    formatted,
    smallest_amount,
)

CURRENCIES = sorted(SMALLEST_AMOUNT | dict.fromkeys(ZERO_DECIMAL | THREE_DECIMAL | {"ISK", "UGX", "TWD"}, 1))
currencies = some.sampled_from(CURRENCIES)
amounts = some.integers(-LARGEST_AMOUNT, LARGEST_AMOUNT)


@pytest.mark.parametrize(
    ("amount", "locale", "text"),
    [
        (Money(1234, "EUR"), "en", "€12.34"),
        (Money(123450, "EUR"), "en", "€1,234.50"),
        (Money(123450, "EUR"), "de", "1.234,50\u00a0€"),
        (Money(123450, "CHF"), "de_CH", "CHF\u00a01’234.50"),
        (Money(0, "EUR"), "en", "€0.00"),
        (Money(5, "EUR"), "en", "€0.05"),
        (Money(-1234, "EUR"), "en", "-€12.34"),
        (Money(1234, "JPY"), "en", "¥1,234"),
        (Money(1234, "KWD"), "en", "KWD\u00a01.234"),
        (Money(99_999_999, "EUR"), "en", "€999,999.99"),
        (Money(123400, "ISK"), "en", "ISK\u00a01,234"),
        (Money(123450, "ISK"), "en", "ISK\u00a01,234.50"),
        (Money(123450, "SEK"), "sv", "1\u00a0234,50\u00a0kr"),
        (Money(123450, "CAD"), "en", "CA$1,234.50"),
    ],
    ids=str,
)
def test_an_amount_is_written_as_people_write_it(amount: Money, locale: str, text: str) -> None:
    assert formatted(amount, locale) == text


@pytest.mark.parametrize(
    ("currency", "decimals"), [("EUR", 2), ("eur", 2), ("JPY", 0), ("KWD", 3), ("HUF", 2), ("XXX", 2)]
)
def test_a_currency_has_the_decimals_that_stripe_gives_it(currency: str, decimals: int) -> None:
    assert exponent(currency) == decimals


def test_two_currencies_are_never_added_or_taken_away() -> None:
    with pytest.raises(MixedCurrencies):
        Money(1, "EUR") + Money(1, "USD")
    with pytest.raises(MixedCurrencies):
        Money(1, "EUR") - Money(1, "USD")


def test_the_least_that_can_be_charged_depends_on_the_currency() -> None:
    assert (smallest_amount("EUR"), smallest_amount("gbp"), smallest_amount("XXX")) == (50, 30, 1)


@given(amounts, amounts, amounts, currencies)
def test_sums_do_not_depend_on_their_order(a: int, b: int, c: int, currency: str) -> None:
    first, second, third = Money(a, currency), Money(b, currency), Money(c, currency)
    assert first + second == second + first
    assert (first + second) + third == first + (second + third)
    assert (first + second) - second == first


@given(amounts, some.integers(0, 999), currencies)
def test_so_many_of_a_price_is_the_price_added_so_often(price: int, quantity: int, currency: str) -> None:
    one = Money(price, currency)
    assert one * quantity == sum([one] * quantity, Money(0, currency))


@given(amounts, currencies)
def test_nothing_of_an_amount_is_lost_when_it_is_written(minor: int, currency: str) -> None:
    text = formatted(Money(minor, currency), "en")
    digits = "".join(sign for sign in text if sign.isdigit() or sign == ".").strip(".")
    assert Decimal(digits).scaleb(exponent(currency)) == abs(minor)
    assert ("-" in text) == (minor < 0)
