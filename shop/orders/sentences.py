"""What the cart says to whoever changed it."""

from shop.errors import CartFull, ShopError, SoldOut
from shop.orders.lines import Changed
from shop.orders.views import MOST, MOST_LINES, CartView
from shop.web.words import gettext, later, ngettext

TOO_LATE = later(
    "A payment for this order came when it could no longer be used. It goes back to you by itself, in full."
)
GONE = later("The cart that you wanted to pay is not here any more. This is the cart you have now.")


def why_not(problem: ShopError) -> str:
    """Why something cannot be put into the cart."""
    if isinstance(problem, SoldOut):
        return gettext("This is sold out. Nothing was added.")
    if isinstance(problem, CartFull):
        full = gettext("A cart holds at most %(most)s different things. Please pay for these first.")
        return full % {"most": MOST_LINES}
    return gettext("Please type a whole number from 1 to %(most)s.") % {"most": MOST}


def number_or_zero_please() -> str:
    please = gettext("Please type a whole number from 1 to %(most)s, or 0 to take it out.")
    return please % {"most": MOST}


def why_not_put_back(kind: str) -> str:
    return why_not(CartFull() if kind == CartFull.__name__ else SoldOut(""))


def fewer(asked: int, quantity: int, left: int, *, more: bool = False) -> str:
    """Why `quantity` are in the cart and not as many as were asked for, or as many more."""
    told = {"asked": asked, "num": left, "most": MOST}
    if quantity > left:
        return gettext("Nothing was added: there are no more of it.")
    if quantity == MOST:
        return gettext("At most %(most)s of one thing fit into a cart. That many are in yours.") % told
    if quantity < left:
        return ""
    if more:
        added = ngettext(
            "You asked for %(asked)s more; there is %(num)s, so %(num)s is in your cart.",
            "You asked for %(asked)s more; there are %(num)s, so %(num)s are in your cart.",
            left,
        )
        return added % told
    return (
        ngettext(
            "You asked for %(asked)s; there is %(num)s, so %(num)s is in your cart.",
            "You asked for %(asked)s; there are %(num)s, so %(num)s are in your cart.",
            left,
        )
        % told
    )


def announcement(change: Changed, cart: CartView) -> str:
    """Said to whoever cannot see what changed."""
    told = {"title": change.title, "quantity": change.quantity, "num": cart.count}
    if change.quantity == 0:
        gone = ngettext(
            "%(title)s removed. %(num)s piece in your cart.",
            "%(title)s removed. %(num)s pieces in your cart.",
            cart.count,
        )
        return gone % told
    in_cart = gettext("%(quantity)s × %(title)s in your cart.") % told
    said = next((line.said for line in cart.lines if line.sku == change.sku), "")
    altogether = ngettext("%(num)s piece altogether.", "%(num)s pieces altogether.", cart.count) % told
    return " ".join(part for part in (in_cart, said, altogether) if part)
