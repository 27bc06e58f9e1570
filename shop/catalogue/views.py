"""What catalogue templates are given: finished values, frozen."""

from dataclasses import dataclass

from shop.catalogue.prices import Reduction
from shop.money import Money

FEW = 5


@dataclass(frozen=True, slots=True)
class Source:
    """The same picture in one format, in several widths: `srcset` as HTML wants it."""

    media_type: str
    srcset: str


@dataclass(frozen=True, slots=True)
class Picture:
    """`sources` come in the order of preference; a drawing has none."""

    url: str
    alt: str
    width: int
    height: int
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class CollectionLink:
    slug: str
    title: str
    description: str
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """One product in a list. `price` is the lowest; `from_price` says that there are dearer variants."""

    slug: str
    title: str
    summary: str
    price: Money
    from_price: bool
    left: int
    picture: Picture | None
    featured: bool = False
    reduction: Reduction | None = None

    @property
    def sold_out(self) -> bool:
        return self.left <= 0

    @property
    def few_left(self) -> bool:
        return 0 < self.left <= FEW


@dataclass(frozen=True, slots=True)
class Choice:
    """One variant in the chooser: `label` is its option values ("Clay / Large")."""

    sku: str
    label: str
    price: Money
    left: int
    chosen: bool
    reduction: Reduction | None = None

    @property
    def sold_out(self) -> bool:
        return self.left <= 0

    @property
    def few_left(self) -> bool:
        return 0 < self.left <= FEW


@dataclass(frozen=True, slots=True)
class ProductPage:
    """`chosen` is always one of `choices`; a product without options has exactly one choice."""

    slug: str
    title: str
    summary: str
    paragraphs: tuple[str, ...]
    collection: CollectionLink
    option_names: tuple[str, ...]
    choices: tuple[Choice, ...]
    chosen: Choice
    pictures: tuple[Picture, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """Cards of a collection or a search, one page of them."""

    cards: tuple[Card, ...]
    total: int
    page: int
    pages: int
    sort: str


@dataclass(frozen=True, slots=True)
class Added:
    """What the cart holds of a variant after an add; `short` when that is all there is."""

    quantity: int
    short: bool
