"""STEP 1: the shopper looks around and opens a product."""

from litestar import get
from litestar.response import Template

from shop.catalogue import listing
from shop.catalogue.media import media
from shop.catalogue.product import product_page
from shop.catalogue.search_routes import search
from shop.catalogue.views import Added
from shop.web.cookies import AnyRequest
from shop.web.forms import query, whole_number
from shop.web.pages import page, page_or_region


@get("/")
async def home(request: AnyRequest) -> Template:
    number = whole_number(query(request, "page"), 1, 10_000) or 1
    featured, everything = await listing.home(number)
    return page(
        request,
        "catalogue/home.html",
        collections=await listing.collections(),
        featured=featured if everything.page == 1 else (),
        listing=everything,
    )


@get("/collections/{slug:str}")
async def collection(request: AnyRequest, slug: str) -> Template:
    number = whole_number(query(request, "page"), 1, 10_000) or 1
    chosen, cards = await listing.in_collection(slug, query(request, "sort"), number)
    return page(
        request,
        "catalogue/collection.html",
        collection=chosen,
        collections=await listing.collections(),
        listing=cards,
    )


@get("/products/{slug:str}")
async def product(request: AnyRequest, slug: str) -> Template:
    shown = await product_page(slug, query(request, "variant"))
    return page_or_region(
        request,
        "catalogue/product.html",
        "catalogue/_product.html",
        product=shown,
        added=_added(request),
        quantity="1",
        error=None,
    )


def _added(request: AnyRequest) -> Added | None:
    """What an add left in the cart stands in the address, so that a reload shows it again."""
    quantity = whole_number(query(request, "added"), 1, 999)
    return Added(quantity, query(request, "short") == "1") if quantity else None


ROUTES = [home, collection, search, product, media]
