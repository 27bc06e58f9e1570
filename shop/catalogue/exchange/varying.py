"""The variants of one product: new ones, changed ones, and what they may not do."""

from typing import Any

from shop.catalogue.exchange import cells
from shop.catalogue.exchange.gathering import WantedProduct, WantedVariant
from shop.catalogue.exchange.plan import Manner, Plan

OPTIONS = ("option1", "option2", "option3")


def vary(product: WantedProduct, known: dict[str, Any] | None, plan: Plan, manner: Manner) -> None:
    siblings = plan.shelves.variants_of.get(known["id"], []) if known else []
    revived = _revives(product, known, plan)
    last = (-1, -1)
    for variant in product.variants:
        row = plan.shelves.variants.get(variant.sku)
        if row is None:
            last = (max(last[0], *(each["position"] for each in siblings), -1) + 1, 0)
            _add(product, variant, last[0], plan, manner)
        elif known is None or row["product"] != known["id"]:
            slug = next(slug for slug, each in plan.shelves.products.items() if each["id"] == row["product"])
            sentence = f"{variant.sku} belongs to {slug} and stays there; for a new title, name the product."
            plan.bad(variant.row, "sku", sentence)
        else:
            place = (row["position"], row["id"])
            # The order of rows is the order of variants; those that stand so already stay where they are.
            last = place if place > last else (last[0] + 1, row["id"])
            _change(product, variant, row, {"position": last[0]}, plan, manner, sold=revived)
    _check_options(product, known, siblings, plan)


def _revives(product: WantedProduct, known: dict[str, Any] | None, plan: Plan) -> bool | None:
    """A retired product comes back with any of its variants; None where it is not retired."""
    if known is None or known["retired_at"] is None:
        return None
    if not any(variant.fields.get("retired") is False for variant in product.variants):
        return False
    plan.products.setdefault(known["id"], {})["retired_at"] = None
    for row in plan.shelves.variants_of.get(known["id"], []):
        if row["retired_at"] is None and row["sku"] not in {variant.sku for variant in product.variants}:
            # It went with its product, and the file does not say that it comes back.
            plan.variants[row["id"]] = {"retired_at": plan.at}
    return True


def _add(product: WantedProduct, variant: WantedVariant, place: int, plan: Plan, manner: Manner) -> None:
    if "price" not in variant.fields:
        plan.bad(variant.row, "price", "A new SKU needs a price.")
        return
    told = variant.fields
    values = {
        "sku": variant.sku,
        **{name: told.get(name, "") for name in OPTIONS},
        "price": told["price"],
        "compare_at": told.get("compare_at"),
        "currency": manner.currency,
        "on_hand": told.get("on_hand", 0),
        "position": place,
        "retired_at": plan.at if told.get("retired") else None,
    }
    plan.new_variants[variant.sku] = (product.slug, values)
    shown = {name: (None, values[name]) for name in ("price", "compare_at", "on_hand")}
    shown = {name: told for name, told in shown.items() if told[1] is not None}
    plan.note("added", product.slug, variant.sku, shown)


def _change(
    product: WantedProduct, variant: WantedVariant, row: dict[str, Any], values: dict[str, Any], plan: Plan,
    manner: Manner, *, sold: bool | None,
) -> None:  # fmt: skip
    told = variant.fields
    values |= {name: told[name] for name in OPTIONS if name in told}
    values = {
        name: wanted
        for name, wanted in values.items()
        if wanted != (cells.tidy(row[name]) if isinstance(row[name], str) else row[name])
    }
    shown = {name: (row[name], wanted) for name, wanted in values.items()}
    price = (told.get("price", row["price"]), told.get("compare_at", row["compare_at"]))
    if price != (row["price"], row["compare_at"]):
        plan.prices[row["id"]] = price
        shown |= {
            name: (row[name], now)
            for name, now in zip(("price", "compare_at"), price, strict=True)
            if now != row[name]
        }
    before = row["retired_at"] is not None or sold is not None
    retired = told.get("retired", before)
    if sold is not False and (row["retired_at"] is not None) != retired:
        values["retired_at"] = plan.at if retired else None
    if retired != before:
        shown["retired"] = (before, retired)
    if _counts(variant, row, plan, manner):
        shown["on_hand"] = (row["on_hand"], told["on_hand"])
    if values:
        plan.variants[row["id"]] = values
    if shown:
        plan.note("retired" if retired and not before else "changed", product.slug, variant.sku, shown)


def _counts(variant: WantedVariant, row: dict[str, Any], plan: Plan, manner: Manner) -> bool:
    pieces = variant.fields.get("on_hand", row["on_hand"])
    if pieces == row["on_hand"]:
        return False
    if not manner.stock:
        plan.notes.append(
            f"Row {variant.row}: {variant.sku} has {row['on_hand']} on hand here and {pieces} in the file;"
            " that is left alone without --stock."
        )
        return False
    if pieces < row["reserved"]:
        plan.bad(variant.row, "on_hand", f"{row['reserved']} are promised to orders; it cannot be fewer.")
        return False
    plan.counts[row["id"]] = (row["on_hand"], pieces)
    return True


def _check_options(
    product: WantedProduct, known: dict[str, Any] | None, siblings: list[dict[str, Any]], plan: Plan
) -> None:
    """Two variants of one product differ in something that has a name."""
    names = {**(known or {}), **product.fields}
    values = {row["sku"]: tuple(cells.tidy(row[name]) for name in OPTIONS) for row in siblings}
    for variant in product.variants:
        was = values.get(variant.sku, ("", "", ""))
        values[variant.sku] = tuple(
            variant.fields.get(name, old) for name, old in zip(OPTIONS, was, strict=True)
        )
    for variant in product.variants:
        own = values[variant.sku]
        same = [sku for sku, each in values.items() if each == own and sku != variant.sku]
        if same:
            sentence = f"{variant.sku} and {same[0]} are of one product and must differ in value1, 2 or 3."
            plan.bad(variant.row, "value1", sentence)
        for number, (name, said) in enumerate(zip(OPTIONS, own, strict=True), 1):
            if said and not names.get(name):
                sentence = f"There is a value{number}, but option{number} does not say what it is."
                plan.bad(variant.row, f"option{number}", sentence)
