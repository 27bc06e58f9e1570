"""STEP 3: the shopper looks everything over and pays."""

from litestar import get, post
from litestar.response import Redirect, Template

from shop import errors
from shop.checkout.pay import Agreed, BadEmail, LookAgain, pay
from shop.checkout.review import EMAIL_PLEASE, review_page
from shop.customers.who import Shopper
from shop.payments.stripe_gateway import StripeGateway
from shop.web import forms
from shop.web.cookies import CART_COUNT, AnyRequest, cookie
from shop.web.pages import away_to, see_other


@get("/checkout")
async def review(request: AnyRequest, shopper: Shopper) -> Template | Redirect:
    return await review_page(request, shopper, shopper.email)


@post("/checkout")
async def checkout(request: AnyRequest, shopper: Shopper, gateway: StripeGateway) -> Template | Redirect:
    fields = await forms.form(request)
    typed = fields.get("email", shopper.email)
    email = forms.email(typed)
    if email is None:
        return await review_page(request, shopper, typed, email_error=EMAIL_PLEASE)
    try:
        address = await pay(gateway, shopper, _agreed(fields, email))
    except errors.NotFound:
        return see_other("/cart?gone=1")
    except (LookAgain, errors.TotalOutOfRange, errors.CartFull) as problem:
        return await review_page(request, shopper, typed, problem=problem)
    except BadEmail:
        return await review_page(request, shopper, typed, email_error=EMAIL_PLEASE)
    return away_to(request, address, gateway.page_origin, [cookie(CART_COUNT, "0")])


def _agreed(fields: dict[str, str], email: str) -> Agreed:
    """Numbers that are none never fit a cart, so that the shopper is asked to look again."""
    version = forms.whole_number(fields.get("version", ""), 0, 10**9)
    total = forms.whole_number(fields.get("total", ""), 0, 10**12)
    return Agreed(
        email, fields.get("order", ""), -1 if version is None else version, -1 if total is None else total
    )


ROUTES = [review, checkout]
