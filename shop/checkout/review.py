"""The review page, also where something is wrong with what was sent from it."""

from litestar.response import Redirect, Template

from shop.checkout.pay import LookAgain
from shop.customers.who import Shopper
from shop.errors import CartFull, ShopError, TotalOutOfRange
from shop.money import LARGEST_AMOUNT, Money, formatted, smallest_amount
from shop.orders.summary import cart_of
from shop.orders.views import MOST_LINES, CartView
from shop.settings import settings
from shop.web.cookies import CART_COUNT, AnyRequest, cookie
from shop.web.pages import page, see_other

EMAIL_PLEASE = "Please type an e-mail address such as name@example.com."


async def review_page(
    request: AnyRequest,
    shopper: Shopper,
    email: str,
    *,
    email_error: str | None = None,
    problem: ShopError | None = None,
) -> Template | Redirect:
    """Looks at the cart as it is now; what was typed stays. What made it empty is said here, too."""
    cart = await cart_of(shopper)
    emptied = isinstance(problem, LookAgain) and problem.changes
    if not cart.lines and not emptied:
        return see_other("/cart", [cookie(CART_COUNT, "0")])
    return page(
        request,
        "checkout/review.html",
        http_status=422 if email_error else 409 if problem else 200,
        cart_count=cart.count,
        set_cookies=[cookie(CART_COUNT, str(cart.count))] if problem else None,
        cart=cart,
        email=email,
        email_error=email_error,
        signed_in=shopper.signed_in,
        changes=_changes(problem),
        problem=_problem(problem, cart),
    )


def _changes(problem: ShopError | None) -> tuple[str, ...]:
    if not isinstance(problem, LookAgain):
        return ()
    return problem.changes or ("Prices or quantities are not what they were. This is the cart as it is now.",)


def _problem(problem: ShopError | None, cart: CartView) -> str | None:
    if isinstance(problem, TotalOutOfRange):
        return _out_of_range(cart)
    if isinstance(problem, CartFull):
        return f"One payment can be for {MOST_LINES} different things at most. Please take some out for now."
    return None


def _out_of_range(cart: CartView) -> str:
    currency, locale = cart.total.currency, settings().locale
    least, most = (formatted(Money(n, currency), locale) for n in (smallest_amount(currency), LARGEST_AMOUNT))
    return f"One payment can be from {least} to {most}. Nothing was charged and your cart is kept."
