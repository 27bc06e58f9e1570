"""What the template of a shelf is given: cards, and what the list can be narrowed and sorted by."""

from dataclasses import dataclass

from shop.catalogue.views import Listing, Step
from shop.money import Money


@dataclass(frozen=True, slots=True)
class FacetValue:
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """An option of the products, such as Colour; `field` is what a form calls it."""

    name: str
    field: str
    values: tuple[FacetValue, ...]


@dataclass(frozen=True, slots=True)
class PriceFilter:
    """`least` and `most` as they were typed, what is wrong with them, and what there is."""

    least: str
    most: str
    least_error: str
    most_error: str
    lowest: Money
    highest: Money


@dataclass(frozen=True, slots=True)
class Chip:
    """One thing that the list is narrowed to; `address` is the list without it."""

    label: str
    address: str
    amount: Money | None = None


@dataclass(frozen=True, slots=True)
class Shelf:
    """`address` is the one address of this state, `path` that of the whole list; both without a prefix.

    `of` is how many products the whole list has, `cleared` the list with nothing left out. `before` and
    `after` are the neighbouring pages' addresses.
    """

    listing: Listing
    of: int
    path: str
    trail: tuple[Step, ...]
    address: str
    before: str
    after: str
    sorts: tuple[tuple[str, str], ...]
    facets: tuple[Facet, ...]
    prices: PriceFilter
    in_stock: bool
    here: int
    chips: tuple[Chip, ...]
    cleared: str
