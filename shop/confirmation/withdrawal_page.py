"""The two steps of withdrawing from the contract, and the page that says it was received."""

from dataclasses import dataclass, field

from litestar.response import Redirect, Template

from shop.confirmation.order_page import masked
from shop.customers.who import Shopper
from shop.delivery import address
from shop.errors import NotFound, OrderMoved
from shop.orders import withdrawals
from shop.orders.owners import by_token, owns
from shop.orders.tables import Order
from shop.orders.withdrawals import Withdrawals
from shop.web import forms
from shop.web.cookies import AnyRequest
from shop.web.pages import page, see_other
from shop.web.words import gettext as _

LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Statement:
    """What the shopper states: name, where the confirmation goes, and the tokens of the lines."""

    name: str
    email: str
    lines: tuple[str, ...]
    errors: dict[str, str] = field(default_factory=dict)


async def readable(shopper: Shopper, token: str) -> Order:
    """A guest's order opens to whoever has its address, a customer's to that customer. Else NotFound."""
    order = await by_token(token)
    if order.status == "cart" or (order.customer is not None and not owns(shopper, order)):
        raise NotFound
    return order


async def statement_page(request: AnyRequest, shopper: Shopper, order: Order) -> Template:
    """STEP 1 of 2. The order's owner finds name and address filled in."""
    found = await withdrawals.of(order)
    to = address.from_json(order.deliver_to)
    owner = owns(shopper, order)
    every = tuple(piece.token for piece in found.left)
    stated = Statement(to.name if owner and to else "", order.email if owner else "", every)
    return _statement_page(request, order, found, stated)


async def review_page(request: AnyRequest, order: Order) -> Template:
    """STEP 2 of 2: everything once more, above the button that withdraws."""
    found, stated = await _stated(request, order)
    if stated.errors or not found.open:
        return _again(request, order, found, stated)
    pieces = tuple(piece for piece in found.left if piece.token in stated.lines)
    return page(request, "confirmation/withdrawal_review.html", order=order, stated=stated, pieces=pieces)


async def withdrawn(request: AnyRequest, order: Order) -> Template | Redirect:
    found, stated = await _stated(request, order)
    if stated.errors:
        return _again(request, order, found, stated)
    try:
        made = await withdrawals.withdraw(order, stated.name, stated.email or order.email, stated.lines)
    except OrderMoved:
        return _again(request, order, found, stated)
    return see_other(f"/orders/{order.token}/withdrawals/{made.token}")


async def received_page(request: AnyRequest, order: Order, token: str) -> Template:
    made = [each for each in (await withdrawals.of(order)).made if each.token == token]
    if not made:
        raise NotFound
    return page(
        request, "confirmation/withdrawn.html", order=order, made=made[0], email=masked(made[0].email)
    )


def _again(request: AnyRequest, order: Order, found: Withdrawals, stated: Statement) -> Template:
    return _statement_page(request, order, found, stated, 422 if stated.errors else 409)


def _statement_page(
    request: AnyRequest, order: Order, found: Withdrawals, stated: Statement, status: int = 200
) -> Template:
    return page(
        request,
        "confirmation/withdrawal.html",
        http_status=status,
        order=order,
        withdrawals=found,
        stated=stated,
        order_email=masked(order.email),
    )


async def _stated(request: AnyRequest, order: Order) -> tuple[Withdrawals, Statement]:
    fields = await forms.form(request)
    found = await withdrawals.of(order)
    name, typed = forms.one_line(fields.get("name", ""), LONGEST_NAME), fields.get("email", "").strip()
    email = forms.email(typed)
    lines = tuple(key.removeprefix("line-") for key in fields if key.startswith("line-"))
    wrong = {
        "name": "" if name else _("Enter your name."),
        "email": "" if email or not typed else _(forms.NO_EMAIL),
        "lines": "" if lines else _("Choose what you withdraw from."),
    }
    errors = {field: sentence for field, sentence in wrong.items() if sentence}
    return found, Statement(name, email or typed, lines, errors)
