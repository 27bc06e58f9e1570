"""What went wrong, as HTML that a shopper understands: a page, or its region for htmx."""

import logging
from dataclasses import dataclass, replace
from typing import Any

from litestar.exceptions import HTTPException
from litestar.response import Redirect, Response, Template

from shop import errors
from shop.database import is_away
from shop.web.cookies import AnyRequest
from shop.web.pages import moved, page_or_region
from shop.web.words import gettext, later

log = logging.getLogger("shop")


@dataclass(frozen=True, slots=True)
class Problem:
    """`searchable`: what was meant may be there under another name."""

    status: int
    title: str
    sentence: str
    way_on: tuple[str, str] | None = ("/", later("Go to the shop"))
    other_way: tuple[str, str] | None = None
    searchable: bool = False

    def told(self) -> dict[str, object]:
        """For a template, in the language of the moment."""
        return {
            "status": self.status,
            "title": gettext(self.title),
            "sentence": gettext(self.sentence),
            "way_on": _led(self.way_on),
            "other_way": _led(self.other_way),
            "searchable": self.searchable,
        }


def _led(way: tuple[str, str] | None) -> tuple[str, str] | None:
    return (way[0], gettext(way[1])) if way else None


TO_THE_CART = ("/cart", later("Go to your cart"))


NOT_FOUND = Problem(
    404,
    later("We cannot find that"),
    later("There is nothing at this address, or it is not yours to see."),
    searchable=True,
)
NO_ORDER = replace(NOT_FOUND, other_way=("/find-orders", later("Find my order")), searchable=False)
NO_LONGER_SOLD = Problem(
    410,
    later("This is no longer sold"),
    later("It was here once. There is more to see in the shop."),
    searchable=True,
)
UNEXPECTED = Problem(
    500,
    later("Something went wrong here"),
    later("That was our mistake. Your cart and your orders are kept; please try again in a moment."),
)
BUSY = Problem(
    503, later("The shop is very busy"), later("Nothing was changed. Please try again in a moment.")
)
AWAY = Problem(
    503,
    later("The shop cannot be reached right now"),
    later("Your cart and your orders are kept. Please try again in a minute."),
)
STRIPE_AWAY = Problem(
    503,
    later("Payments cannot be reached right now"),
    later("Nothing was charged and your order is kept. Please try again in a few minutes."),
    TO_THE_CART,
)

ANSWERS: dict[type[errors.ShopError], Problem] = {
    errors.NotFound: NOT_FOUND,
    errors.NoLongerSold: NO_LONGER_SOLD,
    errors.DatabaseBusy: BUSY,
    errors.GatewayUnreachable: STRIPE_AWAY,
    errors.GatewayRefused: Problem(
        503,
        later("The payment could not be started"),
        later(
            "Nothing was charged and your cart is kept. Please try again, or write to us if it happens again."
        ),
        TO_THE_CART,
    ),
    errors.OrderMoved: Problem(
        409,
        later("This order has moved on"),
        later("Please look at it again; nothing was changed."),
        TO_THE_CART,
    ),
}
HTTP: dict[int, Problem] = {
    400: Problem(
        400,
        later("We could not read that"),
        later("The request was incomplete or damaged. Please try it again."),
    ),
    404: NOT_FOUND,
    405: Problem(
        405,
        later("That does not work here"),
        later("This address is for looking only, or for sending a form only."),
    ),
    413: Problem(413, later("That is too much"), later("What was sent is larger than this shop takes.")),
    429: Problem(
        429,
        later("A little slower, please"),
        later("There were too many tries. Please wait a minute and try again."),
    ),
}
# Seconds after which it is worth trying again.
RETRY = {429: 60, 503: 10}


def answer(request: AnyRequest, problem: Problem) -> Template:
    """A problem as a page or region; repeatable ones say when to come again.

    A failure of ours has a page without the layout, which may be what failed.
    """
    shown = page_or_region(
        request,
        "errors/alone.html" if problem.status >= 500 else "errors/problem.html",
        "errors/_problem.html",
        http_status=problem.status,
        **problem.told(),
    )
    if problem.status in RETRY:
        shown.headers["Retry-After"] = str(RETRY[problem.status])
    return shown


def shop_error(request: AnyRequest, problem: errors.ShopError) -> Template | Redirect:
    if isinstance(problem, errors.Moved):
        return moved(request, problem.address)
    # One kind of failure may be a special case of another.
    kinds = [kind for kind in type(problem).__mro__ if kind in ANSWERS]
    known = ANSWERS[kinds[0]] if kinds else UNEXPECTED
    if known is NOT_FOUND and _place(request).startswith("/orders/"):
        known = NO_ORDER
    if known.status >= 500:
        log.warning("%s %s: %s: %s", request.method, _place(request), type(problem).__name__, problem)
    return answer(request, known)


def http_error(request: AnyRequest, problem: HTTPException) -> Response[Any]:
    status = problem.status_code
    if status >= 500:
        log.error("answered %s to %s %s", status, request.method, _place(request), exc_info=problem)
    known = HTTP.get(status) or replace(HTTP[400] if status < 500 else UNEXPECTED, status=status)
    shown = answer(request, known)
    if status == 405:
        shown.headers["Allow"] = (problem.headers or {}).get("allow", "")
    return shown


def unexpected(request: AnyRequest, problem: Exception) -> Template:
    log.error("unexpected at %s %s", request.method, _place(request), exc_info=problem)
    return answer(request, AWAY if is_away(problem) else UNEXPECTED)


def _place(request: AnyRequest) -> str:
    """The address without what stands in it: whoever knows a guest order's token can open the order."""
    return str(request.scope.get("path_template") or "an unknown address")
