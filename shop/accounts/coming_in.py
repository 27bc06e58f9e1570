"""What every way in ends with: a cookie for this browser, and what its guest had is the customer's."""

from litestar.response import Redirect

from shop.customers import signing_in
from shop.customers.who import Shopper
from shop.orders.merge import take_over
from shop.web import cookies, said
from shop.web.cookies import CART, CART_COUNT, SIGNED_IN, AnyRequest
from shop.web.pages import see_other, within


async def come_in(
    request: AnyRequest,
    shopper: Shopper,
    customer: int,
    next_page: str,
    password_hash: str | None = None,
    says: str = said.IN,
) -> Redirect:
    """A new cookie, never one that the browser brought, and what the guest had becomes the customer's.

    `password_hash` where a password was shown: if it was ended meanwhile, it opens nothing.
    """
    token = await signing_in.sign_in(customer, cookies.token(request, SIGNED_IN), password_hash)
    if token is None:
        return see_other("/sign-in")
    count = await take_over(shopper.guest_key, customer)
    baked = [cookies.cookie(SIGNED_IN, token), cookies.cookie(CART_COUNT, str(count)), cookies.gone(CART)]
    return see_other(within(next_page), [*baked, said.next_page_says(says)])


def address(request: AnyRequest) -> str:
    """Where the request came from; empty where nobody knows."""
    # Behind a proxy the server has put the forwarded address here, where it trusts that proxy.
    return request.client.host if request.client else ""
