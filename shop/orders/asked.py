"""What was just asked of the cart stands in the address, so that a reload shows again what became of it.

It is believed while the cart is as that left it: the seal is made with the order's token, which nobody else
knows, and with the count of its changes.
"""

from dataclasses import replace
from hashlib import blake2b
from hmac import compare_digest
from urllib.parse import urlencode

from shop.orders import sentences
from shop.orders.underneath import product_underneath
from shop.orders.views import MOST, CartView, LineView
from shop.web.cookies import AnyRequest
from shop.web.forms import query, whole_number

# Of `variant` there should be `asked`, or `more` were to be added; `quantity` of `removed` were taken out,
# and it was too `late` to put something back.
NAMES = ("variant", "asked", "more", "removed", "quantity", "late")
LONGEST = 20

Asked = dict[str, str]


def sealed(path: str, asked: Asked, cart: CartView) -> str:
    return f"{path}?{urlencode(asked | {'seal': _seal(asked, cart.token, cart.version)})}" if asked else path


def address(request: AnyRequest, asked: Asked, cart: CartView) -> str:
    """Of what is on the screen: the cart's page, or the product's that the drawer lies over."""
    product = product_underneath(request)
    return of_product(product.path, product.variant, asked, cart) if product else sealed("/cart", asked, cart)


def of_product(path: str, sku: str, asked: Asked, cart: CartView) -> str:
    if asked.get("variant") == sku:
        return sealed(path, asked, cart)
    return f"{path}?{urlencode({'variant': sku})}" if sku else path


def asked_of(request: AnyRequest, token: str, version: int) -> Asked:
    """What the address says; nothing where the cart has changed since, or where somebody made it up."""
    asked = {name: query(request, name) for name in NAMES if name in request.query_params}
    genuine = _seal(asked, token, version) if token else ""
    return asked if genuine and compare_digest(genuine.encode(), query(request, "seal").encode()) else {}


def told(cart: CartView, asked: Asked) -> CartView:
    """The cart as its page shows it once that was asked: the line says what became of it."""
    lines = tuple(_told(line, asked) if line.sku == asked.get("variant") else line for line in cart.lines)
    return replace(cart, lines=lines)


def became_of(asked: Asked, quantity: int, left: int) -> str:
    """What is said where fewer are in the cart than were asked for, or were to be added."""
    more, wanted = (whole_number(asked.get(name, ""), 1, MOST) for name in ("more", "asked"))
    if more:
        return sentences.fewer(more, quantity, left, more=True)
    return sentences.fewer(wanted, quantity, left) if wanted and wanted > quantity else ""


def _told(line: LineView, asked: Asked) -> LineView:
    typed = asked.get("asked", "0")
    if whole_number(typed, 0, MOST) is None:
        return replace(line, typed=typed[:LONGEST], said=sentences.number_or_zero_please())
    return replace(line, said=became_of(asked, line.quantity, line.left))


def _seal(asked: Asked, token: str, version: int) -> str:
    told = repr((version, sorted(asked.items())))
    return blake2b(told.encode(), key=token.encode(), digest_size=6).hexdigest()
