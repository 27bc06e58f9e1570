"""What an order comes to: reckoned for a cart, read from the columns of a placed order."""

from shop.delivery.taxes import Bill, bill
from shop.delivery.ways import Chosen, Way, taxed_in
from shop.errors import CartChanged
from shop.money import Money
from shop.orders.tables import Order
from shop.orders.views import CartView, Totals
from shop.settings import settings
from shop.site import site


def is_sent(cart: CartView) -> bool:
    """Somebody has to say where to: something in the cart is sent, and the shop sends to countries."""
    return bool(settings().ships_to) and cart.is_sent


def reckon(currency: str, lines: list[tuple[int, str]], way: Way | None, country: str) -> Bill:
    """`lines` are amounts with their tax class."""
    return bill(site(), currency, lines, way, taxed_in(site(), way, country))


def way_to(chosen: Chosen | None, lines: list[tuple[int, str]], *, sent: bool) -> Way | None:
    """The way by which an order goes, if it is sent at all. Raises CartChanged where there is no such way."""
    if not (sent and settings().ships_to):
        return None
    way = chosen.offered(site(), sum(amount for amount, _ in lines)) if chosen else None
    if way is None or not (way.pickup or (chosen and chosen.to.country in settings().ships_to)):
        raise CartChanged
    return way


def of_cart(cart: CartView, way: Way | None, country: str) -> Totals:
    lines = [(line.total.minor, line.tax_class) for line in cart.lines]
    told = reckon(cart.total.currency, lines, way, country)
    return Totals(
        lines=cart.total,
        discount=Money(told.discount, cart.total.currency),
        delivery=Money(told.delivery.amount, cart.total.currency),
        delivery_title=way.title if way else "",
        tax_added=Money(told.tax_added, cart.total.currency),
        tax_included=Money(told.tax_included, cart.total.currency),
        total=Money(told.total, cart.total.currency),
    )


def of_order(order: Order) -> Totals:
    return Totals(
        lines=Money(order.lines_total, order.currency),
        discount=Money(order.discount_total, order.currency),
        delivery=Money(order.delivery_total, order.currency),
        delivery_title=order.delivery_title or "",
        tax_added=Money(order.tax_added, order.currency),
        tax_included=Money(order.tax_included, order.currency),
        total=Money(order.total, order.currency),
    )
