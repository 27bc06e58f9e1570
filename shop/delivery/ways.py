"""The ways to deliver that the merchant offers, with their price for what is bought."""

from dataclasses import dataclass

from shop.delivery.address import Address
from shop.site import Site
from shop.web.words import gettext


@dataclass(frozen=True, slots=True)
class Way:
    """`price` is what this order pays for it, which may be nothing."""

    key: str
    title: str
    price: int
    pickup: bool
    tax_class: str


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a shopper wishes: where to, and the key of the way."""

    to: Address
    way: str

    def offered(self, site: Site, goods: int) -> Way | None:
        """The wished way, if it leads there."""
        return next((way for way in ways(site, self.to.country, goods) if way.key == self.way), None)


def ways(site: Site, country: str, goods: int) -> tuple[Way, ...]:
    """The ways to one country for goods of this value; pickup needs no country."""
    return tuple(
        Way(way.key, _title(way.title), _price(way.price, way.free_from, goods), way.pickup, way.tax_class)
        for way in site.ways
        if not way.countries or country in way.countries or (way.pickup and not country)
    )


def countries(site: Site, ships_to: tuple[str, ...]) -> tuple[str, ...]:
    """Where parcels can go: what is only collected goes nowhere."""
    sending = [way for way in site.ways if not way.pickup]
    return tuple(
        code for code in ships_to if any(not way.countries or code in way.countries for way in sending)
    )


def taxed_in(site: Site, way: Way | None, country: str) -> str:
    """The country whose tax holds: where it is sent to, else the merchant's own."""
    return country if way is not None and not way.pickup else site.merchant.country


def _title(title: str) -> str:
    """The merchant's word, translated where a file of theirs says how; as long as an order has room for."""
    return gettext(title)[:100]


def _price(price: int, free_from: int | None, goods: int) -> int:
    return 0 if free_from is not None and goods >= free_from else price
