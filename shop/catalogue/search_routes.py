"""`/search`: what the shopper types, and what goes by it."""

from litestar import get
from litestar.response import Template

from shop.catalogue import listing
from shop.catalogue.search import search as find
from shop.catalogue.search import starters
from shop.web.cookies import AnyRequest
from shop.web.forms import query, whole_number
from shop.web.pages import page_or_region


@get("/search")
async def search(request: AnyRequest) -> Template:
    """Asked again with each letter that is typed, then for the region only."""
    number = whole_number(query(request, "page"), 1, 10_000) or 1
    found = await find(query(request, "q").strip()[:100], query(request, "sort"), number)
    return page_or_region(
        request,
        "catalogue/search.html",
        "catalogue/searched.html",
        found=found,
        starters=await starters() if not found.typed else (),
        collections=await listing.collections() if not found.hits else (),
    )
