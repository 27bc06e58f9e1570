"""Lists of products: the home page, what is related, what a search found, one page of a shelf.

One query each, however many products; one more where a price on the page is reduced.
"""

from collections.abc import Collection

from shop.catalogue.pictures import picture
from shop.catalogue.prices import Reduction, reductions
from shop.catalogue.views import Card, CollectionLink, CollectionTile
from shop.database import Rows, run
from shop.money import Money

PAGE_SIZE = 24
# The home page shows so many of all there is, and leads to the others.
WALL, FEATURED = 24, 12
RELATED = 4
SORTS = {
    "": '"place", lower("title"), "id"',
    "name": 'lower("title"), "id"',
    "price": '"price", lower("title"), "id"',
    "-price": '"price" DESC, lower("title"), "id"',
    "newest": '"created_at" DESC, "place", "id"',
}

# One row per product that has a variant like this for sale: their lowest price, their stock, a picture.
CARDS = """
    WITH "matching" AS (
        SELECT v."id", v."product", v."sku", v."price", v."currency", v."on_hand" - v."reserved" AS "left",
               CASE WHEN v."compare_at" > v."price" THEN 1 ELSE 0 END AS "reduced",
               ROW_NUMBER() OVER (PARTITION BY v."product" ORDER BY v."price", v."position", v."id") AS "nth"
        FROM "variant" v JOIN "product" p ON p."id" = v."product"
        WHERE v."retired_at" IS NULL AND p."retired_at" IS NULL {where}
    ), "grouped" AS (
        SELECT p."id", p."slug", p."title", p."summary", p."position" AS "place", p."created_at",
               p."featured", p."collection", MIN(m."price") AS "price", MAX(m."price") AS "dearest",
               MAX(m."currency") AS "currency", SUM(m."left") AS "left", MAX(m."reduced") AS "reduced",
               MAX(CASE WHEN m."nth" = 1 THEN m."id" END) AS "cheapest",
               MAX(CASE WHEN m."nth" = 1 THEN m."sku" END) AS "sku"
        FROM "product" p JOIN "matching" m ON m."product" = p."id" GROUP BY p."id"
    ), "chosen" AS ({chosen})
    SELECT c.*, i."digest", i."extension", i."alt", i."width", i."height", i."sizes"
    FROM "chosen" c LEFT JOIN "picture" i ON i."id" = COALESCE(NULL,
        {picture}
        (SELECT "id" FROM "picture" WHERE "product" = c."id" ORDER BY "position", "id" LIMIT 1)
    ) ORDER BY {order}
"""
# Which products these are is asked first: only they are joined with all that a card shows.
FIRST = """
    SELECT "id" FROM (
        SELECT p."id" AS "id", p."position" AS "place", p."title", p."created_at", MIN(v."price") AS "price"
        FROM "product" p JOIN "variant" v ON v."product" = p."id"
        WHERE p."retired_at" IS NULL AND v."retired_at" IS NULL {where}
        GROUP BY p."id" ORDER BY {order} LIMIT {limit}
    ) AS "first"
"""
TOTAL = """
    SELECT g.*, (
        SELECT COUNT(*) FROM "product" p WHERE p."retired_at" IS NULL AND EXISTS (
            SELECT 1 FROM "variant" v WHERE v."product" = p."id" AND v."retired_at" IS NULL
        )
    ) AS "total" FROM "grouped" g
"""
ALL = 'SELECT * FROM "grouped"'
OF_THE_VARIANT = """
    (SELECT "id" FROM "picture" WHERE "variant" = c."cheapest" ORDER BY "position", "id" LIMIT 1)
"""
SAME_COLLECTION = """
    CASE WHEN "collection" = {} THEN 0 ELSE 1 END, CASE WHEN "left" > 0 THEN 0 ELSE 1 END, "place", "id"
"""
NEAR = """
    AND p."id" IN (
        SELECT "id" FROM "product" WHERE "id" <> {} AND "retired_at" IS NULL
        ORDER BY CASE WHEN "collection" = {} THEN 0 ELSE 1 END, "position", "id" LIMIT 24
    )
"""
TILES = """
    SELECT c."slug", c."title", c."description",
           i."digest", i."extension", i."alt", i."width", i."height", i."sizes"
    FROM "collection" c LEFT JOIN "picture" i ON i."id" = (
        SELECT i."id" FROM "picture" i JOIN "product" p ON p."id" = i."product"
        WHERE p."collection" = c."id" AND p."retired_at" IS NULL
        ORDER BY p."position", p."id", i."position", i."id" LIMIT 1
    ) ORDER BY c."position", c."title"
"""


