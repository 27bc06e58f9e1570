"""Lists of products: the home page, a collection, what a search found.

Two queries each, however many products; one more where a price on the page is reduced.
"""

from shop.catalogue.pictures import picture
from shop.catalogue.prices import Reduction, reductions
from shop.catalogue.renaming import no_collection_at
from shop.catalogue.views import Card, CollectionLink, Listing
from shop.database import Rows, run
from shop.money import Money

PAGE_SIZE = 24
# The home page shows all there is, where that is not more than anybody looks through.
HOME_SIZE, FEATURED = 96, 12
SORTS = {
    "": '"place", "title"',
    "name": '"title"',
    "price": '"price", "title"',
    "-price": '"price" DESC, "title"',
    "newest": '"created_at" DESC, "title"',
}

# One row per product that is for sale, with its lowest price, its stock and its first picture.
CARDS = """
    SELECT p."id", p."slug", p."title", p."summary", p."position" AS "place", p."created_at", p."featured",
           MIN(v."price") AS "price", MAX(v."price") AS "dearest", MAX(v."currency") AS "currency",
           SUM(v."on_hand" - v."reserved") AS "left",
           MAX(CASE WHEN v."compare_at" > v."price" THEN 1 ELSE 0 END) AS "reduced",
           (SELECT "id" FROM "variant" WHERE "product" = p."id" AND "retired_at" IS NULL
            ORDER BY "price", "position", "id" LIMIT 1) AS "cheapest",
           i."digest", i."extension", i."alt", i."width", i."height", i."sizes"
    FROM "product" p
    JOIN "variant" v ON v."product" = p."id" AND v."retired_at" IS NULL
    LEFT JOIN "picture" i ON i."id" =
        (SELECT "id" FROM "picture" WHERE "product" = p."id" ORDER BY "position", "id" LIMIT 1)
    WHERE p."retired_at" IS NULL {where}
    GROUP BY p."id", i."id"
"""
HOME = f"""
    SELECT * FROM (
        SELECT c.*, COUNT(*) OVER () AS "total", ROW_NUMBER() OVER (ORDER BY {SORTS[""]}) AS "nth"
        FROM ({CARDS.replace("{where}", "")}) AS "c"
    ) AS "n" WHERE "featured" OR ("nth" > {{}} AND "nth" <= {{}}) ORDER BY "nth"
"""


async def home(page: int) -> tuple[tuple[Card, ...], Listing]:
    """What is featured, and one page of everything, in one query; past the end it is the first page."""
    first = (page - 1) * HOME_SIZE
    rows = await run(HOME, first, first + HOME_SIZE)
    here = [row for row in rows if first < row["nth"] <= first + HOME_SIZE]
    if page > 1 and not here:
        return await home(1)
    cards = dict(zip((row["nth"] for row in rows), await _cards(rows), strict=True))
    total = int(rows[0]["total"]) if rows else 0
    shown = tuple(cards[row["nth"]] for row in here)
    featured = tuple(card for card in cards.values() if card.featured)[:FEATURED]
    return featured, Listing(shown, total, page, max(1, -(-total // HOME_SIZE)), "")


async def collections() -> tuple[CollectionLink, ...]:
    rows = await run('SELECT "slug", "title", "description" FROM "collection" ORDER BY "position", "title"')
    return tuple(CollectionLink(**row) for row in rows)


async def in_collection(slug: str, sort: str, page: int) -> tuple[CollectionLink, Listing]:
    """Unknown sorts and pages past the end show the nearest that there is."""
    found = await run('SELECT "slug", "title", "description" FROM "collection" WHERE "slug" = {}', slug)
    if not found:
        raise await no_collection_at(slug)
    where = 'AND p."collection" = (SELECT "id" FROM "collection" WHERE "slug" = {})'
    return CollectionLink(**found[0], chosen=True), await _listing(where, [slug], sort, page)


async def cards_of(products: list[int]) -> tuple[Card, ...]:
    """These products' cards in this order; what is retired or has nothing for sale is left out."""
    if not products:
        return ()
    where = f'AND p."id" IN ({", ".join(["{}"] * len(products))})'
    rows = await run(CARDS.replace("{where}", where), *products)
    return await _cards(sorted(rows, key=lambda row: products.index(row["id"])))


async def _listing(where: str, values: list[str], sort: str, page: int) -> Listing:
    sort = sort if sort in SORTS else ""
    cards = CARDS.replace("{where}", where)
    total = int((await run(f'SELECT COUNT(*) AS "n" FROM ({cards}) AS "c"', *values))[0]["n"])
    pages = max(1, -(-total // PAGE_SIZE))
    page = min(max(page, 1), pages)
    order = f"ORDER BY {SORTS[sort]} LIMIT {PAGE_SIZE} OFFSET {(page - 1) * PAGE_SIZE}"
    rows: Rows = await run(f'SELECT * FROM ({cards}) AS "c" {order}', *values)
    return Listing(await _cards(rows), total, page, pages, sort)


async def _cards(rows: Rows) -> tuple[Card, ...]:
    reduced = await reductions([row["id"] for row in rows if row["reduced"]])
    return tuple(_card(row, reduced.get(row["cheapest"])) for row in rows)


def _card(row: dict[str, object], reduction: Reduction | None) -> Card:
    price, dearest, currency = int(str(row["price"])), int(str(row["dearest"])), str(row["currency"])
    return Card(
        slug=str(row["slug"]),
        title=str(row["title"]),
        summary=str(row["summary"]),
        price=Money(price, currency),
        from_price=dearest > price,
        left=int(str(row["left"])),
        picture=picture(row),
        featured=bool(row["featured"]),
        reduction=reduction,
    )
