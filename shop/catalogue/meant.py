"""Whoever types an article number, a colour or a size means a variant: which ones are they?"""

import asyncio
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from shop.catalogue import folding
from shop.catalogue.likeness import IsHit
from shop.catalogue.options import COLUMNS, left
from shop.catalogue.product import options_label
from shop.database import Rows, run_aside

VARIANTS = """
    SELECT "id", "product", "sku", "option1", "option2", "option3", "on_hand", "reserved" FROM "variant"
    WHERE "retired_at" IS NULL AND "product" IN ({places})
"""

# A whole article number; whole words; parts of words, and what is spelt nearly so.
Score = tuple[bool, int, int]


@dataclass(frozen=True, slots=True)
class Meant:
    id: int
    sku: str
    label: str


async def meant(titles: dict[int, str], words: list[str], is_hit: IsHit) -> dict[int, tuple[Meant, ...]]:
    """Of each product the variants that go best by the words, where they tell some from others.

    Nobody is asked about a product whose title has all the words already.
    """
    unsaid = [product for product, title in titles.items() if not _says(title, words)]
    if not unsaid:
        return {}
    sql = VARIANTS.replace("{places}", ", ".join(["{}"] * len(unsaid)))
    rows = await run_aside(sql, *unsaid)
    return await asyncio.to_thread(_of_each_product, rows, words, is_hit)


def _says(title: str, words: list[str]) -> bool:
    folded = folding.fold(title)
    return all(word in folded for word in words)


def _of_each_product(rows: Rows, words: list[str], is_hit: IsHit) -> dict[int, tuple[Meant, ...]]:
    variants: dict[int, list[tuple[Score, dict[str, Any]]]] = defaultdict(list)
    for row in rows:
        variants[row["product"]].append((_score(row, words, is_hit), row))
    found = {product: _best(scored) for product, scored in variants.items()}
    return {product: best for product, best in found.items() if best}


def _score(row: dict[str, Any], words: list[str], is_hit: IsHit) -> Score:
    number = folding.words(row["sku"])
    own = {*number, *(word for column in COLUMNS for word in folding.words(row[column]))}
    return number == words, len(own.intersection(words)), sum(is_hit(word) is not None for word in own)


def _best(scored: list[tuple[Score, dict[str, Any]]]) -> tuple[Meant, ...]:
    """Those that can be bought, if any of them can; none where all variants go by the words alike."""
    best = max(score for score, _ in scored)
    rows = [row for score, row in scored if score == best]
    if len(rows) == len(scored):
        return ()
    here = [row for row in rows if left(row) > 0]
    return tuple(Meant(row["id"], row["sku"], options_label(row)) for row in here or rows)
