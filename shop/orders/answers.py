"""What a change of the cart answers: the regions that changed for htmx, another page for plain forms."""

from typing import Any
from urllib.parse import urlencode

from litestar.datastructures import Cookie
from litestar.response import Redirect, Template

from shop.catalogue.product import product_page, where_sold
from shop.catalogue.views import Added
from shop.customers.who import Shopper
from shop.errors import CartFull, NotFound, ShopError, SoldOut
from shop.orders import log, sentences, summary
from shop.orders.cart import find_cart
from shop.orders.lines import Changed
from shop.orders.underneath import product_underneath
from shop.orders.views import MOST, CartView, Removed
from shop.web import cookies
from shop.web.cookies import CART_COUNT, AnyRequest
from shop.web.forms import query, whole_number
from shop.web.pages import page, page_or_region, see_other, wants_region
from shop.web.words import gettext

OPEN_THE_DRAWER = {"HX-Trigger": "added"}


async def cart_page(
    request: AnyRequest, shopper: Shopper, error: tuple[str, str, str] | None = None, notice: str = ""
) -> Template:
    cart = await summary.cart_of(shopper)
    around = await _around(shopper, cart, await _removed(request, cart))
    if query(request, "gone") == "1":
        notice = gettext(sentences.GONE)
    return page_or_region(
        request,
        "orders/cart.html",
        "orders/_cart.html",
        http_status=422 if error else 200,
        cart_count=cart.count,
        set_cookies=_count(request, cart),
        **around | ({"notice": notice} if notice else {}),
        error=error,
    )


async def bad_quantity(request: AnyRequest, shopper: Shopper, token: str, typed: str) -> Template:
    cart = await summary.cart_of(shopper)
    if not any(line.token == token for line in cart.lines):
        raise NotFound
    return await cart_page(request, shopper, (token, typed[:20], sentences.number_or_zero_please()))


async def no_such_line(request: AnyRequest, shopper: Shopper) -> Template:
    """Taken out in another tab, or never theirs: htmx gets the sentence and the shopper's cart as it is."""
    if not wants_region(request):
        raise NotFound
    cart = await summary.cart_of(shopper)
    return page(
        request,
        "orders/line_gone.html",
        http_status=404,
        cart_count=cart.count,
        set_cookies=_count(request, cart),
        **await _around(shopper, cart, None),
        error=None,
    )


async def changed(request: AnyRequest, shopper: Shopper, change: Changed) -> Template | Redirect:
    """A line holds another quantity now, or is out of the cart; its address says what was taken out."""
    address = "/cart"
    if change.quantity == 0:
        address += "?" + urlencode({"removed": change.sku, "quantity": change.before})
    return await _cart_changed(request, shopper, change, address)


async def added(
    request: AnyRequest, shopper: Shopper, change: Changed, new_cookies: list[Cookie], *, undo: bool
) -> Template | Redirect:
    """Undo happens in the cart, an add on the product's page; a plain form goes on to the cart."""
    if undo or not wants_region(request):
        return await _cart_changed(request, shopper, change, "/cart", new_cookies)
    cart = await summary.cart_of(shopper)
    slug = await where_sold(change.sku)
    return page(
        request,
        "orders/added.html",
        cart_count=cart.count,
        set_cookies=[*new_cookies, cookies.cookie(CART_COUNT, str(cart.count))],
        headers={"HX-Replace-Url": f"/products/{slug}?{_state(change)}"} | OPEN_THE_DRAWER,
        product=await product_page(slug, change.sku),
        added=Added(change.quantity, change.short),
        quantity="1",
        **await _around(shopper, cart, None),
        put_in=change.title,
        short=change.short,
        error=None,
        announcement=sentences.announcement(change, cart),
    )


async def not_added(request: AnyRequest, sku: str, typed: str, problem: ShopError) -> Template:
    """The product's page again, with what was typed and why it cannot be."""
    return page_or_region(
        request,
        "catalogue/product.html",
        "catalogue/_product.html",
        http_status=409 if isinstance(problem, SoldOut | CartFull) else 422,
        product=await product_page(await where_sold(sku), sku),
        added=None,
        quantity=typed[:20],
        error=sentences.why_not(problem),
    )


async def not_put_back(request: AnyRequest, shopper: Shopper, problem: ShopError) -> Template:
    """Undo came too late: the cart as it is, and why."""
    shown = await cart_page(request, shopper, notice=sentences.why_not(problem))
    shown.status_code = 409
    return shown


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
        **_on_screen(request, change, address),
        **await _around(shopper, cart, gone),
        error=None,
        announcement=sentences.announcement(change, cart),
    )


def _on_screen(request: AnyRequest, change: Changed, address: str) -> dict[str, Any]:
    """The address that shows what is on the screen now, and what changed there beside the cart.

    The drawer lies over a product's page, which says how many of it were put in.
    """
    product = product_underneath(request)
    if product is None:
        return {"headers": {"HX-Replace-Url": address}}
    if product.said_of != change.sku:
        return {}
    added = Added(change.quantity, change.short) if change.quantity else None
    return {"headers": {"HX-Replace-Url": f"{product.path}?{_state(change)}"}, "added": added}


def _state(change: Changed) -> str:
    """The product's page with this in its address says how many of it the cart holds."""
    state: dict[str, object] = {"variant": change.sku}
    if change.quantity:
        state["added"] = change.quantity
    if change.short:
        state["short"] = 1
    return urlencode(state)


async def _around(shopper: Shopper, cart: CartView, removed: Removed | None) -> dict[str, Any]:
    return {
        "cart": cart,
        "waiting": await summary.waiting_orders(shopper),
        "removed": removed,
        "notice": await _why_it_is_back(shopper, cart),
    }


async def _why_it_is_back(shopper: Shopper, cart: CartView) -> str | None:
    """The reason in the log, where this cart had been placed and came back without being paid."""
    order = await find_cart(shopper) if cart.token else None
    if order is None or order.number is None:
        return None
    what, why = await log.latest(order.id, "cart", "refund")
    why = sentences.TOO_LATE if what == "refund" else why
    return gettext(why) if why else None


async def _removed(request: AnyRequest, cart: CartView) -> Removed | None:
    quantity = whole_number(query(request, "quantity"), 1, MOST)
    return await summary.removed(query(request, "removed")[:100], quantity, cart) if quantity else None


def _count(request: AnyRequest, cart: CartView) -> list[Cookie] | None:
    """Mends a count that went stale, on another device or after paying."""
    if cookies.count(request) == cart.count:
        return None
    return [cookies.cookie(CART_COUNT, str(cart.count))]
