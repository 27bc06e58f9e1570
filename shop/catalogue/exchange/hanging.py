"""The pictures of one product: which hang already, which come from the folder."""

from typing import Any

from shop.catalogue.exchange import making
from shop.catalogue.exchange.gathering import WantedPicture, WantedProduct
from shop.catalogue.exchange.plan import Hung, Manner, Plan
from shop.catalogue.exchange.stock_taking import file_name

Rows = list[dict[str, Any]]


def hang(product: WantedProduct, known: dict[str, Any] | None, plan: Plan, manner: Manner) -> None:
    """First those of the product, then each variant's own; where nothing differs, nothing is touched."""
    rows = plan.shelves.pictures_of.get(known["id"], []) if known else []
    skus = {row["id"]: row["sku"] for row in plan.shelves.variants_of.get(known["id"], [])} if known else {}
    own: dict[str | None, Rows] = {}
    for row in rows:
        own.setdefault(skus.get(row["variant"]), []).append(row)
    said: dict[str | None, tuple[WantedPicture, ...] | None] = {None: product.pictures}
    said |= {variant.sku: variant.pictures for variant in product.variants}
    at = {variant.sku: variant.row for variant in product.variants}
    title = str(product.fields.get("title") or (known or {}).get("title", ""))
    galleries = {sku: [_as_it_is(sku, row) for row in hanging] for sku, hanging in own.items()}
    changed = False
    for sku, pictures in said.items():
        if pictures is not None:
            place = (at[sku], "variant_pictures") if sku else (product.row, "pictures")
            gallery = [_hung(sku, each, rows, title, place, plan, manner) for each in pictures]
            now = [hung for hung in gallery if hung is not None]
            changed = changed or now != galleries.get(sku, [])
            galleries[sku] = now
    if changed:
        _note(product, rows, galleries, plan)


def _note(product: WantedProduct, rows: Rows, galleries: dict[str | None, list[Hung]], plan: Plan) -> None:
    order = [None, *(variant.sku for variant in product.variants)]
    order += [sku for sku in galleries if sku not in order]
    whole = [hung for sku in order for hung in galleries.get(sku, [])]
    plan.galleries[product.slug] = whole
    shown = {"pictures": ([file_name(row) for row in rows], [hung.name for hung in whole])}
    plan.note("changed", product.slug, "", shown)


def _as_it_is(sku: str | None, row: dict[str, Any]) -> Hung:
    return Hung(sku, file_name(row), row["alt"], row, row["source"])


def _hung(
    sku: str | None, wanted: WantedPicture, rows: Rows, title: str, at: tuple[int, str], plan: Plan,
    manner: Manner,
) -> Hung | None:  # fmt: skip
    of_name = [row for row in rows if wanted.name in (row["name"], f"{row['digest']}.{row['extension']}")]
    of_name.sort(key=lambda row: plan.shelves.variants.get(sku or "", {}).get("id") != row["variant"])
    file = manner.folder.find(wanted.name)
    if file is None and of_name:
        return Hung(
            sku, file_name(of_name[0]), wanted.alt or of_name[0]["alt"], of_name[0], of_name[0]["source"]
        )
    if file is None:
        where = f"in {manner.folder.path}" if manner.folder.path else "without --pictures"
        plan.bad(*at, f"There is no {wanted.name!r} {where}, and the product has no such picture yet.")
        return None
    source = making.digest(file)
    same = [row for row in of_name if row["source"] == source]
    if same:
        return Hung(sku, file_name(same[0]), wanted.alt or same[0]["alt"], same[0], source)
    alt = wanted.alt or (of_name[0]["alt"] if of_name else title)[:300]
    if source in plan.shelves.made:
        return Hung(sku, wanted.name, alt, plan.shelves.made[source], source)
    complaint = making.complaint(file)
    if complaint:
        plan.bad(*at, f"{wanted.name}: {complaint}")
        return None
    return Hung(sku, wanted.name, alt, None, source)
