"""STEP 5: back from Stripe; the order's page; paying again, changing one's mind, withdrawing."""

from urllib.parse import quote

from litestar import get, post
from litestar.response import Redirect, Template

from shop.confirmation import coming_back, ways_on, withdrawal_by_number, withdrawal_page
from shop.confirmation.order_page import order_page
from shop.confirmation.withdrawal_page import readable
from shop.customers.who import Shopper
from shop.orders.owners import by_token, owned, owns
from shop.payments.stripe_gateway import StripeGateway
from shop.web.cookies import AnyRequest
from shop.web.forms import query
from shop.web.pages import away_to, go_on, page, see_other


@get("/checkout/return")
async def come_back(request: AnyRequest, shopper: Shopper, gateway: StripeGateway) -> Template | Redirect:
    order = await coming_back.settled_order(gateway, query(request, "session_id"))
    if owns(shopper, order):
        return see_other(coming_back.address(order))
    return page(request, "confirmation/stranger.html", number=order.number, status=order.status)


@get("/orders/{token:str}")
async def order(
    request: AnyRequest, shopper: Shopper, token: str, gateway: StripeGateway
) -> Template | Redirect:
    found = await coming_back.known_now(gateway, shopper, token)
    if found.status == "cart" and owns(shopper, found):
        return go_on(request, "/cart")
    if found.status != "cart" and found.customer is not None and not shopper.signed_in:
        return go_on(request, f"/sign-in?next=/orders/{token}")
    return await order_page(request, shopper, found)


@post("/orders/{token:str}/payment")
async def pay_again(
    request: AnyRequest, shopper: Shopper, token: str, gateway: StripeGateway
) -> Template | Redirect:
    address = await ways_on.pay_again(gateway, await owned(shopper, token))
    return away_to(request, address, gateway.page_origin)


@post("/orders/{token:str}/reopen")
async def reopen(
    request: AnyRequest, shopper: Shopper, token: str, gateway: StripeGateway
) -> Template | Redirect:
    return go_on(request, await ways_on.reopen(gateway, await owned(shopper, token)))


@get("/orders/{token:str}/withdrawal")
async def withdrawal(request: AnyRequest, shopper: Shopper, token: str) -> Template | Redirect:
    found = await by_token(token)
    if found.customer is not None and not shopper.signed_in:
        return see_other(f"/sign-in?next=/orders/{token}/withdrawal")
    return await withdrawal_page.statement_page(request, shopper, await readable(shopper, token))


@post("/orders/{token:str}/withdrawal", status_code=200)
async def review_withdrawal(request: AnyRequest, shopper: Shopper, token: str) -> Template:
    return await withdrawal_page.review_page(request, await readable(shopper, token))


@post("/orders/{token:str}/withdrawals")
async def withdraw(request: AnyRequest, shopper: Shopper, token: str) -> Template | Redirect:
    return await withdrawal_page.withdrawn(request, await readable(shopper, token))


@get("/orders/{token:str}/withdrawals/{withdrawal_token:str}")
async def withdrawn(request: AnyRequest, shopper: Shopper, token: str, withdrawal_token: str) -> Template:
    order = await readable(shopper, token)
    return await withdrawal_page.received_page(request, order, withdrawal_token)


@get(["/orders/{token:str}/payment", "/orders/{token:str}/reopen"], sync_to_thread=False)
def only_forms_lead_here(token: str) -> Redirect:
    """Whoever comes back to what a form was answered with wants to know what became of it."""
    return see_other(f"/orders/{quote(token, safe='')}")


@get(["/withdrawals", "/orders/{token:str}/withdrawals"], sync_to_thread=False)
def withdrawn_before(token: str | None = None) -> Redirect:
    return see_other(f"/orders/{quote(token, safe='')}/withdrawal" if token else "/withdrawal")


@get("/withdrawal", sync_to_thread=False)
def withdrawal_of_any(request: AnyRequest) -> Template:
    return withdrawal_by_number.number_page(request)


@post("/withdrawal", status_code=200)
async def review_withdrawal_of_any(request: AnyRequest) -> Template:
    return await withdrawal_by_number.number_review_page(request)


@post("/withdrawals")
async def withdraw_any(request: AnyRequest) -> Template | Redirect:
    return await withdrawal_by_number.withdrawn_by_number(request)


@get("/withdrawals/{token:str}")
async def withdrawn_any(request: AnyRequest, token: str) -> Template:
    return await withdrawal_by_number.received_by_number_page(request, token)


ROUTES = [
    come_back,
    order,
    pay_again,
    reopen,
    only_forms_lead_here,
    withdrawn_before,
    withdrawal,
    review_withdrawal,
    withdraw,
    withdrawn,
    withdrawal_of_any,
    review_withdrawal_of_any,
    withdraw_any,
    withdrawn_any,
]
