"""The customer's address book: written by ordering, mended and cleared here."""

from dataclasses import dataclass

from litestar import get, post
from litestar.response import Redirect, Template

from shop.customers.who import Shopper
from shop.delivery import book
from shop.delivery.address import Address, country_name, lines
from shop.delivery.form import checked, form, typed
from shop.delivery.ways import countries
from shop.errors import NotFound
from shop.settings import settings
from shop.site import site
from shop.web import forms
from shop.web.cookies import AnyRequest
from shop.web.pages import page, see_other
from shop.web.words import locale

Errors = dict[str, str]


@dataclass(frozen=True, slots=True)
class AddressView:
    token: str
    lines: tuple[str, ...]


async def address_book(customer: int) -> tuple[AddressView, ...]:
    kept = await book.addresses(customer)
    return tuple(AddressView(each.token, tuple(lines(each.address, locale()))) for each in kept)


@get("/account/addresses/{token:str}")
async def edit(request: AnyRequest, shopper: Shopper, token: str) -> Template | Redirect:
    if shopper.customer is None:
        return see_other(f"/sign-in?next=/account/addresses/{token}")
    return _page(request, token, await book.find(shopper.customer, token), {})


@post("/account/addresses/{token:str}")
async def change(request: AnyRequest, shopper: Shopper, token: str) -> Template | Redirect:
    customer = _signed_in(shopper)
    before = await book.find(customer, token)
    fields = await forms.form(request)
    wished = fields.get("country", "")
    told = typed(fields, wished if wished in _possible(before) else before.country, before)
    if "look" in fields:
        # Another country has other fields; nothing is kept yet.
        return _page(request, token, told, {})
    address, errors = checked(told)
    if errors:
        return _page(request, token, address, errors)
    await book.change(customer, token, address)
    return see_other("/account")


@get("/account/addresses/{token:str}/remove", sync_to_thread=False)
def removed_before() -> Redirect:
    return see_other("/account")


@post("/account/addresses/{token:str}/remove")
async def remove(shopper: Shopper, token: str) -> Redirect:
    await book.remove(_signed_in(shopper), token)
    return see_other("/account")


def _signed_in(shopper: Shopper) -> int:
    if shopper.customer is None:
        raise NotFound
    return shopper.customer


def _possible(before: Address) -> tuple[str, ...]:
    """Where the shop sends to, and where the address is although nothing is sent there any more."""
    return tuple(dict.fromkeys((*countries(site(), settings().ships_to), before.country)))


def _page(request: AnyRequest, token: str, address: Address, errors: Errors) -> Template:
    fields = form(address, errors)
    named = [(code, country_name(code, locale())) for code in _possible(address)]
    return page(
        request,
        "accounts/address.html",
        http_status=422 if errors else 200,
        token=token,
        address=address,
        countries=tuple(sorted(named, key=lambda country: country[1])),
        fields=fields,
        errors=errors,
        wrong=[("name", errors.get("name")), *((each.id, each.error) for each in fields)],
    )


ROUTES = [edit, change, removed_before, remove]
