"""An order as Stripe's page is told of it: lines, tax, the one way to deliver, and where to."""

from dataclasses import replace

from shop.delivery.address import Address
from shop.delivery.ways import Way
from shop.money import Money
from shop.orders.place import Placed, PlacedLine
from shop.payments import asking

PLACED = Placed(
    order=1,
    token="token",
    number="K7QM2X9P",
    version=1,
    email="ada@example.com",
    total=Money(2468, "EUR"),
    lines=(PlacedLine("Mug", "MUG", 1234, 2), PlacedLine("B" * 251, "BOWL", 5, 1)),
)
HOME = Address(
    name="Ada",
    line1="1 Mill Lane",
    line2="Flat 2",
    postal_code="12345",
    city="Bath",
    district="Old Town",
    area="BA",
    country="GB",
    phone="+44 1",
)


def a_line(quantity: int, name: str, amount: int) -> dict[str, object]:
    price = {"currency": "eur", "unit_amount": amount, "product_data": {"name": name}}
    return {"quantity": quantity, "price_data": price}


def test_each_line_is_told_and_a_long_name_is_cut() -> None:
    assert asking.line_items(PLACED) == [a_line(2, "Mug", 1234), a_line(1, "B" * 250, 5)]


def test_tax_that_comes_on_top_is_a_line_of_its_own() -> None:
    assert asking.line_items(replace(PLACED, tax_added=17))[2:] == [a_line(1, "Tax", 17)]


def test_without_a_way_nothing_is_said_of_delivery() -> None:
    assert asking.shipping_options(PLACED) == {}
    assert asking.shipping(PLACED) == {}


def test_the_chosen_way_is_the_one_that_is_shown() -> None:
    way = Way("post", "P" * 101, 490, pickup=False, tax_class="standard")
    rate = {
        "type": "fixed_amount",
        "fixed_amount": {"amount": 490, "currency": "eur"},
        "display_name": "P" * 100,
    }
    told = asking.shipping_options(replace(PLACED, way=way))
    assert told == {"shipping_options": [{"shipping_rate_data": rate}]}


def test_a_whole_address_is_told() -> None:
    address = {
        "line1": "1 Mill Lane",
        "line2": "Flat 2, Old Town",
        "postal_code": "12345",
        "city": "Bath",
        "state": "BA",
        "country": "GB",
    }
    told = asking.shipping(replace(PLACED, to=HOME))
    assert told == {"shipping": {"name": "Ada", "address": address, "phone": "+44 1"}}


def test_of_an_address_only_what_there_is() -> None:
    told = asking.shipping(replace(PLACED, to=Address(name="Ada", line1="1 Mill Lane", country="GB")))
    assert told == {"shipping": {"name": "Ada", "address": {"line1": "1 Mill Lane", "country": "GB"}}}


def test_what_is_collected_has_no_address() -> None:
    assert asking.shipping(replace(PLACED, to=Address(name="Ada"))) == {}
