"""Pay: places the order and begins the attempt in one transaction, then asks Stripe for its page."""

from dataclasses import dataclass

from shop import faultpoints
from shop.customers.who import Shopper
from shop.database import repeatable, transaction
from shop.delivery import book
from shop.delivery.address import from_json
from shop.delivery.form import checked
from shop.delivery.ways import Chosen
from shop.errors import CartChanged, GatewayRefused, OrderMoved, ShopError, SoldOut, TotalOutOfRange
from shop.money import LARGEST_AMOUNT, Money, smallest_amount
from shop.orders import agreements, moves
from shop.orders.cart import hold, touch
from shop.orders.letters import tell_paid
from shop.orders.log import SHOPPER
from shop.orders.owners import by_id, owned
from shop.orders.place import Placed, fit_to_stock, place
from shop.orders.tables import Order
from shop.payments import attempts
from shop.payments.opening import open_page
from shop.payments.stripe_gateway import StripeGateway
from shop.payments.tables import Attempt
from shop.web import policies
from shop.web.words import gettext as _


@dataclass(frozen=True, slots=True)
class Agreed:
    """What the shopper saw and agreed to by pressing Pay; `policies` is the version shown beside it."""

    email: str
    order: str
    version: int
    total: int
    delivery: Chosen | None = None
    policies: str = ""


class LookAgain(ShopError):
    """The cart is not what the shopper saw; `changes` says what is different, a sentence each."""

    def __init__(self, changes: tuple[str, ...]) -> None:
        super().__init__()
        self.changes = changes


class BadEmail(ShopError):
    """An address that looks like one to us and not to Stripe."""


async def pay(gateway: StripeGateway, shopper: Shopper, agreed: Agreed) -> str:
    """The address to go on to: Stripe's page, or the order's. Pressed twice, it is the same page.

    Raises NotFound, LookAgain, BadEmail, TotalOutOfRange, CartFull, GatewayUnreachable and GatewayRefused;
    in each case the lines are kept.
    """
    order = await owned(shopper, agreed.order)
    if order.status == "cart":
        _same_policies(agreed)
        attempt = await _placed_once(order, agreed)
    else:
        attempt = await _begun(order, agreed)
    if attempt is None:
        return f"/orders/{order.token}"
    attempt = await _opened(gateway, attempt)
    if attempt.state == "open" and attempt.session_url:
        return str(attempt.session_url)
    return f"/orders/{order.token}"


def _same_policies(agreed: Agreed) -> None:
    if agreed.policies != policies.current().version:
        raise LookAgain((_("Our policies have changed. Above the button they stand as they are now."),))


async def _opened(gateway: StripeGateway, attempt: Attempt) -> Attempt:
    try:
        return await open_page(gateway, attempt)
    except GatewayRefused as problem:
        if problem.code == "email_invalid":
            raise BadEmail from None
        raise


async def _placed_once(order: Order, agreed: Agreed) -> Attempt | None:
    try:
        return await _place_and_start(order, agreed)
    except (CartChanged, SoldOut):
        again = await by_id(order.id)
        if again.status != "cart":
            # A second press of the same button came first: it gets the same page.
            return await _begun(again, agreed)
        raise LookAgain(await _fitted(again)) from None


async def _begun(order: Order, agreed: Agreed) -> Attempt | None:
    """The live attempt of an order that is placed already, if it is what the shopper saw and wishes."""
    if order.status == "pending" and order.version == agreed.version and _goes_there(order, agreed):
        return await attempts.live(order.id)
    return None


def _goes_there(order: Order, agreed: Agreed) -> bool:
    """False where another window has placed it with another address or way: the order's page shows which."""
    to, wished = from_json(order.deliver_to), agreed.delivery
    if to is None or wished is None:
        return True
    return order.delivery_way == wished.way and to == checked(wished.to, pickup=not to.country)[0]


@repeatable
async def _place_and_start(order: Order, agreed: Agreed) -> Attempt | None:
    async with transaction():
        placed = await place(
            order,
            agreed.version,
            agreed.total,
            agreed.email,
            SHOPPER,
            delivery=agreed.delivery,
            agreed_to=await agreements.keep(),
        )
        if order.customer is not None and placed.to and placed.to.country:
            await book.remember(order.customer, placed.to)
        if not placed.total:
            await _paid_at_once(placed)
            return None
        _in_range(placed.total)
        attempt = await attempts.start(placed)
        await faultpoints.reach("place-written")
        return attempt


async def _paid_at_once(placed: Placed) -> None:
    """Nothing to pay: no attempt, no Stripe."""
    if not await moves.pay(placed.order, SHOPPER, "there was nothing to pay", {}):
        raise OrderMoved
    await tell_paid(placed.order)


def _in_range(total: Money) -> None:
    if not smallest_amount(total.currency) <= total.minor <= LARGEST_AMOUNT:
        raise TotalOutOfRange


@repeatable
async def _fitted(order: Order) -> tuple[str, ...]:
    async with transaction():
        await hold(order.id)
        changes = await fit_to_stock(order)
        if changes and not await touch(order.id):
            raise OrderMoved
        return changes
