"""Addresses change, and whoever kept the former one is led to the present one, in one step."""

from shop.catalogue.tables import Product
from shop.database import run
from shop.errors import Moved, NoLongerSold, NotFound

RENAME = 'UPDATE "product" SET "slug" = {} WHERE "id" = {} AND "slug" = {}'
KEEP = """
    INSERT INTO "former_address" ("path", "product") VALUES ({}, {})
    ON CONFLICT ("path") DO UPDATE SET "product" = EXCLUDED."product", "collection" = NULL
"""
FORGET = 'DELETE FROM "former_address" WHERE "path" = {}'
PRESENT = """
    SELECT p."slug" AS "product", c."slug" AS "collection" FROM "former_address" f
    LEFT JOIN "product" p ON p."id" = f."product" LEFT JOIN "collection" c ON c."id" = f."collection"
    WHERE f."path" = {}
"""


async def rename(product: int, old: str, new: str) -> None:
    """Inside the caller's transaction, where `new` is free. Who left an address last is found by it."""
    await run(RENAME, new, product, old)
    await run(KEEP, f"/products/{old}", product)
    await run(FORGET, f"/products/{new}")


async def no_product_at(slug: str) -> NotFound:
    """What to raise where nothing is sold under this address."""
    gone = await Product.exists().where(Product.slug == slug)
    return NoLongerSold() if gone else await _moved(f"/products/{slug}")


async def no_collection_at(slug: str) -> NotFound:
    return await _moved(f"/collections/{slug}")


async def _moved(path: str) -> NotFound:
    for row in await run(PRESENT, path):
        kind = "products" if row["product"] else "collections"
        return Moved(f"/{kind}/{row['product'] or row['collection']}")
    return NotFound()
