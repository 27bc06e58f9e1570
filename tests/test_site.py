"""What the merchant writes into shop.toml is understood, or refused in one sentence that names it."""

import tomllib

import pytest

from shop.environment import BadSetting
from shop.site import Site, Taxes, Way, read

TOLD = """
prices_include_tax = false

[merchant]
name = "Withy Ltd."
address = ["Main Street 1", "10115 Berlin"]
country = "de"
email = "merchant@example.com"

[[delivery]]
title = "Parcel"
price = "4.90"
free_from = 50
countries = ["de", "AT"]

[[delivery]]
title = "Collect it"
pickup = true

[[tax]]
countries = ["DE"]
standard = 19
reduced = 7.5
"""
BAD = [
    ("colour = 1", "colour"),
    ("[merchant]\nnames = 'x'", "names"),
    ("[merchant]\nname = 1", "merchant.name"),
    ("[[delivery]]\nprice = 1", "delivery.title"),
    ("[[delivery]]\ntitle = 'a'\nprice = '1.234'", "delivery.price"),
    ("[[delivery]]\ntitle = 'a'\nprice = -1", "delivery.price"),
    ("[[delivery]]\ntitle = 'a'\nprice = true", "delivery.price"),
    ("[[delivery]]\ntitle = 'a'\nfree_from = 'much'", "delivery.free_from"),
    ("[[delivery]]\ntitle = 'a'\ncountries = 'DE'", "delivery.countries"),
    ("[delivery]\ntitle = 'a'", "delivery"),
    ("[[tax]]\nstandard = 'x'", "tax.standard"),
    ("[[tax]]\nstandard = 101", "tax.standard"),
    ("[[tax]]\nstandard = 7.555", "tax.standard"),
    ("prices_include_tax = 'yes'", "prices_include_tax"),
]


def test_everything_may_be_left_out() -> None:
    assert read({}, "EUR") == Site(ways=(Way("delivery", "Delivery"),))


def test_what_is_written_is_read() -> None:
    site = read(tomllib.loads(TOLD), "EUR")
    assert site.merchant.country == "DE"
    assert site.merchant.address == ("Main Street 1", "10115 Berlin")
    assert not site.prices_include_tax
    assert site.ways == (
        Way("way-1", "Parcel", 490, 5000, ("DE", "AT")),
        Way("way-2", "Collect it", pickup=True),
    )
    assert site.taxes == (Taxes(("DE",), {"standard": 1900, "reduced": 750}),)


def test_amounts_are_of_the_shops_currency() -> None:
    assert read(tomllib.loads("[[delivery]]\ntitle = 'a'\nprice = 500"), "JPY").ways[0].price == 500


@pytest.mark.parametrize(("text", "name"), BAD)
def test_what_cannot_be_used_is_refused_in_one_sentence(text: str, name: str) -> None:
    with pytest.raises(BadSetting) as refused:
        read(tomllib.loads(text), "EUR")
    assert name in str(refused.value)
    assert str(refused.value).endswith(".")
