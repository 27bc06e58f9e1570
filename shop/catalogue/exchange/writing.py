"""The plan is carried out, inside the caller's transaction: all of it or nothing."""

from collections.abc import Iterable, Iterator
from typing import Any

from shop.catalogue import counting, indexing, prices
from shop.catalogue.exchange.plan import Plan
from shop.catalogue.exchange.varying import OPTIONS
from shop.catalogue.renaming import rename
from shop.catalogue.tables import Collection, Picture, Product, StockMovement, Variant
from shop.database import run
from shop.errors import Overtaken

# One statement has room for so many rows of the widest table.
AT_ONCE = 500
SHARED = ("width", "height", "digest", "extension", "sizes", "source")


async def write(plan: Plan, made: dict[str, dict[str, Any]], actor: str, why: str) -> None:
    """`made` are the new pictures by their source. Raises Overtaken where stock moved meanwhile."""
    async with indexing.later() as changed:
        changed.update(await _write(plan, made, actor, why))
    for part in _parts(sorted(changed)):
        await Product.update({Product.changed_at: plan.at}).where(Product.id.is_in(part))


async def _write(plan: Plan, made: dict[str, dict[str, Any]], actor: str, why: str) -> set[int]:
    """The products of which anything differs now."""
    collections = await _add_collections(plan)
    for values in (*plan.new_products.values(), *plan.products.values()):
        if values.get("collection") in collections:
            values["collection"] = collections[values["collection"]]
    products = {slug: row["id"] for slug, row in plan.shelves.products.items()}
    for product, (old, new) in plan.renamed.items():
        await rename(product, old, new)
        products[new] = product
    products |= await _insert(Product, "slug", plan.new_products.values())
    await _change_variants(plan)
    for product, values in plan.products.items():
        await _update("product", product, values)
    variants = {sku: row["id"] for sku, row in plan.shelves.variants.items()}
    variants |= await _add_variants(plan, products, actor, why)
    await prices.set_prices(plan.prices)
    for variant, (before, on_hand) in plan.counts.items():
        if not await counting.move(variant, before, on_hand, actor, why):
            raise Overtaken
    await _hang(plan, products, variants, made)
    return {products[change.product] for change in plan.changes.values()}


async def _add_collections(plan: Plan) -> dict[str, int]:
    place = max((row["position"] for row in plan.shelves.collections.values()), default=-1) + 1
    rows = [
        {"slug": slug, "title": title, "description": "", "position": place + number}
        for number, (slug, title) in enumerate(plan.collections.items())
    ]
    return await _insert(Collection, "slug", rows)


async def _add_variants(plan: Plan, products: dict[str, int], actor: str, why: str) -> dict[str, int]:
    rows = [{**values, "product": products[slug]} for slug, values in plan.new_variants.values()]
    ids = await _insert(Variant, "sku", rows)
    await prices.begin((ids[row["sku"]], row["price"], row["currency"]) for row in rows)
    counted = [
        counting.movement(ids[row["sku"]], row["on_hand"], row["on_hand"], actor, why)
        for row in rows
        if row["on_hand"]
    ]
    for part in _parts(counted):
        await StockMovement.insert(*part)
    return ids


async def _change_variants(plan: Plan) -> None:
    """Two that change places never have the same options in between."""
    known = {row["id"]: row for row in plan.shelves.variants.values()}
    moving = [variant for variant, values in plan.variants.items() if set(OPTIONS) & values.keys()]
    for variant in moving:
        await _update("variant", variant, {"option1": f"\x1f{variant}"})
        plan.variants[variant].setdefault("option1", known[variant]["option1"])
    for variant, values in plan.variants.items():
        await _update("variant", variant, values)


async def _hang(
    plan: Plan, products: dict[str, int], variants: dict[str, int], made: dict[str, dict[str, Any]]
) -> None:
    rows = []
    for slug, gallery in plan.galleries.items():
        await Picture.delete().where(Picture.product == products[slug])
        for place, hung in enumerate(gallery):
            files = hung.known or made[hung.source]
            rows.append(
                {
                    "product": products[slug],
                    "variant": variants[hung.sku] if hung.sku else None,
                    "position": place,
                    "alt": hung.alt,
                    "name": hung.name,
                    **{name: files[name] for name in SHARED},
                }
            )
    for part in _parts(rows):
        await Picture.insert(*(Picture(**values) for values in part))


async def _insert(table: Any, key: str, rows: Iterable[dict[str, Any]]) -> dict[str, int]:
    """The new ids by what the rows are known by."""
    ids: dict[str, int] = {}
    for part in _parts(list(rows)):
        added = await table.insert(*(table(**values) for values in part)).returning(
            table.id, getattr(table, key)
        )
        ids |= {row[key]: row["id"] for row in added}
    return ids


async def _update(table: str, id_: int, values: dict[str, Any]) -> None:
    """Each row is changed in its own columns; thousands of them, so without a query's usual building."""
    columns = ", ".join(f'"{name}" = {{}}' for name in values)
    await run(f'UPDATE "{table}" SET {columns} WHERE "id" = {{}}', *values.values(), id_)


def _parts(rows: list[Any]) -> Iterator[list[Any]]:
    for start in range(0, len(rows), AT_ONCE):
        yield rows[start : start + AT_ONCE]
