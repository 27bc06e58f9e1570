"""All goods as rows of a CSV file that brings them in again as they are."""

import csv
import io
from typing import Any

from shop.catalogue.exchange import cells
from shop.catalogue.exchange.columns import COLUMNS
from shop.catalogue.exchange.stock_taking import Shelves, file_name, shelves
from shop.money import Money, plain


async def exported() -> tuple[str, int, int]:
    """The text of the file, how many products it has, and how many variants."""
    here = await shelves()
    collections = {row["id"]: slug for slug, row in here.collections.items()}
    written = io.StringIO()
    out = csv.DictWriter(written, COLUMNS, lineterminator="\r\n")
    out.writeheader()
    products = variants = 0
    for product in here.products.values():
        rows = here.variants_of.get(product["id"], [])
        products += bool(rows)
        for number, variant in enumerate(rows):
            variants += 1
            # A product's own columns stand in its first row only.
            whole = _product(product, collections, here) if number == 0 else {}
            row = {"product": product["slug"], **whole, **_variant(product, variant, here)}
            out.writerow({column: cells.guarded(row.get(column, "")) for column in COLUMNS})
    return written.getvalue(), products, variants


def _product(product: dict[str, Any], collections: dict[int, str], here: Shelves) -> dict[str, str]:
    pictures = [row for row in here.pictures_of.get(product["id"], []) if row["variant"] is None]
    return {
        "title": product["title"],
        "summary": product["summary"],
        "description": product["description"],
        "collection": collections.get(product["collection"], ""),
        "tax_class": product["tax_class"],
        "sent": _word(product["is_sent"]),
        "featured": _word(product["featured"]),
        "position": str(product["position"]),
        **{name: product[name] for name in ("option1", "option2", "option3")},
        "pictures": cells.as_list([file_name(row) for row in pictures]),
        "alt": cells.as_list([row["alt"] for row in pictures]),
    }


def _variant(product: dict[str, Any], variant: dict[str, Any], here: Shelves) -> dict[str, str]:
    pictures = [row for row in here.pictures_of.get(product["id"], []) if row["variant"] == variant["id"]]
    currency, compare_at = variant["currency"], variant["compare_at"]
    return {
        "sku": variant["sku"],
        "value1": variant["option1"],
        "value2": variant["option2"],
        "value3": variant["option3"],
        "price": plain(Money(variant["price"], currency)),
        "compare_at": "" if compare_at is None else plain(Money(compare_at, currency)),
        "on_hand": str(variant["on_hand"]),
        "variant_pictures": cells.as_list([file_name(row) for row in pictures]),
        "variant_alt": cells.as_list([row["alt"] for row in pictures]),
        "retired": _word(variant["retired_at"] is not None or product["retired_at"] is not None),
    }


def _word(flag: bool) -> str:
    return "yes" if flag else "no"
