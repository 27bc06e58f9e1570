"""STEP 2: the shopper fills the cart and changes what is in it."""

from litestar import get, post
from litestar.response import Redirect, Template

from shop.customers.who import Shopper
from shop.errors import BadQuantity, CartFull, NotFound, SoldOut
from shop.orders import answers, lines
from shop.orders.guests import with_a_key
from shop.orders.views import MOST
from shop.web.cookies import AnyRequest
from shop.web.forms import form, whole_number


@get("/cart")
async def cart(request: AnyRequest, shopper: Shopper) -> Template:
    return await answers.cart_page(request, shopper)


@post("/cart/lines")
async def add(request: AnyRequest, shopper: Shopper) -> Template | Redirect:
    fields = await form(request)
    shopper, new_cookies = await with_a_key(shopper)
    typed = fields.get("quantity", "1")
    try:
        quantity = whole_number(typed, 1, MOST)
        if quantity is None:
            raise BadQuantity
        changed = await lines.add(shopper, fields.get("variant", ""), quantity)
    except (BadQuantity, SoldOut, CartFull) as problem:
        if "undo" in fields:
            return await answers.not_put_back(request, shopper, problem)
        return await answers.not_added(request, fields.get("variant", ""), typed, problem)
    return await answers.added(request, shopper, changed, new_cookies, undo="undo" in fields)


@post("/cart/lines/{token:str}")
async def change(request: AnyRequest, shopper: Shopper, token: str) -> Template | Redirect:
    typed = (await form(request)).get("quantity", "")
    quantity = whole_number(typed, 0, MOST)
    if quantity is None:
        return await answers.bad_quantity(request, shopper, token, typed)
    try:
        changed = await lines.change(shopper, token, quantity)
    except NotFound:
        return await answers.no_such_line(request, shopper)
    return await answers.changed(request, shopper, changed)


ROUTES = [cart, add, change]
