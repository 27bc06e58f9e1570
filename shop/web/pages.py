"""Page, region or answer: the three things a handler returns, told apart in one place."""

import logging
from typing import Any

from litestar.datastructures import Cookie
from litestar.response import Redirect, Template

from shop.web import cookies, said
from shop.web.cookies import AnyRequest
from shop.web.head import Head, hidden
from shop.web.language import here
from shop.web.words import tag

log = logging.getLogger("shop")

VARY = "Cookie, HX-Request, HX-Request-Type"
# A page shows the shopper's own count, so nobody between us may keep it.
FRESH = {"Vary": VARY, "Cache-Control": "private, no-cache"}
# Nobody but Back asks for what a form was answered with, whatever the cookies say by then.
SHOWN_AGAIN = {"Vary": "HX-Request, HX-Request-Type"}


def wants_region(request: AnyRequest) -> bool:
    """htmx 4 asks for a part of a page with this header; Back, boosts and browsers do not."""
    return request.headers.get("HX-Request-Type") == "partial"


def page(
    request: AnyRequest,
    template: str,
    *,
    http_status: int = 200,
    head: Head | None = None,
    cart_count: int | None = None,
    set_cookies: list[Cookie] | None = None,
    headers: dict[str, str] | None = None,
    **context: object,
) -> Template:
    """A whole template with what the layout needs; `cart_count` where it is newer than the cookie.

    Only a page with a head is for search engines.
    """
    shown = cookies.count(request) if cart_count is None else cart_count
    # A part of a page has no place for it.
    sentence, done = ("", []) if wants_region(request) else said.now(request)
    return Template(
        template,
        context={
            "cart_count": shown,
            "path": request.url.path,
            "here": here(request),
            "head": head or hidden(),
            "said": sentence,
            **context,
        },
        status_code=http_status,
        cookies=[*(set_cookies or []), *done],
        headers=FRESH
        | ({} if request.method == "GET" else SHOWN_AGAIN)
        | {"Content-Language": tag()}
        | ({} if head else {"X-Robots-Tag": "noindex"})
        | (headers or {}),
        media_type="text/html",
    )


def page_or_region(request: AnyRequest, template: str, region: str, **rest: Any) -> Template:
    """The region alone for htmx, the page around it for everybody else; takes what `page` takes."""
    return page(request, region if wants_region(request) else template, **rest)


def see_other(address: str, set_cookies: list[Cookie] | None = None) -> Redirect:
    """After a change: look there with GET."""
    return Redirect(address, status_code=303, cookies=set_cookies, headers={"Cache-Control": "no-store"})


def moved(request: AnyRequest, address: str) -> Redirect:
    """Found at `address` from now on, whatever was asked of it. Not for ever: addresses may change again."""
    asked = request.url.query
    whole = f"{address}?{asked}" if asked else address
    return Redirect(whole, status_code=301, headers={"Cache-Control": "public, max-age=86400"})


def go_on(request: AnyRequest, address: str, set_cookies: list[Cookie] | None = None) -> Redirect | Template:
    """Another page, wherever it lies; htmx cannot follow a redirect to another site."""
    if not wants_region(request):
        return see_other(address, set_cookies)
    return page(request, "layouts/_nothing.html", set_cookies=set_cookies, headers={"HX-Redirect": address})


def away_to(
    request: AnyRequest, address: str, origin: str, set_cookies: list[Cookie] | None = None
) -> Redirect | Template:
    """On to a page of ours or of `origin`; one that the policy lets no form lead to is linked instead."""
    if address.startswith(("/", origin + "/")):
        return go_on(request, address, set_cookies)
    log.warning("the payment page is not at STRIPE_CHECKOUT_ORIGIN, %s", origin)
    return page(request, "layouts/elsewhere.html", set_cookies=set_cookies, address=address)


def within(address: str) -> str:
    """An address of ours to go on to, or the home page where somebody put another site's there."""
    ours = address.startswith("/") and not address.startswith(("//", "/\\")) and address.isprintable()
    return address if ours else "/"
