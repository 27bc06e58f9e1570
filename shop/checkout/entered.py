"""What stands in the form of the review page: typed there, or known before anything was typed."""

import json
import re
from dataclasses import dataclass, field, replace

from shop.customers.who import Shopper
from shop.delivery import book
from shop.delivery import form as address_form
from shop.delivery.address import Address, from_json
from shop.delivery.sentences import nowhere
from shop.delivery.ways import Chosen, Way, countries, ways
from shop.orders.cart import find_cart
from shop.orders.tables import Order
from shop.orders.totals import is_sent
from shop.orders.views import CartView
from shop.settings import settings
from shop.site import site
from shop.web import forms
from shop.web.words import gettext as _

COUNTRY = re.compile("[A-Z]{2}")


@dataclass(frozen=True, slots=True)
class Entered:
    """`errors` has a sentence for each field that must be looked at again; `way` is the key of one."""

    email: str
    to: Address
    way: str
    errors: dict[str, str] = field(default_factory=dict)


async def typed(fields: dict[str, str], shopper: Shopper) -> Entered:
    """What the form says; an address that was chosen from the customer's book comes before what is typed."""
    before = await at_first(shopper)
    wished = fields.get("country", "").upper()
    to = address_form.typed(fields, wished if COUNTRY.fullmatch(wished) else before.to.country, before.to)
    if shopper.customer is not None and "address" in fields:
        to = await _from_the_book(shopper.customer, fields["address"]) or to
    return Entered(fields.get("email", before.email), to, fields.get("way", before.way))


async def at_first(shopper: Shopper) -> Entered:
    """Who comes back finds it as it was; customers find the address that they used last."""
    cart = await find_cart(shopper)
    email, to, way = _left(cart) if cart else ("", Address(), "")
    if shopper.customer is not None and not (to.name or to.line1):
        to = await _from_the_book(shopper.customer) or to
    return Entered(email or shopper.email, replace(to, country=_country(to.country)), way)


def looked_over(entered: Entered, cart: CartView) -> Entered:
    """With what is wrong; an address is asked for only where something is sent."""
    errors = {} if forms.email(entered.email) else {"email": please_email()}
    if not is_sent(cart):
        return replace(entered, errors=errors)
    way = chosen_way(entered, cart)
    if way is None or not _meant(way, entered):
        return replace(entered, errors=errors | {"country": nowhere()})
    to, wrong = address_form.checked(entered.to, pickup=way.pickup)
    return Entered(entered.email, entered.to if way.pickup else to, way.key, errors | wrong)


def _meant(way: Way, entered: Entered) -> bool:
    """Who wished for a parcel to a country without any does not get to collect it instead."""
    return entered.way in ("", way.key) if way.pickup else entered.to.country in _possible()


def chosen_way(entered: Entered, cart: CartView) -> Way | None:
    """The wished way, or the first one that leads there."""
    offered = offered_ways(entered, cart)
    return next((way for way in offered if way.key == entered.way), next(iter(offered), None))


def offered_ways(entered: Entered, cart: CartView) -> tuple[Way, ...]:
    return ways(site(), entered.to.country, cart.total.minor)


def chosen(entered: Entered, cart: CartView) -> Chosen | None:
    """What goes onto the order. For a pickup nobody needs to know more than a name."""
    way = chosen_way(entered, cart) if is_sent(cart) else None
    if way is None:
        # The order may be placed already: then this is compared with what it was placed with.
        return Chosen(entered.to, entered.way) if entered.way else None
    to = address_form.checked(entered.to, pickup=way.pickup)[0]
    return Chosen(to, way.key)


def please_email() -> str:
    return _(forms.NO_EMAIL)


def _country(wished: str) -> str:
    """One that parcels go to; the merchant's first where nothing else is known."""
    return wished if wished in _possible() else next(iter(_possible()), "")


def _possible() -> tuple[str, ...]:
    return countries(site(), settings().ships_to)


def _left(cart: Order) -> tuple[str, Address, str]:
    """What was typed last; where nothing was, what the order had been placed with before."""
    left = json.loads(cart.typed) if isinstance(cart.typed, str) else cart.typed
    if left is None:
        return cart.email, from_json(cart.deliver_to) or Address(), cart.delivery_way or ""
    return left["email"], from_json(left["to"]) or Address(), left["way"]


async def _from_the_book(customer: int, token: str = "") -> Address | None:
    """The one that was chosen, or the one used last."""
    kept = await book.addresses(customer)
    chosen = [each.address for each in kept if token in ("", each.token)]
    return next(iter(chosen), None)
