"""What is shown of a cart: on its page, in the drawer, and on the page that the drawer lies over."""

from typing import Any

from shop.catalogue.views import Added, InCart
from shop.customers.who import Shopper
from shop.orders import log, sentences, summary
from shop.orders.asked import Asked, asked_of, became_of, told
from shop.orders.cart import find_cart
from shop.orders.drawn import drawn
from shop.orders.owners import theirs
from shop.orders.tables import Line
from shop.orders.underneath import product_underneath
from shop.orders.views import CartView
from shop.web.cookies import AnyRequest
from shop.web.forms import query
from shop.web.words import gettext

# The drawer names so many lines beside its own; all of them are on the cart's page.
OTHERS = 3


async def shown(request: AnyRequest, shopper: Shopper, cart: CartView, asked: Asked) -> dict[str, Any]:
    """What templates are told about the cart once that was asked of it."""
    cart = told(cart, asked)
    waiting = await summary.waiting_orders(shopper)
    around = {
        "cart": cart,
        "lines": cart.lines,
        "others": (),
        "more": 0,
        "drawn": drawn(cart.lines, waiting),
        "waiting": waiting,
        "removed": await summary.removed(asked, cart),
        "notice": await _notice(request, shopper, cart, asked),
    }
    product = product_underneath(request)
    return around | in_the_drawer(cart, product.variant) if product else around


def in_the_drawer(cart: CartView, sku: str, said: str = "") -> dict[str, Any]:
    """The line that it was opened for, about which it may be `said` something; the latest others in a word.

    So little is always drawn as a whole, and no number says what is drawn already.
    """
    own = [line for line in cart.lines if line.sku == sku]
    about = [said or line.said for line in own if not line.wrong]
    others = tuple(line for line in reversed(cart.lines) if line.sku != sku)
    return {
        "lines": own,
        "others": others[:OTHERS],
        "more": len(others[OTHERS:]),
        "drawn": "",
        "waiting": (),
        "added": Added(own[0].quantity, "".join(about)) if own else None,
    }


async def in_cart(request: AnyRequest, shopper: Shopper) -> InCart:
    """For a product's page, before it is known which of its variants it shows."""
    if not (shopper.signed_in or shopper.guest_key):
        return InCart({}, {})
    rows = await Line.select(
        Line.quantity,
        Line.variant.sku,
        Line.variant.on_hand,
        Line.variant.reserved,
        Line.order.token,
        Line.order.version,
    ).where(theirs(shopper, Line.order) & (Line.order.status == "cart"))
    asked = asked_of(request, rows[0]["order.token"], rows[0]["order.version"]) if rows else {}
    said = {
        sku: became_of(asked, row["quantity"], row["variant.on_hand"] - row["variant.reserved"])
        for row in rows
        if (sku := row["variant.sku"]) == asked.get("variant")
    }
    return InCart({row["variant.sku"]: row["quantity"] for row in rows}, said)


async def _notice(request: AnyRequest, shopper: Shopper, cart: CartView, asked: Asked) -> str:
    if query(request, "gone") == "1":
        return gettext(sentences.GONE)
    if "late" in asked:
        return sentences.why_not_put_back(asked["late"])
    return await _why_it_is_back(shopper, cart)


async def _why_it_is_back(shopper: Shopper, cart: CartView) -> str:
    """The reason in the log, where this cart had been placed and came back without being paid."""
    order = await find_cart(shopper) if cart.token else None
    if order is None or order.number is None:
        return ""
    what, why = await log.latest(order.id, "cart", "refund")
    if what == "refund":
        why = sentences.TOO_LATE
    return gettext(why)
