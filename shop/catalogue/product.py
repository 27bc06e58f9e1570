"""One product with its variants: what its page shows."""

from typing import Any

from shop.catalogue.listing import related
from shop.catalogue.options import left, option_groups
from shop.catalogue.pictures import picture
from shop.catalogue.prices import Reduction, reductions
from shop.catalogue.renaming import no_product_at
from shop.catalogue.tables import Picture as PictureRow
from shop.catalogue.tables import Product, Variant
from shop.catalogue.views import Choice, CollectionLink, Picture, ProductPage, Step
from shop.errors import NotFound
from shop.money import Money
from shop.web.words import gettext


async def product_page(slug: str, sku: str = "") -> ProductPage:
    """`sku` chooses the variant; without one, or with one that is not sold, the first in stock is chosen."""
    product = (
        await Product.select(
            *Product.all_columns(),
            Product.collection.slug,
            Product.collection.title,
            Product.collection.description,
        )
        .where((Product.slug == slug) & Product.retired_at.is_null())
        .first()
    )
    if product is None:
        raise await no_product_at(slug)
    variants = await (
        Variant.select()
        .where((Variant.product == product["id"]) & Variant.retired_at.is_null())
        .order_by(Variant.position, Variant.id)
    )
    if not variants:
        raise await no_product_at(slug)
    chosen = _chosen(variants, sku)
    reduced = await reductions([product["id"]]) if any(map(_is_reduced, variants)) else {}
    pictures = await _pictures(product["id"])
    choices = tuple(
        _choice(variant, chosen, reduced.get(variant["id"]), _gallery(pictures, variant["id"]))
        for variant in variants
    )
    collection = _collection(product)
    return ProductPage(
        slug=slug,
        title=product["title"],
        summary=product["summary"],
        paragraphs=tuple(part.strip() for part in product["description"].split("\n\n") if part.strip()),
        collection=collection,
        choices=choices,
        chosen=next(choice for choice in choices if choice.chosen),
        options=option_groups(product, variants, chosen) if len(variants) > 1 else (),
        pictures=_gallery(pictures, chosen["id"]),
        trail=_trail(product, collection),
        related=await related(product["id"], product["collection"]),
    )


async def where_sold(sku: str) -> str:
    """The slug of the product that a variant belongs to."""
    found = (
        await Variant.select(Variant.product.slug)
        .where((Variant.sku == sku) & Variant.retired_at.is_null() & Variant.product.retired_at.is_null())
        .first()
    )
    if found is None:
        raise NotFound
    return str(found["product.slug"])


def options_label(variant: dict[str, str], prefix: str = "") -> str:
    """A variant's option values as one text: "Clay / Large"; empty for a product without options."""
    return " / ".join(value for value in (variant[f"{prefix}option{n}"] for n in (1, 2, 3)) if value)


def full_title(title: str, variant: dict[str, Any], prefix: str = "") -> str:
    """What people call a variant: "Potter's mug (Clay / Large)"."""
    label = options_label(variant, prefix)
    return f"{title} ({label})" if label else title


def _chosen(variants: list[dict[str, object]], sku: str) -> dict[str, object]:
    asked = [variant for variant in variants if variant["sku"] == sku]
    in_stock = [variant for variant in variants if left(variant) > 0]
    return (asked or in_stock or variants)[0]


def _is_reduced(variant: dict[str, Any]) -> bool:
    return variant["compare_at"] is not None and variant["compare_at"] > variant["price"]


def _choice(
    variant: dict[str, object],
    chosen: dict[str, object],
    reduction: Reduction | None,
    gallery: tuple[Picture, ...],
) -> Choice:
    return Choice(
        sku=str(variant["sku"]),
        label=options_label({name: str(value) for name, value in variant.items()}),
        price=Money(int(str(variant["price"])), str(variant["currency"])),
        left=left(variant),
        chosen=variant["id"] == chosen["id"],
        picture=gallery[0] if gallery else None,
        reduction=reduction,
    )


def _collection(product: dict[str, object]) -> CollectionLink:
    return CollectionLink(
        str(product["collection.slug"] or ""),
        str(product["collection.title"] or ""),
        str(product["collection.description"] or ""),
    )


def _trail(product: dict[str, object], collection: CollectionLink) -> tuple[Step, ...]:
    steps = [Step(gettext("Home"), "/")]
    if collection.slug:
        steps.append(Step(collection.title, f"/collections/{collection.slug}"))
    return (*steps, Step(str(product["title"]), f"/products/{product['slug']}"))


async def _pictures(product: int) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = await (
        PictureRow.select().where(PictureRow.product == product).order_by(PictureRow.position, PictureRow.id)
    )
    return rows


def _gallery(pictures: list[dict[str, Any]], variant: object) -> tuple[Picture, ...]:
    """The variant's own pictures, then those of no variant; the first of these only where it has none."""
    own = [row for row in pictures if row["variant"] == variant]
    shared = [row for row in pictures if row["variant"] is None]
    return tuple(found for found in map(picture, own + shared[1 if own else 0 :]) if found)
