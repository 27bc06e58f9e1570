"""The page that the cart's drawer lies over, as htmx names it with each request."""

import re
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from shop.web.cookies import AnyRequest

PRODUCT = re.compile(r"/products/[\w-]+$", re.ASCII)


@dataclass(frozen=True, slots=True)
class Underneath:
    """A product's page, and the variant that is chosen there."""

    path: str
    variant: str


def product_underneath(request: AnyRequest) -> Underneath | None:
    """Nothing where the cart has its own page."""
    try:
        address = urlsplit(request.headers.get("HX-Current-URL", ""))
    except ValueError:
        return None
    product = PRODUCT.search(address.path)
    if product is None:
        return None
    return Underneath(product[0], parse_qs(address.query).get("variant", [""])[0])
