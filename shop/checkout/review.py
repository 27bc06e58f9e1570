"""The review page, also where something is wrong with what was sent from it."""

from typing import Any

from litestar.response import Redirect, Template

from shop.checkout.entered import Entered, chosen_way
from shop.checkout.pay import LookAgain
from shop.checkout.shipping import shipping
from shop.customers.who import Shopper
from shop.errors import CartFull, ShopError, TotalOutOfRange
from shop.money import LARGEST_AMOUNT, Money, formatted, smallest_amount
from shop.orders import totals
from shop.orders.summary import cart_of
from shop.orders.views import MOST_LINES, CartView, Totals
from shop.web.cookies import CART_COUNT, AnyRequest, cookie
from shop.web.pages import go_on, page, see_other, wants_region
from shop.web.words import gettext as _
from shop.web.words import locale

# What the page that was sent had shown: its hidden fields.
Seen = dict[str, str]
REVIEW = "/checkout"


async def review_page(
    request: AnyRequest,
    shopper: Shopper,
    entered: Entered,
    *,
    problem: ShopError | None = None,
    seen: Seen | None = None,
) -> Template | Redirect:
    """Looks at the cart as it is now; what was typed stays. What made it empty is said here, too."""
    cart = await cart_of(shopper)
    emptied = isinstance(problem, LookAgain) and problem.changes
    if not cart.lines and not emptied:
        return see_other("/cart", [cookie(CART_COUNT, "0")])
    sums = _sums(cart, entered)
    return page(
        request,
        "checkout/review.html",
        http_status=422 if entered.errors else 409 if problem else 200,
        cart_count=cart.count,
        set_cookies=[cookie(CART_COUNT, str(cart.count))] if problem else None,
        **await _around(shopper, cart, sums, entered, _problem(problem, sums)),
        changes=_changes(problem, seen or {}, cart, sums),
    )


async def delivery_changed(request: AnyRequest, shopper: Shopper, entered: Entered) -> Template | Redirect:
    """Another country or way: its fields and what it comes to."""
    if not wants_region(request):
        return see_other(REVIEW)
    cart = await cart_of(shopper)
    if not cart.lines:
        return go_on(request, "/cart", [cookie(CART_COUNT, "0")])
    sums = _sums(cart, entered)
    around = await _around(shopper, cart, sums, entered)
    return page(
        request,
        "checkout/delivery_changed.html",
        headers={"HX-Replace-Url": REVIEW},
        **around,
        changes=(),
        announcement=_("Total: %(total)s") % {"total": formatted(sums.total, locale())},
    )


async def _around(
    shopper: Shopper, cart: CartView, sums: Totals, entered: Entered, problem: str | None = None
) -> dict[str, Any]:
    asked = await shipping(shopper, cart, entered)
    errors = [(name, entered.errors.get(name)) for name in ("email", "country", "name")]
    at_fields = [(each.id, each.error) for each in asked.fields] if asked else []
    return {
        "cart": cart,
        "totals": sums,
        "shipping": asked,
        "email": entered.email,
        "errors": entered.errors,
        "wrong": [("", problem), *errors, *at_fields],
        # Where there is nothing left to pay for, there is no form either.
        "typing": "review-form" if cart.lines else None,
        "signed_in": shopper.signed_in,
    }


def _sums(cart: CartView, entered: Entered) -> Totals:
    way = chosen_way(entered, cart) if totals.is_sent(cart) else None
    return totals.of_cart(cart, way, entered.to.country)


def _changes(problem: ShopError | None, seen: Seen, cart: CartView, sums: Totals) -> tuple[str, ...]:
    if not isinstance(problem, LookAgain):
        return ()
    if problem.changes:
        return problem.changes
    if (seen.get("version"), seen.get("goods")) == (str(cart.version), str(cart.total.minor)):
        # The same things at the same prices: it can only be the delivery, or the tax of the country.
        sentence = _("With the country and the way to deliver that you chose, the total is %(total)s now.")
        return (sentence % {"total": formatted(sums.total, locale())},)
    return (_("Prices or quantities are not what they were. This is the cart as it is now."),)


def _problem(problem: ShopError | None, sums: Totals) -> str | None:
    if isinstance(problem, TotalOutOfRange):
        return _out_of_range(sums.total.currency)
    if isinstance(problem, CartFull):
        # Tax that comes on top takes a line of the payment.
        most = MOST_LINES - bool(sums.tax_added)
        return _(
            "One payment can be for %(most)s different things at most. Please take some out for now."
        ) % {"most": most}
    return None


def _out_of_range(currency: str) -> str:
    least, most = (
        formatted(Money(amount, currency), locale()) for amount in (smallest_amount(currency), LARGEST_AMOUNT)
    )
    return _("One payment can be from %(least)s to %(most)s. Nothing was charged and your cart is kept.") % {
        "least": least,
        "most": most,
    }
