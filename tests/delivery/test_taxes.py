"""What an order comes to, and how much of it is tax."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from shop.delivery.taxes import Bill, bill, rate, tax_in, tax_on
from shop.delivery.ways import Way
from shop.money import smallest_step
from shop.site import Site, Taxes
from tests.delivery.shop_toml import WITHOUT_TAX, site

CURRENCIES = ["EUR", "JPY", "KWD"]
CLASSES = ["standard", "reduced", "none at all"]
PARCEL = Way("way-1", "Parcel", 490, pickup=False, tax_class="standard")

amounts = some.integers(0, 500_000)
carts = some.lists(some.tuples(amounts, some.sampled_from(CLASSES)), min_size=1, max_size=8)


@some.composite
def bills(draw: some.DrawFn) -> tuple[str, Site, list[tuple[int, str]], Bill]:
    currency = draw(some.sampled_from(CURRENCIES))
    step = smallest_step(currency)
    rates = {"standard": draw(some.integers(0, 3000)), "reduced": draw(some.integers(0, 3000))}
    told = Site(prices_include_tax=draw(some.booleans()), taxes=(Taxes((), rates),))
    lines = [(amount * step, kind) for amount, kind in draw(carts)]
    way = draw(some.none() | some.builds(replace, some.just(PARCEL), price=amounts.map(lambda n: n * step)))
    return currency, told, lines, bill(told, currency, lines, way, "DE")


@settings(max_examples=50, deadline=None)
@given(bills())
def test_the_total_is_lines_less_discount_and_delivery_and_added_tax(
    drawn: tuple[str, Site, list[tuple[int, str]], Bill],
) -> None:
    currency, told, lines, reckoned = drawn
    assert reckoned.lines_total == sum(amount for amount, _ in lines)
    assert (
        reckoned.total
        == reckoned.lines_total - reckoned.discount + reckoned.delivery.amount + reckoned.tax_added
    )
    assert reckoned.total % smallest_step(currency) == 0
    assert 0 in (reckoned.tax_added, reckoned.tax_included)
    assert not (reckoned.tax_added if told.prices_include_tax else reckoned.tax_included)


@settings(max_examples=50, deadline=None)
@given(bills())
def test_tax_is_rounded_for_each_line_and_summed(
    drawn: tuple[str, Site, list[tuple[int, str]], Bill],
) -> None:
    currency, told, _, reckoned = drawn
    parts = (*reckoned.lines, reckoned.delivery)
    assert sum(part.tax for part in parts) == reckoned.tax_added + reckoned.tax_included
    for part in parts:
        known = Fraction(part.rate or 0, 10_000)
        exact = part.amount * known / (1 + known if told.prices_include_tax else 1)
        assert abs(part.tax - exact) <= Fraction(smallest_step(currency), 2)
        assert part.rate is not None or part.tax == 0


@settings(max_examples=50, deadline=None)
@given(amounts, some.integers(0, 10_000))
def test_what_comes_on_top_is_found_in_the_sum_again(net: int, known: int) -> None:
    tax = tax_on(net, known, 1)
    assert abs(tax_in(net + tax, known, 1) - tax) <= 1


@pytest.mark.parametrize(
    ("amount", "known", "step", "included", "added"),
    [
        (11900, 1900, 1, 1900, 2261),
        (50, 100, 1, 0, 1),  # 0.5 on top: half goes up
        (150, 100, 1, 1, 2),
        (1234, 700, 1, 81, 86),
        (100, 0, 1, 0, 0),
        (12340, 500, 10, 590, 620),  # Stripe charges dinars in steps of ten
    ],
)
def test_half_a_cent_goes_up(amount: int, known: int, step: int, included: int, added: int) -> None:
    assert (tax_in(amount, known, step), tax_on(amount, known, step)) == (included, added)


def test_the_country_decides_the_zone_and_the_class_the_rate() -> None:
    told = site()
    assert rate(told, "DE", "standard") == 1900
    assert rate(told, "AT", "reduced") == 1000
    assert rate(told, "US", "standard") is None
    assert rate(told, "", "standard") is None
    assert rate(told, "DE", "unheard of") is None


def test_a_zone_that_names_the_country_comes_before_everywhere() -> None:
    told = Site(taxes=(Taxes((), {"standard": 500}), Taxes(("DE",), {"standard": 1900})))
    assert rate(told, "DE", "standard") == 1900
    assert rate(told, "US", "standard") == 500


def test_delivery_is_taxed_by_its_own_class() -> None:
    reckoned = bill(
        site(WITHOUT_TAX), "EUR", [(1000, "reduced")], replace(PARCEL, tax_class="standard"), "DE"
    )
    assert (reckoned.delivery.rate, reckoned.delivery.tax) == (1900, 93)
    assert reckoned.tax_added == 70 + 93
    assert reckoned.total == 1000 + 490 + 163
