"""What differs between the file and the shop, and what is therefore to be done."""

from typing import Any

from shop import clock
from shop.catalogue.exchange import cells
from shop.catalogue.exchange.gathering import WantedProduct
from shop.catalogue.exchange.hanging import hang
from shop.catalogue.exchange.plan import Manner, Plan
from shop.catalogue.exchange.stock_taking import Shelves
from shop.catalogue.exchange.varying import vary

DEFAULTS: dict[str, Any] = {"summary": "", "description": "", "collection": None, "tax_class": "standard",
    "is_sent": True, "featured": False, "option1": "", "option2": "", "option3": ""}  # fmt: skip


def planned(wanted: list[WantedProduct], shelves: Shelves, manner: Manner) -> Plan:
    plan = Plan(clock.now(), shelves)
    place = max((row["position"] for row in shelves.products.values()), default=-1) + 1
    named = {product.slug for product in wanted}
    for product in wanted:
        known = shelves.products.get(product.slug) or _renamed(product, named, plan)
        if known is None:
            _add(product, place, plan)
            place += 1
        else:
            _change(product, known, plan)
        vary(product, known, plan, manner)
        hang(product, known, plan, manner)
    if manner.retire_missing:
        _retire_missing({variant.sku for product in wanted for variant in product.variants}, plan)
    return plan


def _renamed(product: WantedProduct, taken: set[str], plan: Plan) -> dict[str, Any] | None:
    """The one that has another address now: everything that it sells is here, and under no other name."""
    known_skus = plan.shelves.variants
    owners = {known_skus[each.sku]["product"] for each in product.variants if each.sku in known_skus}
    if len(owners) != 1 or not product.named:
        return None
    known = next(each for each in plan.shelves.products.values() if each["id"] in owners)
    missing = {row["sku"] for row in plan.shelves.variants_of[known["id"]]}
    missing -= {variant.sku for variant in product.variants}
    if missing or known["slug"] in taken:
        return None
    plan.renamed[known["id"]] = (known["slug"], product.slug)
    plan.note("changed", product.slug, "", {"product": (known["slug"], product.slug)})
    return known


def _add(product: WantedProduct, place: int, plan: Plan) -> None:
    if "title" not in product.fields:
        sentence = f"The shop has no product {product.slug}, and a new one needs a title."
        plan.bad(product.row, "title", sentence)
        return
    values = {"position": place, **DEFAULTS, **product.fields, "slug": product.slug, "created_at": plan.at}
    values["collection"] = _collection(product, plan) if "collection" in product.fields else None
    plan.new_products[product.slug] = values
    plan.note("added", product.slug, "", {"title": (None, values["title"])})


def _change(product: WantedProduct, known: dict[str, Any], plan: Plan) -> None:
    changed: dict[str, tuple[Any, Any]] = {}
    values: dict[str, Any] = {}
    for name, told in product.fields.items():
        wanted = _collection(product, plan) if name == "collection" else told
        if wanted != (cells.tidy(known[name]) if isinstance(known[name], str) else known[name]):
            values[name] = wanted
            changed[name] = (known[name], wanted)
    if values:
        if "collection" in changed:
            slugs = {row["id"]: slug for slug, row in plan.shelves.collections.items()}
            changed["collection"] = (slugs.get(known["collection"], ""), product.fields["collection"])
        plan.products[known["id"]] = values
        plan.note("changed", product.slug, "", changed)


def _collection(product: WantedProduct, plan: Plan) -> int | str | None:
    """The id of a known one, by its slug or its title; the slug of a new one; None for no collection."""
    told: str = product.fields["collection"]
    if not told:
        return None
    known = plan.shelves.collections
    by_title = [row["id"] for row in known.values() if cells.tidy(row["title"]) == told]
    slug = cells.slug_of(told)
    if told in known or by_title:
        return int(known[told]["id"] if told in known else by_title[0])
    if slug in known or not slug:
        sentence = "This becomes an address and needs a letter or a digit." if not slug else (
            f"The collection {slug} is called {known[slug]['title']!r}; write {slug}, or another title."
        )  # fmt: skip
        plan.bad(product.row, "collection", sentence)
        return None
    if slug not in plan.collections:
        plan.collections[slug] = told
        plan.notes.append(f"A new collection: {told}, at /collections/{slug}.")
    return slug


def _retire_missing(named: set[str], plan: Plan) -> None:
    slugs = {row["id"]: slug for slug, row in plan.shelves.products.items()}
    for sku, variant in plan.shelves.variants.items():
        product = plan.shelves.products[slugs[variant["product"]]]
        if sku not in named and plan.shelves.sold(variant, product):
            plan.variants.setdefault(variant["id"], {})["retired_at"] = plan.at
            plan.note("retired", product["slug"], sku, {"retired": (False, True)})