async def home() -> tuple[tuple[Card, ...], tuple[Card, ...], int]:
    """What is featured, the first of everything, and how many there are."""
    where = f'AND (p."featured" OR p."id" IN ({_first("", SORTS[""], str(WALL))}))'
    rows = await run(_cards_sql(TOTAL, SORTS[""], where))
    cards = await _cards(rows)
    featured = tuple(card for card in cards if card.featured)[:FEATURED]
    return featured, cards[:WALL], int(rows[0]["total"]) if rows else 0


async def collections() -> tuple[CollectionLink, ...]:
    rows = await run('SELECT "slug", "title", "description" FROM "collection" ORDER BY "position", "title"')
    return tuple(CollectionLink(**row) for row in rows)


async def tiles() -> tuple[CollectionTile, ...]:
    """The collections, each with the first picture of its first product."""
    return tuple(
        CollectionTile(row["slug"], row["title"], row["description"], picture(row))
        for row in await run(TILES)
    )


async def one_page(
    where: str, values: list[object], sort: str, page: int, *, of_variants: bool
) -> tuple[Card, ...]:
    """A page of the products with a variant for which `where` holds; the cards are about these variants."""
    here = _first(where, SORTS[sort], f"{PAGE_SIZE} OFFSET {(page - 1) * PAGE_SIZE}")
    sql = _cards_sql(
        ALL, SORTS[sort], f'{where} AND p."id" IN ({here})', f"{OF_THE_VARIANT}," if of_variants else ""
    )
    rows = await run(sql, *values, *values)
    return await _cards(rows, [row["id"] for row in rows] if of_variants else ())


async def related(product: int, collection: int | None) -> tuple[Card, ...]:
    """A few others: of the same collection first, those that are there before those that are sold out."""
    chosen = f"{ALL} ORDER BY {SAME_COLLECTION} LIMIT {RELATED}"
    sql = _cards_sql(chosen, SAME_COLLECTION, NEAR)
    return await _cards(await run(sql, product, *[collection or 0] * 3))


async def cards_of(products: list[int], variants: dict[int, list[int]] | None = None) -> tuple[Card, ...]:
    """These products' cards in this order; what is retired or has nothing for sale is left out.

    Where `variants` names some of a product's, its card is about these.
    """
    if not products:
        return ()
    where, values, picture = f'AND p."id" IN ({_places(products)})', [*products], ""
    if variants:
        chosen = [variant for each in variants.values() for variant in each]
        where += f' AND (p."id" NOT IN ({_places(variants)}) OR v."id" IN ({_places(chosen)}))'
        values += [*variants, *chosen, *variants]
        picture = f'CASE WHEN c."id" IN ({_places(variants)}) THEN {OF_THE_VARIANT} END,'
    rows = await run(_cards_sql(ALL, '"id"', where, picture), *values)
    return await _cards(sorted(rows, key=lambda row: products.index(row["id"])), variants or ())


def _cards_sql(chosen: str, order: str, where: str = "", picture: str = "") -> str:
    return _filled(CARDS, chosen=chosen, where=where, picture=picture, order=order)


def _places(values: Collection[int]) -> str:
    return ", ".join(["{}"] * len(values))


def _first(where: str, order: str, limit: str) -> str:
    return _filled(FIRST, where=where, order=order, limit=limit)


def _filled(sql: str, **parts: str) -> str:
    for name, part in parts.items():
        sql = sql.replace(f"{{{name}}}", part)
    return sql


async def _cards(rows: Rows, of_variants: Collection[int] = ()) -> tuple[Card, ...]:
    """`of_variants`: the products whose cards open one of their variants."""
    reduced = await reductions([row["id"] for row in rows if row["reduced"]])
    return tuple(
        _card(row, reduced.get(row["cheapest"]), of_variants=row["id"] in of_variants) for row in rows
    )


def _card(row: dict[str, object], reduction: Reduction | None, *, of_variants: bool) -> Card:
    price, dearest, currency = int(str(row["price"])), int(str(row["dearest"])), str(row["currency"])
    return Card(
        slug=str(row["slug"]),
        title=str(row["title"]),
        summary=str(row["summary"]),
        price=Money(price, currency),
        from_price=dearest > price,
        left=int(str(row["left"])),
        picture=picture(row),
        sku=str(row["sku"]) if of_variants else "",
        featured=bool(row["featured"]),
        reduction=reduction,
    )
