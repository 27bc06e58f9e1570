"""Puts the demonstration catalogue into a database that has no products."""

import re
from dataclasses import dataclass
from pathlib import Path

from shop import clock
from shop.catalogue import prices
from shop.catalogue.keeping import keep
from shop.catalogue.tables import Collection, Picture, Product, Variant
from shop.database import transaction
from shop.demo.catalogue import COLLECTIONS, PRODUCTS, DemoPicture, DemoProduct
from shop.money import believable
from shop.settings import settings

PICTURES = Path(__file__).parent / "pictures"
SIZE = re.compile(r'<svg\b[^>]*?\bwidth="(\d+)"[^>]*?\bheight="(\d+)"')


async def load() -> int:
    """How many products were added: all of them, or none where there were some already."""
    # Files come first: a row without its picture would be seen, a file without its row is not.
    pictures = {file.name: _kept(file) for file in sorted(PICTURES.glob("*.svg"))}
    async with transaction():
        if await has_products():
            return 0
        collections = await _collections()
        for position, product in enumerate(PRODUCTS):
            await _add(product, position, collections[product.collection], pictures)
    return len(PRODUCTS)


async def has_products() -> bool:
    return await Product.exists()


@dataclass(frozen=True, slots=True)
class Kept:
    """A drawing that lies in SHOP_MEDIA under its digest."""

    digest: str
    width: int
    height: int


def _kept(file: Path) -> Kept:
    content = file.read_bytes()
    digest = keep(content, "svg")
    size = SIZE.search(content.decode())
    assert size is not None, f"{file.name} says its width and height"
    return Kept(digest, int(size[1]), int(size[2]))


async def _collections() -> dict[str, int]:
    """Those that stand already are used as they are."""
    for position, one in enumerate(COLLECTIONS):
        if not await Collection.exists().where(Collection.slug == one.slug):
            await Collection(
                slug=one.slug, title=one.title, description=one.description, position=position
            ).save()
    return {row["slug"]: row["id"] for row in await Collection.select(Collection.id, Collection.slug)}


async def _add(demo: DemoProduct, position: int, collection: int, pictures: dict[str, Kept]) -> None:
    names = (*demo.option_names, "", "", "")
    product = Product(
        slug=demo.slug,
        title=demo.title,
        summary=demo.summary,
        description=demo.description,
        collection=collection,
        option1=names[0],
        option2=names[1],
        option3=names[2],
        featured=demo.featured,
        position=position,
        created_at=clock.now(),
    )
    await product.save()
    shown: list[tuple[DemoPicture, int | None]] = [(demo.pictures[0], None)] if demo.pictures else []
    for place, variant in enumerate(demo.variants):
        row = await _add_variant(product, demo, place)
        if variant.picture is not None:
            shown.append((variant.picture, row.id))
    of_variants = {variant.picture for variant in demo.variants}
    shown += [(picture, None) for picture in demo.pictures[1:] if picture not in of_variants]
    for place, (picture, owner) in enumerate(shown):
        await _hang(picture, pictures[picture.file], product, owner, place)


async def _add_variant(product: Product, demo: DemoProduct, place: int) -> Variant:
    variant = demo.variants[place]
    values = (*variant.options, "", "", "")
    row = Variant(
        product=product.id,
        sku=variant.sku,
        option1=values[0],
        option2=values[1],
        option3=values[2],
        price=believable(settings().currency, variant.price),
        currency=settings().currency,
        on_hand=variant.on_hand,
        position=place,
    )
    await row.save()
    await prices.begin([(row.id, row.price, row.currency)])
    return row


async def _hang(picture: DemoPicture, kept: Kept, product: Product, owner: int | None, place: int) -> None:
    await Picture(
        product=product.id,
        variant=owner,
        position=place,
        alt=picture.alt,
        width=kept.width,
        height=kept.height,
        digest=kept.digest,
        extension="svg",
        name=picture.file,
        source=kept.digest,
    ).save()
