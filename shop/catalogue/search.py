"""Search: products that have every word in title, summary or description."""

from shop.catalogue.listing import PAGE_SIZE, cards_of
from shop.catalogue.views import Listing
from shop.database import run

SORTS = {
    "": 'p."position", p."title"',
    "name": 'p."title"',
    "price": '"price", p."title"',
    "-price": '"price" DESC, p."title"',
    "newest": 'p."created_at" DESC, p."title"',
}
FOUND = """
    SELECT p."id", MIN(v."price") AS "price"
    FROM "product" p JOIN "variant" v ON v."product" = p."id" AND v."retired_at" IS NULL
    WHERE p."retired_at" IS NULL {where} GROUP BY p."id" ORDER BY {order}
"""


async def search(words: str, sort: str, page: int) -> Listing:
    wanted = words.lower().split()[:8]
    if not wanted:
        return Listing((), 0, 1, 1, "")
    one = "lower(p.\"title\" || ' ' || p.\"summary\" || ' ' || p.\"description\") LIKE {} ESCAPE '!'"
    where = "".join(f" AND {one}" for _ in wanted)
    sort = sort if sort in SORTS else ""
    sql = FOUND.replace("{where}", where).replace("{order}", SORTS[sort])
    found = [row["id"] for row in await run(sql, *(f"%{_literal(word)}%" for word in wanted))]
    pages = max(1, -(-len(found) // PAGE_SIZE))
    page = min(max(page, 1), pages)
    shown = found[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    return Listing(await cards_of(shown), len(found), page, pages, sort)


def _literal(word: str) -> str:
    return word.replace("!", "!!").replace("%", "!%").replace("_", "!_")
