"""A shelf: everything, or one collection, narrowed, sorted and cut into pages."""

from dataclasses import replace
from itertools import groupby
from urllib.parse import quote

from shop.catalogue import facets, listing
from shop.catalogue.facets import Counts
from shop.catalogue.narrowing import OPTION, Narrowing, where
from shop.catalogue.renaming import no_collection_at
from shop.catalogue.shelf_views import Chip, Facet, FacetValue, PriceFilter, Shelf
from shop.catalogue.sizes import in_order
from shop.catalogue.views import CollectionLink, Listing, Step
from shop.money import Money
from shop.settings import settings
from shop.web.words import gettext, later

SORTS = (
    ("", later("Recommended")),
    ("price", later("Lowest price")),
    ("-price", later("Highest price")),
    ("newest", later("Newest")),
    ("name", later("Name")),
)
# Nobody reads through more; what is chosen is always among them.
MOST_FACETS, MOST_VALUES = 6, 24


async def everything(asked: Narrowing) -> Shelf:
    return await _shelf("/products", (Step(gettext("All products"), "/products"),), "", [], asked)


async def in_collection(slug: str, asked: Narrowing) -> tuple[tuple[CollectionLink, ...], Shelf]:
    """All collections, the one that was asked for chosen among them, and its shelf."""
    links = tuple(replace(each, chosen=each.slug == slug) for each in await listing.collections())
    chosen = next((each for each in links if each.chosen), None)
    if chosen is None:
        raise await no_collection_at(slug)
    path = f"/collections/{quote(slug)}"
    steps = (Step(gettext("Collections"), "/collections"), Step(chosen.title, path))
    scope = 'AND p."collection" = (SELECT "id" FROM "collection" WHERE "slug" = {})'
    return links, await _shelf(path, steps, scope, [slug], asked)


async def _shelf(
    path: str, steps: tuple[Step, ...], scope: str, values: list[object], asked: Narrowing
) -> Shelf:
    """An option that no product here has, and a page past the end, give way to what there is."""
    counts = await facets.count(scope, values, asked)
    known = facets.occurring(asked, counts)
    if known != asked.options:
        asked = replace(asked, options=known)
        counts = await facets.count(scope, values, asked)
    pages = max(1, -(-counts.products // listing.PAGE_SIZE))
    asked = replace(asked, page=min(asked.page, pages))
    narrowed, bounds = where(asked)
    cards = await listing.one_page(
        scope + narrowed, [*values, *bounds], asked.sort, asked.page, of_variants=bool(asked.options)
    )
    return Shelf(
        listing=Listing(cards, counts.products, asked.page, pages, asked.sort),
        of=counts.of,
        path=path,
        trail=(Step(gettext("Home"), "/"), *steps),
        address=path + asked.query(),
        before=path + asked.query(page=asked.page - 1) if asked.page > 1 else "",
        after=path + asked.query(page=asked.page + 1) if asked.page < pages else "",
        sorts=tuple((name, gettext(label)) for name, label in SORTS),
        facets=_facets(asked, counts),
        prices=_prices(asked, counts),
        in_stock=asked.in_stock,
        here=counts.here,
        chips=_chips(path, replace(asked, page=1)),
        cleared=path + Narrowing(sort=asked.sort).query(),
    )


def _facets(asked: Narrowing, counts: Counts) -> tuple[Facet, ...]:
    """The options that can tell these products apart, the most frequent first."""
    rows = sorted(counts.options, key=lambda row: (row["name"], row["place"], row["value"]))
    frequency: dict[str, int] = {}
    found = []
    for name, told in groupby(rows, key=lambda row: str(row["name"])):
        all_of_it = list(told)
        values = [
            FacetValue(row["value"], row["products"], (name, row["value"]) in asked.options)
            for row in all_of_it
        ]
        order = in_order([value.label for value in values])
        values.sort(key=lambda value: order.index(value.label))
        shown = [value for value in values if value.count or value.chosen]
        cut = [value for nth, value in enumerate(shown) if nth < MOST_VALUES or value.chosen]
        frequency[name] = sum(row["of"] for row in all_of_it)
        if len(values) > 1 and cut:
            found.append(Facet(name, OPTION + name, tuple(cut)))
    found.sort(key=lambda facet: (-frequency[facet.name], facet.name))
    chosen = {name for name, _ in asked.options}
    return tuple(facet for nth, facet in enumerate(found) if nth < MOST_FACETS or facet.name in chosen)


def _prices(asked: Narrowing, counts: Counts) -> PriceFilter:
    currency = settings().currency
    least_error, most_error = asked.errors
    lowest, highest = Money(counts.lowest, currency), Money(counts.highest, currency)
    return PriceFilter(asked.least, asked.most, least_error, most_error, lowest, highest)


def _chips(path: str, asked: Narrowing) -> tuple[Chip, ...]:
    currency = settings().currency
    chips = [
        Chip(f"{name}: {value}", path + asked.query(options=asked.without((name, value))))
        for name, value in asked.options
    ]
    least, most = asked.prices
    if least is not None:
        chips.append(Chip(gettext("From"), path + asked.query(least=""), Money(least, currency)))
    if most is not None:
        chips.append(Chip(gettext("Up to"), path + asked.query(most=""), Money(most, currency)))
    if asked.in_stock:
        chips.append(Chip(gettext("In stock"), path + asked.query(in_stock=False)))
    return tuple(chips)
