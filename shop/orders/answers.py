"""What a change of the cart answers: what changed there for htmx, another page for plain forms."""

from collections.abc import Iterable

from litestar.datastructures import Cookie
from litestar.response import Redirect, Template

from shop.catalogue.product import product_page, where_sold
from shop.customers.who import Shopper
from shop.errors import CartFull, NotFound, ShopError, SoldOut
from shop.orders import sentences, summary
from shop.orders.asked import Asked, address, asked_of, of_product, sealed, told
from shop.orders.drawn import redrawn
from shop.orders.lines import Changed
from shop.orders.shown import in_cart, in_the_drawer, shown
from shop.orders.views import CartView
from shop.web import cookies
from shop.web.cookies import CART_COUNT, AnyRequest
from shop.web.pages import page, page_or_region, see_other, wants_region

OPEN_THE_DRAWER = {"HX-Trigger": "added"}


async def cart_page(request: AnyRequest, shopper: Shopper) -> Template:
    cart = await summary.cart_of(shopper)
    asked = asked_of(request, cart.token, cart.version)
    return page_or_region(
        request,
        "orders/cart.html",
        "orders/_cart.html",
        cart_count=cart.count,
        set_cookies=_count(request, cart),
        **await shown(request, shopper, cart, asked),
    )


async def added(
    request: AnyRequest, shopper: Shopper, change: Changed, new_cookies: list[Cookie]
) -> Template | Redirect:
    """Put in on the product's page, where a drawer shows it; a plain form goes on to the cart."""
    cart = await summary.cart_of(shopper)
    set_cookies = [*new_cookies, *_count(request, cart)]
    more = "more" if change.before else "asked"
    asked = {"variant": change.sku, more: str(change.asked)} if change.short else {}
    if not wants_region(request):
        return see_other(sealed("/cart", asked, cart), set_cookies)
    slug = await where_sold(change.sku)
    said = "".join(line.said for line in told(cart, asked).lines)
    around = await shown(request, shopper, cart, {}) | in_the_drawer(cart, change.sku, said)
    here = of_product(f"/products/{slug}", change.sku, asked, cart)
    return page(
        request,
        "orders/added.html",
        cart_count=cart.count,
        set_cookies=set_cookies,
        headers=OPEN_THE_DRAWER | {"HX-Replace-Url": here},
        product=await product_page(slug, change.sku),
        quantity="1",
        error=None,
        put_in=change.title,
        said=said,
        announcement=sentences.announcement(change, told(cart, asked)),
        **around,
    )


async def not_added(
    request: AnyRequest, shopper: Shopper, sku: str, typed: str, problem: ShopError
) -> Template:
    """The product's page again, with what was typed and why it cannot be."""
    product = await product_page(await where_sold(sku), sku)
    held = await in_cart(request, shopper)
    return page_or_region(
        request,
        "catalogue/product.html",
        "catalogue/_product.html",
        http_status=409 if isinstance(problem, SoldOut | CartFull) else 422,
        product=product,
        added=held.of(product.chosen.sku),
        quantity=typed[:20],
        error=sentences.why_not(problem),
    )


async def changed(request: AnyRequest, shopper: Shopper, change: Changed) -> Template | Redirect:
    """A line holds another quantity now, or is out of the cart."""
    asked: Asked = {}
    if change.quantity == 0:
        asked = {"removed": change.sku, "quantity": str(change.before)}
    elif change.short:
        asked = {"variant": change.sku, "asked": str(change.asked)}
    return await _changed(request, shopper, change, asked)


async def put_back(
    request: AnyRequest, shopper: Shopper, change: Changed, new_cookies: list[Cookie]
) -> Template | Redirect:
    asked = {"variant": change.sku, "more": str(change.asked)} if change.short else {}
    return await _changed(request, shopper, change, asked, new_cookies)


async def not_put_back(request: AnyRequest, shopper: Shopper, problem: ShopError) -> Template:
    """Undo came too late: the cart as it is, and why."""
    cart = await summary.cart_of(shopper)
    return await _answer(request, shopper, cart, {"late": type(problem).__name__}, http_status=409)


async def bad_quantity(request: AnyRequest, shopper: Shopper, token: str, typed: str) -> Template:
    cart = await summary.cart_of(shopper)
    line = next((line for line in cart.lines if line.token == token), None)
    if line is None:
        raise NotFound
    return await _answer(request, shopper, cart, {"variant": line.sku, "asked": typed[:20]}, http_status=422)


async def no_such_line(request: AnyRequest, shopper: Shopper) -> Template:
    """Taken out in another tab, or never theirs: htmx gets the sentence and the shopper's cart as it is."""
    if not wants_region(request):
        raise NotFound
    return await _answer(request, shopper, await summary.cart_of(shopper), {}, http_status=404)


async def _changed(
    request: AnyRequest, shopper: Shopper, change: Changed, asked: Asked, new_cookies: Iterable[Cookie] = ()
) -> Template | Redirect:
    cart = await summary.cart_of(shopper)
    if not wants_region(request):
        return see_other(sealed("/cart", asked, cart), [*new_cookies, *_count(request, cart)])
    return await _answer(request, shopper, cart, asked, change, new_cookies)


async def _answer(
    request: AnyRequest,
    shopper: Shopper,
    cart: CartView,
    asked: Asked,
    change: Changed | None = None,
    new_cookies: Iterable[Cookie] = (),
    http_status: int = 200,
) -> Template:
    """For htmx what changed; that is all of the cart where the page may show something that is old."""
    around = await shown(request, shopper, cart, asked)
    anew = redrawn(request, around["cart"], around["waiting"], change.sku if change else "")
    swapped = "orders/line_changed.html" if anew else "orders/cart_changed.html"
    return page_or_region(
        request,
        "orders/cart.html",
        "orders/line_gone.html" if http_status == 404 else swapped,
        http_status=http_status,
        cart_count=cart.count,
        set_cookies=[*new_cookies, *_count(request, cart)],
        headers={"HX-Replace-Url": address(request, asked, cart)},
        anew=anew,
        announcement=sentences.announcement(change, around["cart"]) if change else "",
        **around,
    )


def _count(request: AnyRequest, cart: CartView) -> list[Cookie]:
    """Mends a count that went stale: by this change, on another device or after paying."""
    return [] if cookies.count(request) == cart.count else [cookies.cookie(CART_COUNT, str(cart.count))]
