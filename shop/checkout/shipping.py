"""The part of the review page that asks where to and by which way."""

from dataclasses import dataclass

from shop.checkout.entered import Entered, chosen_way, offered_ways
from shop.customers.who import Shopper
from shop.delivery import book
from shop.delivery.address import country_name, lines
from shop.delivery.form import Field, form
from shop.delivery.ways import countries
from shop.money import Money
from shop.orders.totals import is_sent
from shop.orders.views import CartView
from shop.settings import settings
from shop.site import site
from shop.web.words import locale


@dataclass(frozen=True, slots=True)
class WayView:
    key: str
    title: str
    price: Money
    chosen: bool


@dataclass(frozen=True, slots=True)
class KeptView:
    """An address of the customer's book, on one line."""

    token: str
    line: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Shipping:
    """`countries` are (code, name); for a pickup the address's `fields` are there and not shown."""

    name: str
    country: str
    countries: tuple[tuple[str, str], ...]
    ways: tuple[WayView, ...]
    fields: tuple[Field, ...]
    kept: tuple[KeptView, ...]
    pickup: bool


async def shipping(shopper: Shopper, cart: CartView, entered: Entered) -> Shipping | None:
    """Nothing where nothing is sent."""
    if not is_sent(cart):
        return None
    way = chosen_way(entered, cart)
    offered = offered_ways(entered, cart)
    return Shipping(
        name=entered.to.name,
        country=entered.to.country,
        countries=_countries(),
        ways=tuple(
            WayView(each.key, each.title, Money(each.price, cart.total.currency), each == way)
            for each in offered
        ),
        fields=form(entered.to, entered.errors) if entered.to.country else (),
        kept=await _kept(shopper, entered),
        pickup=way is not None and way.pickup,
    )


def _countries() -> tuple[tuple[str, str], ...]:
    named = [(code, country_name(code, locale())) for code in countries(site(), settings().ships_to)]
    return tuple(sorted(named, key=lambda country: country[1]))


async def _kept(shopper: Shopper, entered: Entered) -> tuple[KeptView, ...]:
    """To choose from, where there is a choice."""
    if shopper.customer is None:
        return ()
    possible = countries(site(), settings().ships_to)
    kept = tuple(
        KeptView(each.token, ", ".join(lines(each.address, locale())), each.address == entered.to)
        for each in await book.addresses(shopper.customer)
        if each.address.country in possible
    )
    return () if all(each.chosen for each in kept) else kept
