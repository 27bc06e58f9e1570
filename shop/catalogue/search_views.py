"""What the search page is given."""

from dataclasses import dataclass
from urllib.parse import quote

from shop.catalogue.views import Card


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a text; `hit`: it is what was looked for."""

    text: str
    hit: bool


@dataclass(frozen=True, slots=True)
class Hit:
    """`excerpt` is empty where the title says it already; of a variant it says which one."""

    card: Card
    title: tuple[Part, ...]
    excerpt: tuple[Part, ...] = ()

    @property
    def address(self) -> str:
        """Without a language's prefix."""
        chosen = f"?variant={quote(self.card.sku)}" if self.card.sku else ""
        return f"/products/{self.card.slug}{chosen}"


@dataclass(frozen=True, slots=True)
class Suggestion:
    slug: str
    title: str


@dataclass(frozen=True, slots=True)
class Found:
    """One page, with room for `size`, of what goes by `typed`.

    `close`: nothing goes by it exactly, this is spelt nearly so. Where nothing is even close, `suggestions`
    has the nearest titles.
    """

    typed: str
    hits: tuple[Hit, ...] = ()
    total: int = 0
    page: int = 1
    pages: int = 1
    size: int = 0
    sort: str = ""
    close: bool = False
    suggestions: tuple[Suggestion, ...] = ()
