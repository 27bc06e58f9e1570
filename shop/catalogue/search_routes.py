"""`/search`: what the shopper types, and what goes by it."""

from litestar import get
from litestar.response import Template

from shop.catalogue.search import search as find
from shop.web.cookies import AnyRequest
from shop.web.forms import query, whole_number
from shop.web.pages import page


@get("/search")
async def search(request: AnyRequest) -> Template:
    words = query(request, "q").strip()[:100]
    number = whole_number(query(request, "page"), 1, 10_000) or 1
    found = await find(words, query(request, "sort"), number)
    return page(request, "catalogue/search.html", query=words, listing=found)
