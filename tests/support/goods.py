"""Products for tests, put straight onto the shelves."""

from itertools import count

from shop import clock
from shop.catalogue.tables import Product, Variant
from shop.settings import settings

numbers = count(1)


async def put_on_sale(
    slug: str | None = None,
    *,
    title: str | None = None,
    price: int = 1200,
    stock: int = 10,
    sku: str | None = None,
    choices: dict[str, int] | None = None,
) -> Variant:
    """A product with one variant, which is returned; with `choices` one for each, named and with that stock."""
    number = next(numbers)
    slug = slug or f"mug-{number}"
    title = title or slug.replace("-", " ").capitalize()
    product = Product(
        slug=slug, title=title, description=f"A good {title.lower()}.", option1="Kind" if choices else "",
        position=number, created_at=clock.now(),
    )  # fmt: skip
    await product.save()
    variants = [
        Variant(
            product=product.id, sku=f"{sku or slug.upper()}{'-' + name.upper() if name else ''}", option1=name, price=price,
            currency=settings().currency, on_hand=on_hand, position=place,
        )
        for place, (name, on_hand) in enumerate((choices or {"": stock}).items())
    ]  # fmt: skip
    for variant in variants:
        await variant.save()
    return variants[0]
