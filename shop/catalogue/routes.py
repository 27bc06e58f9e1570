"""STEP 1: the shopper looks around and opens a product."""

from typing import Any
from urllib.parse import urlsplit

from litestar import get
from litestar.response import Redirect, Template

from shop.catalogue import heads, listing, narrowing
from shop.catalogue.media import media
from shop.catalogue.narrowing import Narrowing, Pairs
from shop.catalogue.product import product_page
from shop.catalogue.search_routes import glance, search
from shop.catalogue.shelf import everything, in_collection
from shop.catalogue.shelf_views import Shelf
from shop.catalogue.views import CollectionLink, InCart
from shop.site import site
from shop.web.cookies import AnyRequest
from shop.web.forms import query
from shop.web.pages import page, page_or_region, see_other, wants_region
from shop.web.words import gettext


@get("/")
async def home(request: AnyRequest) -> Template:
    links, (featured, wall, total) = await listing.collections(), await listing.home()
    return page(
        request,
        "catalogue/home.html",
        head=heads.of_home(featured, links),
        sentence=site().look.sentence,
        collections=links,
        featured=featured,
        wall=wall,
        total=total,
    )


@get("/collections")
async def collections(request: AnyRequest) -> Template:
    tiles = await listing.tiles()
    return page(request, "catalogue/collections.html", head=heads.of_collections(), collections=tiles)


@get("/collections/{slug:str}")
async def collection(request: AnyRequest, slug: str) -> Template | Redirect:
    asked, given = _asked(request)
    links, shelf = await in_collection(slug, asked)
    chosen = next(each for each in links if each.chosen)
    return _shown(
        request, given, "catalogue/collection.html", shelf=shelf, collection=chosen, collections=links
    )


@get("/products")
async def products(request: AnyRequest) -> Template | Redirect:
    asked, given = _asked(request)
    links, shelf = await listing.collections(), await everything(asked)
    return _shown(request, given, "catalogue/products.html", shelf=shelf, collections=links)


@get("/products/{slug:str}")
async def product(request: AnyRequest, slug: str, in_cart: InCart) -> Template:
    shown = await product_page(slug, query(request, "variant"))
    return page_or_region(
        request,
        "catalogue/product.html",
        "catalogue/_product.html",
        head=heads.of_product(shown),
        product=shown,
        added=in_cart.of(shown.chosen.sku),
        quantity="1",
        error=None,
    )


def _asked(request: AnyRequest) -> tuple[Narrowing, Pairs]:
    return narrowing.asked(request.scope["query_string"].decode("latin-1"))


def _shown(
    request: AnyRequest, given: Pairs, template: str, *, shelf: Shelf, **rest: Any
) -> Template | Redirect:
    """Every state of a list has one address: a form's empty fields and a page that is none lead to it."""
    if wants_region(request):
        return page(
            request, "catalogue/listed.html", headers={"HX-Push-Url": shelf.address}, shelf=shelf, **rest
        )
    _, wanted = narrowing.asked(urlsplit(shelf.address).query)
    if sorted(given) != sorted(wanted):
        return see_other(shelf.address)
    collection: CollectionLink | None = rest.get("collection")
    text = collection.description or collection.title if collection else gettext("All products")
    return page(request, template, head=heads.of_shelf(shelf, text), shelf=shelf, **rest)


ROUTES = [home, collections, collection, products, search, glance, product, media]
