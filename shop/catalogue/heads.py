"""How the pages of the catalogue are found: their one address, a preview, and data for search engines."""

from collections.abc import Iterable
from urllib.parse import quote

from shop.catalogue.shelf_views import Shelf
from shop.catalogue.views import Card, Choice, CollectionLink, Picture, ProductPage, Step
from shop.money import plain
from shop.settings import settings
from shop.site import site
from shop.web.head import Head, Shared, absolute, head
from shop.web.linked_data import Thing, as_data, crumbs, told
from shop.web.words import gettext

# What previews can show: a drawing or an AVIF they leave out.
SHARED = (".webp", ".jpg", ".png")
# The options that search engines know, in the languages that the shop comes with.
KNOWN = {"colour": "color", "color": "color", "farbe": "color", "size": "size", "größe": "size",
    "material": "material", "pattern": "pattern", "muster": "pattern"}  # fmt: skip


def of_home(featured: tuple[Card, ...], collections: tuple[CollectionLink, ...]) -> Head:
    """What the shop says of itself, or what its collections say."""
    told = site().look.sentence or " ".join(each.description or f"{each.title}." for each in collections)
    return head("/", told or settings().name, picture=_shared(card.picture for card in featured))


def of_collections() -> Head:
    title, address = gettext("Collections"), "/collections"
    return head(address, title, data=as_data(crumbs([(gettext("Home"), "/"), (title, address)])))


def of_shelf(shelf: Shelf, description: str) -> Head:
    """Each page of the whole list has an address of its own; sorted or narrowed, it is still that list."""
    paged = f"{shelf.path}?page={shelf.listing.page}"
    return head(
        paged if shelf.address == paged else shelf.path,
        description,
        picture=_shared(card.picture for card in shelf.listing.cards),
        data=as_data(_crumbs(shelf.trail)),
    )


def of_product(page: ProductPage) -> Head:
    return head(
        f"/products/{page.slug}",
        page.summary or " ".join(page.paragraphs) or page.title,
        kind="product",
        picture=_shared(page.pictures),
        data=as_data(_product(page), _crumbs(page.trail)),
    )


def _product(page: ProductPage) -> Thing:
    address = f"/products/{page.slug}"
    common = told(
        name=page.title,
        description=page.summary or " ".join(page.paragraphs),
        url=absolute(address),
        image=[settings().url + picture.url for picture in page.pictures],
    )
    if len(page.choices) == 1:
        return {"@type": "Product", **common, "sku": page.chosen.sku, "offers": _offer(page.chosen, address)}
    names = [group.name.lower() for group in page.options]
    varies = [f"https://schema.org/{KNOWN[name]}" for name in names if name in KNOWN]
    return told(
        type_="ProductGroup",
        **common,
        productGroupID=page.slug,
        variesBy=varies,
        hasVariant=[_variant(page, choice) for choice in page.choices],
    )


def _variant(page: ProductPage, choice: Choice) -> Thing:
    address = f"/products/{page.slug}?variant={quote(choice.sku, safe='')}"
    return told(
        type_="Product",
        name=f"{page.title} ({choice.label})",
        sku=choice.sku,
        image=settings().url + choice.picture.url if choice.picture else "",
        offers=_offer(choice, address),
    )


def _offer(choice: Choice, address: str) -> Thing:
    return {
        "@type": "Offer",
        "url": absolute(address),
        "price": plain(choice.price),
        "priceCurrency": choice.price.currency,
        "availability": f"https://schema.org/{'OutOfStock' if choice.sold_out else 'InStock'}",
        "itemCondition": "https://schema.org/NewCondition",
        "seller": {"@id": f"{settings().url}/#shop"},
    }


def _crumbs(trail: tuple[Step, ...]) -> Thing:
    return crumbs((step.title, step.address) for step in trail)


def _shared(pictures: Iterable[Picture | None]) -> Shared | None:
    """The first one that previews can show."""
    for picture in pictures:
        if picture is not None and picture.url.endswith(SHARED):
            return Shared(settings().url + picture.url, picture.width, picture.height, picture.alt)
    return None
