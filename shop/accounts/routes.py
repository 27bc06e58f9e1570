"""Customers: make an account, sign in, look at the orders, sign out. Buying needs none of it."""

from litestar import get, post
from litestar.response import Redirect, Template

from shop.accounts import addresses, email_routes, letter_routes, link_routes, password_routes
from shop.accounts.coming_in import address, come_in
from shop.accounts.past_orders import past_orders
from shop.customers import entering, signing_in
from shop.customers.demo import DEMO_EMAIL, DEMO_PASSWORD
from shop.customers.entering import Refused
from shop.customers.who import Shopper
from shop.settings import settings
from shop.web import cookies, said
from shop.web.cookies import CART_COUNT, SIGNED_IN, AnyRequest
from shop.web.forms import form, query
from shop.web.pages import page, see_other, within


@get("/sign-in")
async def sign_in_page(request: AnyRequest, shopper: Shopper) -> Template | Redirect:
    if shopper.signed_in:
        return see_other(within(query(request, "next") or "/account"))
    return _sign_in_form(request, "", query(request, "next"))


@post("/sign-in")
async def sign_in(request: AnyRequest, shopper: Shopper) -> Template | Redirect:
    typed = await form(request)
    email, next_page = typed.get("email", "").strip(), typed.get("next", "")
    known = await entering.recognise(email, typed.get("password", ""), address(request))
    if isinstance(known, Refused):
        return _sign_in_form(request, email, next_page, known)
    return await come_in(request, shopper, known.customer, next_page, known.password_hash)


@get("/register")
async def register_page(request: AnyRequest, shopper: Shopper) -> Template | Redirect:
    if shopper.signed_in:
        return see_other(within(query(request, "next") or "/account"))
    return _register_form(request, "", query(request, "next"))


@post("/register")
async def register(request: AnyRequest, shopper: Shopper) -> Template | Redirect:
    typed = await form(request)
    email, next_page = typed.get("email", "").strip(), typed.get("next", "")
    known = await entering.register(email, typed.get("password", ""), address(request))
    if isinstance(known, Refused):
        return _register_form(request, email, next_page, known)
    return await come_in(request, shopper, known.customer, next_page, known.password_hash, said.MADE)


@post("/sign-out")
async def sign_out(request: AnyRequest) -> Redirect:
    token = cookies.token(request, SIGNED_IN)
    if token:
        await signing_in.sign_out(token)
    left = [cookies.gone(SIGNED_IN), cookies.gone(CART_COUNT)]
    return see_other("/", [*left, said.next_page_says(said.OUT)])


@get("/sign-out", sync_to_thread=False)
def signed_out_before() -> Redirect:
    return see_other("/account")


@get("/account")
async def account(request: AnyRequest, shopper: Shopper) -> Template | Redirect:
    if shopper.customer is None:
        return see_other("/sign-in?next=/account")
    return page(
        request,
        "accounts/account.html",
        email=shopper.email,
        confirmed=shopper.confirmed,
        has_password=shopper.has_password,
        orders=await past_orders(shopper.customer),
        addresses=await addresses.address_book(shopper.customer),
    )


def _sign_in_form(
    request: AnyRequest, email: str, next_page: str, refused: Refused | None = None
) -> Template:
    return page(
        request,
        "accounts/sign_in.html",
        http_status=_status(refused),
        headers=_wait(refused),
        email=email,
        email_error=refused and refused.email,
        error=refused and refused.password,
        next=within(next_page),
        demo_customer=(DEMO_EMAIL, DEMO_PASSWORD) if settings().demo else None,
    )


def _register_form(
    request: AnyRequest, email: str, next_page: str, refused: Refused | None = None
) -> Template:
    return page(
        request,
        "accounts/register.html",
        http_status=_status(refused),
        headers=_wait(refused),
        email=email,
        email_error=refused and refused.email,
        password_error=refused and refused.password,
        next=within(next_page),
    )


def _status(refused: Refused | None) -> int:
    if refused is None:
        return 200
    return 429 if refused.wait else 422


def _wait(refused: Refused | None) -> dict[str, str]:
    return {"Retry-After": str(refused.wait)} if refused and refused.wait else {}


HERE = [sign_in_page, sign_in, register_page, register, sign_out, signed_out_before, account]
ROUTES = [
    *HERE,
    *addresses.ROUTES,
    *letter_routes.ROUTES,
    *link_routes.ROUTES,
    *password_routes.ROUTES,
    *email_routes.ROUTES,
]
