"""What a mailed link opens, and what is said where it does not work."""

from litestar.response import Template

from shop.customers import by_link
from shop.customers.mailed_links import Link
from shop.customers.who import Shopper
from shop.web.cookies import AnyRequest
from shop.web.pages import page

# What is left behind in a shared computer must not open the page again.
UNKEPT = {"Cache-Control": "no-store"}


async def sign_in_page(request: AnyRequest, shopper: Shopper, link: Link, secret: str) -> Template:
    return page(
        request,
        "accounts/link.html",
        headers=UNKEPT,
        email=link.email,
        secret=secret,
        elsewhere=not link.asked_here,
        signed_in_as=shopper.email,
        ends_password=await by_link.ends_a_password(link.email, shopper.customer),
    )


def password_page(request: AnyRequest, link: Link, secret: str, error: str | None = None) -> Template:
    return page(
        request,
        "accounts/new_password.html",
        http_status=422 if error else 200,
        headers=UNKEPT,
        email=link.email,
        secret=secret,
        elsewhere=not link.asked_here,
        error=error,
    )


def over(request: AnyRequest, ask_again: str, link: Link | None) -> Template:
    """404 for a link that is none: to whoever guesses, it looks like any page that is not there."""
    return page(
        request,
        "accounts/link_over.html",
        http_status=404 if link is None else 410,
        headers=UNKEPT,
        ask_again=ask_again,
        link=link,
    )


def new_email_page(request: AnyRequest, link: Link, secret: str, *, taken: bool = False) -> Template:
    return page(
        request,
        "accounts/new_email.html",
        http_status=409 if taken else 200,
        headers=UNKEPT,
        email=link.email,
        secret=secret,
        taken=taken,
    )
