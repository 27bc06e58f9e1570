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
from shop.web.pages import see_other


@get("/cart")
async def cart(request: AnyRequest, shopper: Shopper) -> Template:
    return await answers.cart_page(request, shopper)


@post("/cart/lines")
async def add(request: AnyRequest, shopper: Shopper) -> Template | Redirect:
    fields = await form(request)
    shopper, new_cookies = await with_a_key(shopper)
    sku, typed = fields.get("variant", ""), fields.get("quantity", "1")
    undo = "undo" in fields
    try:
        quantity = whole_number(typed, 1, MOST)
        if quantity is None:
            raise BadQuantity
        changed = await lines.add(shopper, sku, quantity)
    except (BadQuantity, SoldOut, CartFull) as problem:
        if undo:
            return await answers.not_put_back(request, shopper, problem)
        return await answers.not_added(request, shopper, sku, typed, problem)
    answer = answers.put_back if undo else answers.added
    return await answer(request, shopper, changed, new_cookies)


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


@get(["/cart/lines", "/cart/lines/{token:str}"])
async def only_forms_lead_here() -> Redirect:
    """Whoever comes back to what a form was answered with wants the cart."""
    return see_other("/cart")


ROUTES = [cart, add, change, only_forms_lead_here]
