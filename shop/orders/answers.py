"""What a change of the cart answers: the regions that changed for htmx, another page for plain forms."""

from typing import Any
from urllib.parse import urlencode

from litestar.datastructures import Cookie
from litestar.response import Redirect, Template

from shop.catalogue.product import product_page, where_sold
from shop.catalogue.views import Added
from shop.customers.who import Shopper
from shop.errors import CartFull, NotFound, ShopError, SoldOut
from shop.orders import log, summary
from shop.orders.cart import find_cart
from shop.orders.lines import Changed
from shop.orders.views import MOST, MOST_LINES, CartView, Removed
from shop.web import cookies
from shop.web.cookies import CART_COUNT, AnyRequest
from shop.web.forms import query, whole_number
from shop.web.pages import page, page_or_region, see_other, wants_region

NUMBER_PLEASE = f"Please type a whole number from 1 to {MOST}."
NUMBER_OR_ZERO_PLEASE = f"Please type a whole number from 1 to {MOST}, or 0 to take it out."

TOO_LATE = (
    "A payment for this order came when it could no longer be used. It goes back to you by itself, in full."
)
GONE = "The cart that you wanted to pay is not here any more. This is the cart you have now."


async def cart_page(
    request: AnyRequest, shopper: Shopper, error: tuple[str, str, str] | None = None
) -> Template:
    cart = await summary.cart_of(shopper)
    return page_or_region(
        request,
        "orders/cart.html",
        "orders/_cart.html",
        http_status=422 if error else 200,
        cart_count=cart.count,
        set_cookies=_count(request, cart),
        **await _around(shopper, cart, await _removed(request, cart), gone=query(request, "gone") == "1"),
        error=error,
    )


async def bad_quantity(request: AnyRequest, shopper: Shopper, token: str, typed: str) -> Template:
    cart = await summary.cart_of(shopper)
    if not any(line.token == token for line in cart.lines):
        raise NotFound
    return await cart_page(request, shopper, (token, typed[:20], NUMBER_OR_ZERO_PLEASE))


async def changed(request: AnyRequest, shopper: Shopper, change: Changed) -> Template | Redirect:
    """A line holds another quantity now, or is out of the cart; its address says what was taken out."""
    address = "/cart"
    if change.quantity == 0:
        address += "?" + urlencode({"removed": change.sku, "quantity": change.before})
    return await _cart_changed(request, shopper, change, address)


async def added(
    request: AnyRequest, shopper: Shopper, change: Changed, new_cookies: list[Cookie], *, undo: bool
) -> Template | Redirect:
    """Undo happens on the cart page, an add on the product's page; a plain form goes on to the cart."""
    if undo or not wants_region(request):
        return await _cart_changed(request, shopper, change, "/cart", new_cookies)
    cart = await summary.cart_of(shopper)
    slug = await where_sold(change.sku)
    state = {"variant": change.sku, "added": change.quantity} | ({"short": 1} if change.short else {})
    return page(
        request,
        "orders/added.html",
        cart_count=cart.count,
        set_cookies=[*new_cookies, cookies.cookie(CART_COUNT, str(cart.count))],
        headers={"HX-Replace-Url": f"/products/{slug}?{urlencode(state)}"},
        product=await product_page(slug, change.sku),
        added=Added(change.quantity, change.short),
        quantity="1",
        error=None,
        announcement=_announcement(change, cart),
    )


async def not_added(request: AnyRequest, sku: str, typed: str, problem: ShopError) -> Template:
    """The product's page again, with what was typed and why it cannot be."""
    sentences = {
        SoldOut: "This is sold out. Nothing was added.",
        CartFull: f"A cart holds at most {MOST_LINES} different things. Please pay for these first.",
    }
    return page_or_region(
        request,
        "catalogue/product.html",
        "catalogue/_product.html",
        http_status=409 if type(problem) in sentences else 422,
        product=await product_page(await where_sold(sku), sku),
        added=None,
        quantity=typed[:20],
        error=sentences.get(type(problem), NUMBER_PLEASE),
    )


async def _cart_changed(
    request: AnyRequest,
    shopper: Shopper,
    change: Changed,
    address: str,
    new_cookies: list[Cookie] | None = None,
) -> Template | Redirect:
    cart = await summary.cart_of(shopper)
    set_cookies = [*(new_cookies or []), cookies.cookie(CART_COUNT, str(cart.count))]
    if not wants_region(request):
        return see_other(address, set_cookies)
    gone = Removed(change.sku, change.title, change.before) if change.quantity == 0 else None
    return page(
        request,
        "orders/line_changed.html" if gone is None else "orders/line_removed.html",
        cart_count=cart.count,
        set_cookies=set_cookies,
        headers={"HX-Replace-Url": address},
        **await _around(shopper, cart, gone),
        error=None,
        announcement=_announcement(change, cart),
    )


async def _around(
    shopper: Shopper, cart: CartView, removed: Removed | None, *, gone: bool = False
) -> dict[str, Any]:
    return {
        "cart": cart,
        "waiting": await summary.waiting_orders(shopper),
        "removed": removed,
        "notice": GONE if gone else await _why_it_is_back(shopper, cart),
    }


async def _why_it_is_back(shopper: Shopper, cart: CartView) -> str | None:
    """The reason in the log, where this cart had been placed and came back without being paid."""
    order = await find_cart(shopper) if cart.token else None
    if order is None or order.number is None:
        return None
    what, why = await log.latest(order.id, "cart", "refund")
    return TOO_LATE if what == "refund" else why or None


async def _removed(request: AnyRequest, cart: CartView) -> Removed | None:
    quantity = whole_number(query(request, "quantity"), 1, MOST)
    return await summary.removed(query(request, "removed")[:100], quantity, cart) if quantity else None


def _count(request: AnyRequest, cart: CartView) -> list[Cookie] | None:
    """Mends a count that went stale, on another device or after paying."""
    if cookies.count(request) == cart.count:
        return None
    return [cookies.cookie(CART_COUNT, str(cart.count))]


def _announcement(change: Changed, cart: CartView) -> str:
    pieces = "1 piece" if cart.count == 1 else f"{cart.count} pieces"
    if change.quantity == 0:
        return f"{change.title} removed. {pieces} in your cart."
    limit = f" That is all there is of {change.title}." if change.short else ""
    return f"{change.quantity} × {change.title} in your cart.{limit} {pieces} altogether."
