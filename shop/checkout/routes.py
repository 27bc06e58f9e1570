"""STEP 3: the shopper looks everything over and pays."""

from dataclasses import replace

from litestar import get, post
from litestar.response import Redirect, Response, Template

from shop import errors
from shop.checkout.entered import Entered, at_first, chosen, looked_over, please_email
from shop.checkout.keeping import kept
from shop.checkout.pay import Agreed, BadEmail, LookAgain, pay
from shop.checkout.review import REVIEW, delivery_changed, review_page
from shop.customers.who import Shopper
from shop.orders.summary import cart_of
from shop.orders.views import CartView
from shop.payments.stripe_gateway import StripeGateway
from shop.web import forms, policies
from shop.web.cookies import CART_COUNT, AnyRequest, cookie
from shop.web.pages import away_to, see_other, wants_region, within


@get("/checkout")
async def review(request: AnyRequest, shopper: Shopper) -> Template | Redirect:
    return await review_page(request, shopper, await at_first(shopper))


@post("/checkout/delivery", status_code=200)
async def deliver(request: AnyRequest, shopper: Shopper) -> Template | Redirect:
    """Sent rather than asked for, so that nobody's address lands in an address line."""
    return await delivery_changed(request, shopper, await kept(await forms.form(request), shopper))


@post("/checkout/typed")
async def keep(request: AnyRequest, shopper: Shopper) -> Response[None] | Redirect:
    """Nothing more than kept, for a page that stays or a way that leads on: to the cart, another language."""
    fields = await forms.form(request)
    await kept(fields, shopper)
    if wants_region(request):
        return Response(None, status_code=204)
    return see_other(within(fields.get("then") or REVIEW))


@get(["/checkout/delivery", "/checkout/typed"], sync_to_thread=False)
def only_forms_lead_here() -> Redirect:
    """Whoever reloads what was sent once looks at the review again."""
    return see_other(REVIEW)


@post("/checkout")
async def checkout(request: AnyRequest, shopper: Shopper, gateway: StripeGateway) -> Template | Redirect:
    fields = await forms.form(request)
    cart = await cart_of(shopper)
    entered = looked_over(await kept(fields, shopper), cart)
    if entered.errors:
        return await review_page(request, shopper, entered)
    try:
        address = await pay(gateway, shopper, _agreed(fields, entered, cart))
    except errors.NotFound:
        return see_other("/cart?gone=1")
    except (LookAgain, errors.TotalOutOfRange, errors.CartFull) as problem:
        return await review_page(request, shopper, entered, problem=problem, seen=fields)
    except BadEmail:
        wrong = replace(entered, errors={"email": please_email()})
        return await review_page(request, shopper, wrong)
    return away_to(request, address, gateway.page_origin, [cookie(CART_COUNT, "0")])


def _agreed(fields: dict[str, str], entered: Entered, cart: CartView) -> Agreed:
    """Numbers that are none never fit a cart, so that the shopper is asked to look again. Sent by a page that
    named no policies, it is about those of now."""
    version = forms.whole_number(fields.get("version", ""), 0, 10**9)
    total = forms.whole_number(fields.get("total", ""), 0, 10**12)
    return Agreed(
        forms.email(entered.email) or "",
        fields.get("order", ""),
        -1 if version is None else version,
        -1 if total is None else total,
        chosen(entered, cart),
        fields.get("policies") or policies.current().version,
    )


ROUTES = [review, deliver, keep, only_forms_lead_here, checkout]
