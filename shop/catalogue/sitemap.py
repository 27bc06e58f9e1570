"""`/sitemap.xml`: every page that may be found, in parts where it is too many for one file."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from datetime import datetime
from xml.sax.saxutils import escape

from litestar import get
from litestar.response import Stream

from shop.database import run
from shop.settings import settings
from shop.web import policies, words
from shop.web.cookies import AnyRequest
from shop.web.forms import query, whole_number
from shop.web.language import alternates
from shop.web.well_known import A_DAY

Place = tuple[str, datetime | None]

# 50,000 in one file by agreement (https://www.sitemaps.org/protocol.html), less what is no product.
MOST, AT_ONCE = 45_000, 250
NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
XHTML = "http://www.w3.org/1999/xhtml"
SOLD = """
    "product" p WHERE p."retired_at" IS NULL
    AND EXISTS (SELECT 1 FROM "variant" v WHERE v."product" = p."id" AND v."retired_at" IS NULL)
"""
PRODUCTS = f"""
    SELECT p."id", p."slug", p."created_at", p."changed_at" FROM {SOLD} AND p."id" > {{}}
    ORDER BY p."id" LIMIT {{}}
"""


@get("/sitemap.xml")
async def sitemap(request: AnyRequest) -> Stream:
    """The parts are numbered: 0 is all but the products, 1 the first of these."""
    parts = -(-int((await run(f'SELECT COUNT(*) AS "n" FROM {SOLD}'))[0]["n"]) // _most())
    part = whole_number(query(request, "part"), 0, parts)
    if part is not None:
        found = _written(_products(part) if part else _others())
    elif parts > 1:
        found = _index(parts)
    else:
        found = _written(_others(), _products(1))
    return Stream(found, media_type="application/xml", headers=A_DAY)


async def _index(parts: int) -> AsyncIterator[str]:
    yield _head("sitemapindex")
    for part in range(parts + 1):
        yield f"<sitemap><loc>{settings().url}/sitemap.xml?part={part}</loc></sitemap>\n"
    yield "</sitemapindex>\n"


async def _written(*places: AsyncIterator[list[Place]]) -> AsyncIterator[str]:
    yield _head("urlset")
    for each in places:
        async for some in each:
            yield "".join(_lines(some))
            # SQLite answers without a pause, and others want to be served meanwhile.
            await asyncio.sleep(0)
    yield "</urlset>\n"


async def _others() -> AsyncIterator[list[Place]]:
    collections = await run('SELECT "slug" FROM "collection" ORDER BY "id"')
    yield [("/", None), ("/products", None), ("/collections", None)]
    yield [(f"/collections/{row['slug']}", None) for row in collections]
    yield [(f"/policies/{policy.name}", None) for policy in policies.current().pages]


async def _products(part: int) -> AsyncIterator[list[Place]]:
    """A few at a time: neither the shop's memory nor anybody who waits for the database notices."""
    first = await run(f'SELECT p."id" FROM {SOLD} ORDER BY p."id" LIMIT 1 OFFSET {{}}', (part - 1) * _most())
    last = first[0]["id"] - 1 if first else 0
    left = _most() if first else 0
    while left > 0 and (rows := await run(PRODUCTS, last, min(AT_ONCE, left))):
        last, left = rows[-1]["id"], left - len(rows)
        yield [(f"/products/{row['slug']}", row["changed_at"] or row["created_at"]) for row in rows]


def _most() -> int:
    """Each product is there once in each language."""
    return MOST // len(words.languages())


def _head(kind: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<{kind} xmlns="{NAMESPACE}" xmlns:xhtml="{XHTML}">\n'


def _lines(places: Iterable[Place]) -> Iterable[str]:
    for address, changed in places:
        when = f"<lastmod>{changed.isoformat(timespec='seconds')}</lastmod>" if changed else ""
        found = alternates(address)
        links = "".join(
            f'<xhtml:link rel="alternate" hreflang="{code}" href="{escape(whole)}"/>' for code, whole in found
        )
        for whole in dict(found[:-1]).values() or [settings().url + address]:
            yield f"<url><loc>{escape(whole)}</loc>{when}{links}</url>\n"
