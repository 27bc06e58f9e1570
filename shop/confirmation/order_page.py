"""The order's page, and the region that asks for itself again while a payment is being confirmed."""

from litestar.response import Template

from shop.customers.who import Shopper
from shop.delivery import address
from shop.errors import NotFound
from shop.money import Money
from shop.orders import totals, withdrawals
from shop.orders.moves import HELD
from shop.orders.owners import owns
from shop.orders.summary import placed_lines
from shop.orders.tables import Order, Shipment
from shop.orders.views import OrderView
from shop.payments.ledger import given_back_of_order, returned_of_order
from shop.web.cookies import AnyRequest
from shop.web.forms import query, whole_number
from shop.web.pages import page_or_region, wants_region
from shop.web.words import locale

STEP, LONGEST = 2, 60


async def order_page(request: AnyRequest, shopper: Shopper, order: Order) -> Template:
    """A customer's order is shown to that customer, a guest's to whoever has its address. Else NotFound."""
    owner = owns(shopper, order)
    if order.status == "cart" or (order.customer is not None and not owner):
        raise NotFound
    waited = whole_number(query(request, "waited"), 0, 10**6)
    waited = None if waited is None else min(waited, LONGEST)
    waiting = order.status == "pending" and order.review is None
    poll = _poll(order, waited) if waiting else None
    shown = page_or_region(
        request,
        "confirmation/order.html",
        "confirmation/_order_status.html",
        order=await _view(order, owner),
        owner=owner,
        poll=poll,
        checking=waiting and waited is not None,
        gave_up=waiting and waited == LONGEST,
        cancelled_payment=query(request, "cancelled") == "1",
        can_pay=owner and waiting,
        can_keep=owner and not shopper.signed_in and order.status == "paid",
        withdrawals=await withdrawals.of(order),
        shipment=await Shipment.objects().where(Shipment.order == order.id).first(),
    )
    if wants_region(request):
        # A reload then shows what the swap left.
        shown.headers["HX-Replace-Url"] = _address(order, waited if waiting else None)
    return shown


def _poll(order: Order, waited: int | None) -> str | None:
    if waited is None or waited >= LONGEST:
        return None
    return _address(order, min(waited + STEP, LONGEST))


def _where(order: Order, owner: bool) -> tuple[str, ...]:
    """Its owner reads all of it; whoever has only the page's address reads the town."""
    to = address.from_json(order.deliver_to)
    if to is None:
        return ()
    shown = to if owner else address.Address(city=to.city, country=to.country)
    return tuple(address.lines(shown, locale()))


def _address(order: Order, waited: int | None) -> str:
    return f"/orders/{order.token}" + ("" if waited is None else f"?waited={waited}")


async def _view(order: Order, owner: bool) -> OrderView:
    assert order.placed_at is not None
    return OrderView(
        token=order.token,
        number=str(order.number),
        status=order.status,
        email=order.email if owner else masked(order.email),
        lines=await placed_lines(order),
        totals=totals.of_order(order),
        address=_where(order, owner),
        placed_at=order.placed_at,
        paid_at=order.paid_at,
        charge_id=order.stripe_charge_id,
        returned=Money(await returned_of_order(order.id), order.currency),
        given_back=Money(await given_back_of_order(order.id), order.currency),
        in_review=order.review is not None and order.status in HELD,
    )


def masked(email: str) -> str:
    """Enough to recognise one's own address, too little to learn another's: "a…@example.com"."""
    name, _, host = email.partition("@")
    return f"{name[:1]}…@{host}" if host else ""
