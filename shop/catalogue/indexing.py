"""The index of the search, put in step by whoever writes many products at once.

Otherwise triggers do it, row by row: a product that is added with three variants would be folded four times,
and by SQL, which takes longer than Python.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from shop.catalogue.folding import fold
from shop.database import current_engine, run

# One statement has room for so many rows.
AT_ONCE = 200
COLUMNS = ("title", "names", "prose")


@asynccontextmanager
async def later() -> AsyncIterator[set[int]]:
    """Within a transaction: triggers rest, and what is put into the set is indexed in the end."""
    await run('INSERT INTO "product_search_later" ("since") VALUES (1)')
    changed: set[int] = set()
    yield changed
    await run('DELETE FROM "product_search_later"')
    products = sorted(changed)
    for start in range(0, len(products), AT_ONCE):
        await _index(products[start : start + AT_ONCE])


async def _index(products: list[int]) -> None:
    key = "rowid" if current_engine().engine_type == "sqlite" else '"product"'
    places = ", ".join(["{}"] * len(products))
    rows = await run(f'SELECT * FROM "product_search_source" WHERE "id" IN ({places})', *products)
    await run(f'DELETE FROM "product_search" WHERE {key} IN ({places})', *products)
    if rows:
        values = [value for row in rows for value in _folded(row)]
        row = "({}, {}, {}, {})"
        await run(
            f'INSERT INTO "product_search" ({key}, "title", "names", "prose") VALUES '
            + ", ".join([row] * len(rows)),
            *values,
        )


def _folded(row: dict[str, Any]) -> tuple[object, ...]:
    return row["id"], *(fold(row[column]) for column in COLUMNS)
