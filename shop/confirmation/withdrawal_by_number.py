"""Withdrawing for whoever has neither the order's page nor its letter at hand: by its number and e-mail.

Nothing of the order is shown here, so knowing both opens nothing; the statement is about all of it.
"""

from dataclasses import dataclass, field

from litestar.response import Redirect, Template

from shop.confirmation.withdrawal_page import LONGEST_NAME
from shop.errors import NotFound
from shop.orders import withdrawals
from shop.orders.owners import by_id
from shop.orders.tables import Order, Withdrawal
from shop.web import forms
from shop.web.cookies import AnyRequest
from shop.web.pages import page, see_other
from shop.web.words import gettext as _

# Numbers are written in Crockford's digits, so that what is misread means the same.
MISREAD = str.maketrans("OIL", "011", " -")


@dataclass(frozen=True, slots=True)
class Named:
    """What was typed, and the order that it names; there is none where it does not fit."""

    number: str = ""
    email: str = ""
    name: str = ""
    order: Order | None = None
    errors: dict[str, str] = field(default_factory=dict)


def number_page(request: AnyRequest, typed: Named | None = None) -> Template:
    status = 422 if typed and typed.errors else 200
    return page(request, "confirmation/withdrawal_by_number.html", http_status=status, typed=typed or Named())


async def number_review_page(request: AnyRequest) -> Template:
    named = await _named(request)
    if named.order is None:
        return number_page(request, named)
    return page(request, "confirmation/withdrawal_by_number_review.html", typed=named)


async def withdrawn_by_number(request: AnyRequest) -> Template | Redirect:
    named = await _named(request)
    if named.order is None:
        return number_page(request, named)
    every = [piece.token for piece in (await withdrawals.of(named.order)).left]
    made = await withdrawals.withdraw(named.order, named.name, named.order.email, every)
    return see_other(f"/withdrawals/{made.token}")


async def received_by_number_page(request: AnyRequest, token: str) -> Template:
    made = await Withdrawal.objects().where(Withdrawal.token == token).first()
    if made is None:
        raise NotFound
    order = await by_id(made.order)
    return page(request, "confirmation/withdrawn_by_number.html", number=order.number, made_at=made.made_at)


async def _named(request: AnyRequest) -> Named:
    fields = await forms.form(request)
    number = fields.get("number", "").strip()[:20]
    name = forms.one_line(fields.get("name", ""), LONGEST_NAME)
    typed = fields.get("email", "").strip()
    order = await _order(number, forms.email(typed))
    errors = {} if name else {"name": _("Enter your name.")}
    if order is None:
        errors["number"] = _("There is no paid order with this number and this e-mail, or its time is over.")
    return Named(number, typed, name, None if errors else order, errors)


async def _order(number: str, email: str | None) -> Order | None:
    told = number.upper().translate(MISREAD)
    found = await Order.objects().where((Order.number == told) & (Order.email == (email or ""))).first()
    if found is None or not email:
        return None
    state = await withdrawals.of(found)
    return found if state.open or (state.made and not state.left) else None
