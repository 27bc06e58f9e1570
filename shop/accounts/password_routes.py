"""A customer who is signed in changes the password, and shows the present one first."""

from litestar import get, post
from litestar.response import Redirect, Template

from shop.accounts.coming_in import address, come_in
from shop.customers import entering
from shop.customers.entering import Refused
from shop.customers.who import Shopper
from shop.web import said
from shop.web.cookies import AnyRequest
from shop.web.forms import form
from shop.web.pages import page, see_other


@get("/account/password")
async def password_page(request: AnyRequest, shopper: Shopper) -> Template | Redirect:
    return _page(request, shopper) if shopper.signed_in else see_other("/sign-in?next=/account/password")


@post("/account/password")
async def change_password(request: AnyRequest, shopper: Shopper) -> Template | Redirect:
    if not shopper.signed_in:
        return see_other("/sign-in?next=/account/password")
    typed = await form(request)
    current, new = typed.get("current", ""), typed.get("password", "")
    known = await entering.change_password(shopper.email, current, new, address(request))
    if isinstance(known, Refused):
        return _page(request, shopper, known)
    return await come_in(request, shopper, known.customer, "/account", known.password_hash, said.PASSWORD)


def _page(request: AnyRequest, shopper: Shopper, refused: Refused | None = None) -> Template:
    return page(
        request,
        "accounts/change_password.html",
        http_status=200 if refused is None else 429 if refused.wait else 422,
        headers={"Retry-After": str(refused.wait)} if refused and refused.wait else {},
        email=shopper.email,
        current_error=refused and refused.password,
        error=refused and refused.new,
    )


ROUTES = [password_page, change_password]
