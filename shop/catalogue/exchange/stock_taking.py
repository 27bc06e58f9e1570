"""What the shop has, read whole in four queries: a file may be about all of it."""

import json
from dataclasses import dataclass
from typing import Any

from shop.catalogue.tables import Collection, Picture, Product, Variant

Rows = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Shelves:
    """Products by their slug, variants by their SKU, both with everything; pictures by their source, too."""

    collections: dict[str, dict[str, Any]]
    products: dict[str, dict[str, Any]]
    variants: dict[str, dict[str, Any]]
    variants_of: dict[int, Rows]
    pictures_of: dict[int, Rows]
    made: dict[str, dict[str, Any]]

    def sold(self, variant: dict[str, Any], product: dict[str, Any]) -> bool:
        return variant["retired_at"] is None and product["retired_at"] is None


async def shelves() -> Shelves:
    products = await Product.select().order_by(Product.position, Product.id)
    variants = await Variant.select().order_by(Variant.position, Variant.id)
    pictures = await Picture.select().order_by(Picture.position, Picture.id)
    for picture in pictures:
        sizes = picture["sizes"]
        picture["sizes"] = json.loads(sizes) if isinstance(sizes, str) else sizes
    return Shelves(
        collections={row["slug"]: row for row in await Collection.select().order_by(Collection.id)},
        products={row["slug"]: row for row in products},
        variants={row["sku"]: row for row in variants},
        variants_of=_by(variants, "product"),
        pictures_of=_by(pictures, "product"),
        made={row["source"]: row for row in pictures if row["source"]},
    )


def file_name(picture: dict[str, Any]) -> str:
    """What a picture is called in the file: as the merchant's own, or as SHOP_MEDIA has it."""
    return str(picture["name"]) or f"{picture['digest']}.{picture['extension']}"


def _by(rows: Rows, column: str) -> dict[int, Rows]:
    found: dict[int, Rows] = {}
    for row in rows:
        found.setdefault(row[column], []).append(row)
    return found
