"""What each country asks for, what is refused, and how an address is written."""

import pytest
from babel import Locale
from hypothesis import given, settings
from hypothesis import strategies as some

from shop.delivery.address import Address, from_json, lines, to_json
from shop.delivery.form import checked, form, typed

BERLIN = Address("Ada", "Main Street 1", "", "10115", "Berlin", country="DE")
CUPERTINO = Address("Ada", "1 Infinite Loop", "Apt 3", "95014", "Cupertino", "", "CA", "US", "+1 555 1234567")
COUNTRIES = sorted({str(code) for code in Locale("en").territories if str(code).isalpha()})


def names(country: str) -> list[str]:
    return [field.name for field in form(Address(country=country), {})]


def wrong(address: Address) -> set[str]:
    return set(checked(address)[1])


def test_each_country_asks_for_what_is_written_there() -> None:
    assert names("DE") == ["line1", "line2", "postal_code", "city", "phone"]
    assert names("US") == ["line1", "line2", "city", "area", "postal_code", "phone"]
    assert names("HK") == ["line1", "line2", "area", "city", "phone"]


def test_a_state_is_chosen_by_its_name_and_kept_as_it_stands_on_a_parcel() -> None:
    state = form(CUPERTINO, {})[3]
    assert (state.label, state.value) == ("State", "CA")
    assert ("CA", "California") in state.choices
    assert wrong(Address("Ada", "x 1", "", "95014", "Cupertino", "", "California", "US")) == {"area"}


def test_browsers_are_told_what_belongs_where() -> None:
    told = {field.name: field.autocomplete for field in form(CUPERTINO, {})}
    assert told["line1"] == "shipping address-line1"
    assert told["area"] == "shipping address-level1"
    assert told["postal_code"] == "shipping postal-code"


def test_what_a_country_needs_is_asked_for_and_no_more() -> None:
    assert wrong(Address(country="DE")) == {"name", "line1", "postal_code", "city"}
    assert wrong(BERLIN) == wrong(CUPERTINO) == set()
    assert wrong(Address("Ada", "1 Street", "", "", "Dublin", country="IE")) == set()


@pytest.mark.parametrize(
    ("country", "code", "kept"),
    [
        ("DE", "10115", "10115"),
        ("DE", "D-10115", "10115"),
        ("DE", " 10115 ", "10115"),
        ("DE", "1011", None),
        ("DE", "101155", None),
        ("AT", "A 1010", "1010"),
        ("LI", "FL-9496", "9496"),
        ("GB", "ec1y 8sy", "EC1Y 8SY"),
        ("GB", "GIR 0AA and more", None),  # codespell:ignore
        ("NL", "1234 ab", "1234 AB"),
        ("US", "95014-1234", "95014-1234"),
    ],
)
def test_a_postal_code_fits_its_country(country: str, code: str, kept: str | None) -> None:
    address, errors = checked(
        typed({"name": "Ada", "line1": "x", "city": "y", "postal_code": code, "area": "CA"}, country)
    )
    assert ("postal_code" not in errors) == (kept is not None)
    assert kept is None or address.postal_code == kept


def test_what_is_collected_needs_a_name_and_nothing_else() -> None:
    assert checked(Address(name="Ada", line1="x", country="DE"), pickup=True) == (Address(name="Ada"), {})
    assert set(checked(Address(), pickup=True)[1]) == {"name"}


def test_what_another_country_had_asked_for_is_left_out() -> None:
    moved = Address("Ada", "x 1", "", "10115", "Berlin", "Mitte", "CA", "DE")
    kept, errors = checked(moved)
    assert (kept.area, kept.district, errors) == ("", "", {})


def test_an_address_is_written_as_its_country_writes_it() -> None:
    assert lines(BERLIN, "en") == ["Ada", "Main Street 1", "10115 Berlin", "Germany"]
    assert lines(BERLIN, "de")[-1] == "Deutschland"
    assert lines(CUPERTINO, "en") == [
        "Ada",
        "1 Infinite Loop",
        "Apt 3",
        "Cupertino, CA 95014",
        "United States",
    ]
    assert lines(Address("%C Ada", "x", "", "10115", "Berlin", country="DE"), "en")[0] == "%C Ada"
    assert lines(Address(name="Ada"), "en") == ["Ada"]


@settings(max_examples=50, deadline=None)
@given(some.sampled_from(COUNTRIES), some.dictionaries(some.sampled_from(list(names("US"))), some.text()))
def test_whatever_is_typed_is_one_line_and_can_be_kept_again(country: str, told: dict[str, str]) -> None:
    address, errors = checked(typed({"name": "Ada"} | told, country))
    assert from_json(to_json(address)) == address
    assert all(line.isprintable() and line for line in lines(address, "en"))
    assert set(errors) <= {field.name for field in form(address, errors)}
    if not errors:
        assert checked(address) == (address, {})
