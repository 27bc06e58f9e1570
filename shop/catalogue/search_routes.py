"""`/search`: what the shopper types, and what goes by it."""

from urllib.parse import quote

from litestar import get
from litestar.response import Redirect, Template

from shop.catalogue import listing
from shop.catalogue.search import search as find
from shop.catalogue.search import starters
from shop.web.cookies import AnyRequest
from shop.web.forms import query, whole_number
from shop.web.pages import page, page_or_region, see_other, wants_region

LONGEST, AT_A_GLANCE = 100, 5


@get("/search")
async def search(request: AnyRequest) -> Template:
    """Asked again with each letter that is typed, then for the region only."""
    number = whole_number(query(request, "page"), 1, 10_000) or 1
    found = await find(_typed(request), query(request, "sort"), number)
    return page_or_region(
        request,
        "catalogue/search.html",
        "catalogue/searched.html",
        found=found,
        starters=await starters() if not found.typed else (),
        collections=await listing.collections() if not found.hits else (),
    )


@get("/search/glance")
async def glance(request: AnyRequest) -> Template | Redirect:
    """The best few, below the header's field while somebody types; a page of its own it is not."""
    if not wants_region(request):
        return see_other(f"/search?q={quote(_typed(request))}")
    found = await find(_typed(request), "", 1, AT_A_GLANCE)
    return page(request, "catalogue/glanced.html", found=found)


def _typed(request: AnyRequest) -> str:
    return query(request, "q").strip()[:LONGEST]
