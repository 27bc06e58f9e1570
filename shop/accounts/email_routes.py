"""A customer changes the e-mail: shows the password, then opens a link that was mailed to the new one."""

from litestar import get, post
from litestar.response import Redirect, Template

from shop.accounts import letters
from shop.accounts.asking import browser
from shop.accounts.coming_in import address
from shop.accounts.link_pages import new_email_page, over
from shop.customers import brakes, by_link, entering, mailed_links
from shop.customers.entering import Refused
from shop.customers.mailed_links import SIGN_IN
from shop.customers.who import Shopper
from shop.web import forms, said
from shop.web.cookies import AnyRequest
from shop.web.forms import NO_EMAIL, form
from shop.web.pages import page, see_other
from shop.web.words import gettext as _
from shop.web.words import later

SAME = later("This is your e-mail already.")


@get("/account/email")
async def email_page(request: AnyRequest, shopper: Shopper) -> Template | Redirect:
    return _page(request, shopper, "") if shopper.signed_in else see_other("/sign-in?next=/account/email")


@post("/account/email")
async def change_email(request: AnyRequest, shopper: Shopper) -> Template | Redirect:
    if shopper.customer is None:
        return see_other("/sign-in?next=/account/email")
    typed = await form(request)
    email = typed.get("email", "").strip()
    shown = await _looked_over(shopper, email, typed.get("current", ""), address(request))
    if isinstance(shown, Refused):
        return _page(request, shopper, email, shown)
    asks, baked = await browser(request)
    await letters.confirm_new_email(shopper.customer, shown, asks)
    return see_other("/letter-sent", baked)


@get("/account/email/{secret:str}")
async def email_link(request: AnyRequest, shopper: Shopper, secret: str) -> Template | Redirect:
    if shopper.customer is None:
        return see_other(f"/sign-in?next=/account/email/{secret}")
    link = await mailed_links.look(request, secret, SIGN_IN, customer=shopper.customer)
    if link is None or not link.works:
        return over(request, "/account/email", link)
    return new_email_page(request, link, secret)


@post("/account/email/{secret:str}")
async def use_email(request: AnyRequest, shopper: Shopper, secret: str) -> Template | Redirect:
    if shopper.customer is None:
        return see_other(f"/sign-in?next=/account/email/{secret}")
    outcome = await by_link.change_email(secret, shopper.customer)
    link = await mailed_links.look(request, secret, SIGN_IN, customer=shopper.customer)
    if outcome == "changed" or (link and link.used and link.email == shopper.email):
        return see_other("/account", [said.next_page_says(said.EMAIL)])
    if link and outcome == "taken":
        return new_email_page(request, link, secret, taken=True)
    return over(request, "/account/email", link)


async def _looked_over(shopper: Shopper, typed: str, current: str, here: str) -> str | Refused:
    """The new e-mail as it is kept, once everything about it is right."""
    email = forms.email(typed)
    objection = NO_EMAIL if email is None else SAME if email == shopper.email else None
    if email is None or objection or not current:
        return Refused(objection and _(objection), None if current else _(entering.EMPTY))
    shown = await entering.show_again(shopper.email, current, here)
    if isinstance(shown, Refused):
        return shown
    wait = await brakes.press(brakes.letters_from(here)) if here else 0
    return Refused(brakes.sentence(wait), wait=wait) if wait else email


def _page(request: AnyRequest, shopper: Shopper, email: str, refused: Refused | None = None) -> Template:
    return page(
        request,
        "accounts/change_email.html",
        http_status=200 if refused is None else 429 if refused.wait else 422,
        headers={"Retry-After": str(refused.wait)} if refused and refused.wait else {},
        now=shopper.email,
        has_password=shopper.has_password,
        email=email,
        error=refused and refused.email,
        current_error=refused and refused.password,
    )


ROUTES = [email_page, change_email, email_link, use_email]
