"""Which ways lead where, and what they cost."""

import tomllib

from shop.delivery.address import Address
from shop.delivery.taxes import rate
from shop.delivery.ways import Chosen, countries, taxed_in, ways
from shop.site import read
from tests.delivery.shop_toml import site
from tests.support.commands import REPOSITORY


def offered(country: str, goods: int) -> list[tuple[str, int]]:
    return [(way.title, way.price) for way in ways(site(), country, goods)]


def test_a_country_has_the_ways_of_its_zone_and_pickup() -> None:
    assert offered("DE", 5000) == [("Parcel", 490), ("Collect it", 0)]
    assert offered("AT", 5000) == [("Parcel abroad", 990), ("Collect it", 0)]


def test_from_some_amount_on_it_is_free() -> None:
    assert offered("DE", 9999)[0] == ("Parcel", 490)
    assert offered("DE", 10000)[0] == ("Parcel", 0)
    assert offered("AT", 10**6)[0] == ("Parcel abroad", 990)


def test_parcels_go_only_where_a_way_leads() -> None:
    assert countries(site(), ("DE", "FR", "US")) == ("DE", "US")


def test_a_way_that_does_not_lead_there_is_none() -> None:
    assert Chosen(Address(country="AT"), "way-1").offered(site(), 100) is None
    assert Chosen(Address(country="AT"), "way-9").offered(site(), 100) is None


def test_the_parcel_s_country_decides_the_tax_and_the_merchant_s_where_it_is_collected() -> None:
    parcel, pickup = ways(site(), "AT", 100)
    assert taxed_in(site(), parcel, "AT") == "AT"
    assert taxed_in(site(), pickup, "AT") == "DE"
    assert taxed_in(site(), None, "") == "DE"


def test_the_example_of_the_docs_is_understood() -> None:
    page = (REPOSITORY / "docs" / "delivery.md").read_text(encoding="utf-8")
    told = read(tomllib.loads(page.partition("```toml")[2].partition("```")[0]), "EUR")
    assert [way.title for way in ways(told, "DE", 10000)] == ["Parcel", "Collect it in the shop"]
    assert [way.price for way in ways(told, "US", 10000)] == [1200, 0]
    assert rate(told, "AT", "reduced") == 1000
