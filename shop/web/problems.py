"""What went wrong, as HTML that a shopper understands: a page, or its region for htmx."""

import logging
from dataclasses import dataclass, replace
from typing import Any

from litestar.exceptions import HTTPException
from litestar.response import Redirect, Response, Template

from shop import errors
from shop.web.cookies import AnyRequest
from shop.web.pages import moved, page_or_region

log = logging.getLogger("shop")


@dataclass(frozen=True, slots=True)
class Problem:
    status: int
    title: str
    sentence: str
    way_on: tuple[str, str] = ("/", "Go to the shop")
    other_way: tuple[str, str] | None = None


NOT_FOUND = Problem(
    404, "We cannot find that", "There is nothing at this address, or it is not yours to see."
)
NO_ORDER = replace(NOT_FOUND, other_way=("/find-orders", "Find my order"))
NO_LONGER_SOLD = Problem(410, "This is no longer sold", "It was here once. There is more to see in the shop.")
UNEXPECTED = Problem(
    500,
    "Something went wrong here",
    "That was our mistake. Your cart and your orders are kept; please try again in a moment.",
)
BUSY = Problem(503, "The shop is very busy", "Nothing was changed. Please try again in a moment.")
STRIPE_AWAY = Problem(
    503,
    "Payments cannot be reached right now",
    "Nothing was charged and your order is kept. Please try again in a few minutes.",
    ("/cart", "Go to your cart"),
)

ANSWERS: dict[type[errors.ShopError], Problem] = {
    errors.NotFound: NOT_FOUND,
    errors.NoLongerSold: NO_LONGER_SOLD,
    errors.DatabaseBusy: BUSY,
    errors.GatewayUnreachable: STRIPE_AWAY,
    errors.GatewayRefused: Problem(
        503,
        "The payment could not be started",
        "Nothing was charged and your cart is kept. Please try again, or write to us if it happens again.",
        ("/cart", "Go to your cart"),
    ),
    errors.OrderMoved: Problem(
        409,
        "This order has moved on",
        "Please look at it again; nothing was changed.",
        ("/cart", "Go to your cart"),
    ),
}
HTTP: dict[int, Problem] = {
    400: Problem(
        400, "We could not read that", "The request was incomplete or damaged. Please try it again."
    ),
    404: NOT_FOUND,
    405: Problem(
        405, "That does not work here", "This address is for looking only, or for sending a form only."
    ),
    413: Problem(413, "That is too much", "What was sent is larger than this shop takes."),
    429: Problem(
        429, "A little slower, please", "There were too many tries. Please wait a minute and try again."
    ),
}


def answer(request: AnyRequest, problem: Problem) -> Template:
    """A problem as a page or region; repeatable ones say when to come again."""
    shown = page_or_region(
        request,
        "errors/problem.html",
        "errors/_problem.html",
        http_status=problem.status,
        status=problem.status,
        title=problem.title,
        sentence=problem.sentence,
        way_on=problem.way_on,
        other_way=problem.other_way,
    )
    if problem.status in (429, 503):
        shown.headers["Retry-After"] = "10"
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
    return answer(request, UNEXPECTED)


def _place(request: AnyRequest) -> str:
    """The address without what stands in it: whoever knows a guest order's token can open the order."""
    return str(request.scope.get("path_template") or "an unknown address")
