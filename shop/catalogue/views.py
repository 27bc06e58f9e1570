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
class Step:
    """One step of the way from the home page to here; addresses have no language's prefix."""

    title: str
    address: str


@dataclass(frozen=True, slots=True)
class CollectionLink:
    slug: str
    title: str
    description: str
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class CollectionTile:
    slug: str
    title: str
    description: str
    picture: Picture | None


@dataclass(frozen=True, slots=True)
class Card:
    """One product in a list. `price` is the lowest; `from_price` says that there are dearer variants.

    `sku` is the variant that its link opens, where the list is about variants.
    """

    slug: str
    title: str
    summary: str
    price: Money
    from_price: bool
    left: int
    picture: Picture | None
    sku: str = ""
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
    picture: Picture | None = None
    reduction: Reduction | None = None

    @property
    def sold_out(self) -> bool:
        return self.left <= 0

    @property
    def few_left(self) -> bool:
        return 0 < self.left <= FEW


@dataclass(frozen=True, slots=True)
class OptionValue:
    """One value of one option: `sku` is the variant it leads to.

    `elsewhere` names what of the other options changes with it, where no variant has it together with them.
    """

    label: str
    sku: str
    chosen: bool
    sold_out: bool
    elsewhere: str = ""


@dataclass(frozen=True, slots=True)
class OptionGroup:
    name: str
    chosen: str
    values: tuple[OptionValue, ...]


@dataclass(frozen=True, slots=True)
class ProductPage:
    """`chosen` is always one of `choices`; a product without options has exactly one choice."""

    slug: str
    title: str
    summary: str
    paragraphs: tuple[str, ...]
    collection: CollectionLink
    choices: tuple[Choice, ...]
    chosen: Choice
    options: tuple[OptionGroup, ...]
    pictures: tuple[Picture, ...]
    trail: tuple[Step, ...]
    related: tuple[Card, ...]

    @property
    def price(self) -> Money:
        return self.chosen.price

    @property
    def available(self) -> bool:
        return not self.chosen.sold_out

    @property
    def sold_out(self) -> bool:
        return all(choice.sold_out for choice in self.choices)


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
    """How many of a variant the shopper's cart holds; `said` is about what was just asked of it."""

    quantity: int
    said: str = ""


@dataclass(frozen=True, slots=True)
class InCart:
    """What the shopper's cart holds, by SKU. The catalogue is told; it does not know carts."""

    quantities: dict[str, int]
    said: dict[str, str]

    def of(self, sku: str) -> Added | None:
        quantity = self.quantities.get(sku)
        return Added(quantity, self.said.get(sku, "")) if quantity else None
