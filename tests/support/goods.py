"""Products for tests, put straight onto the shelves."""

from collections.abc import Awaitable, Callable
from itertools import count

from shop import clock
from shop.catalogue.tables import Product, Variant
from shop.settings import settings

numbers = count(1)
# How many there were of each variant when this test began to sell them.
shelved: dict[int, int] = {}

# What the fixture `goods` is.
Goods = Callable[..., Awaitable[Variant]]


async def put_on_sale(
    slug: str | None = None,
    *,
    title: str | None = None,
    price: int = 1200,
    stock: int = 10,
    sku: str | None = None,
    choices: dict[str, int] | None = None,
) -> Variant:
    """A product and its one variant, which is returned; with `choices` one for each, with that stock."""
    number = next(numbers)
    slug = slug or f"mug-{number}"
    title = title or slug.replace("-", " ").capitalize()
    product = Product(
        slug=slug,
        title=title,
        description=f"A good {title.lower()}.",
        option1="Kind" if choices else "",
        position=number,
        created_at=clock.now(),
    )
    await product.save()
    variants = [
        Variant(
            product=product.id,
            sku=f"{sku or slug.upper()}{'-' + name.upper() if name else ''}",
            option1=name,
            price=price,
            currency=settings().currency,
            on_hand=on_hand,
            position=place,
        )
        for place, (name, on_hand) in enumerate((choices or {"": stock}).items())
    ]
    for variant in variants:
        await variant.save()
        shelved[variant.id] = variant.on_hand
    return variants[0]
