"""What order templates are given: finished values, frozen."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b

from shop.catalogue.views import Picture
from shop.money import Money
from shop.site import STANDARD

MOST = 999
# Stripe takes no more lines than this in one Checkout Session.
MOST_LINES = 100


NUMBERS = 2**48


def number_of(shown: object) -> int:
    """Stands for all that is shown of it: another one, another number."""
    return int.from_bytes(blake2b(repr(shown).encode(), digest_size=6).digest())


@dataclass(frozen=True, slots=True)
class LineView:
    """One line. `left` is how many could be bought now; a placed line has none of that to tell.

    `said` is about what was just asked of it, `typed` is that where it was no number.
    """

    token: str
    sku: str
    title: str
    options: str
    slug: str
    picture: Picture | None
    unit_price: Money
    quantity: int
    total: Money
    left: int
    tax_class: str = STANDARD
    is_sent: bool = True
    said: str = ""
    typed: str | None = None

    @property
    def called(self) -> str:
        return f"{self.title}, {self.options}" if self.options else self.title

    @property
    def drawn(self) -> int:
        return number_of(self)

    @property
    def wrong(self) -> bool:
        return self.typed is not None

    @property
    def short(self) -> bool:
        """The cart asks for more than there is: it must be lowered before paying."""
        return self.quantity > self.left

    @property
    def all_of_them(self) -> bool:
        return 0 < self.left == self.quantity < MOST


@dataclass(frozen=True, slots=True)
class CartView:
    """The shopper's cart; an empty one has no token and version 0."""

    token: str
    version: int
    lines: tuple[LineView, ...]
    total: Money

    @property
    def count(self) -> int:
        return sum(line.quantity for line in self.lines)

    @property
    def short(self) -> bool:
        return any(line.short for line in self.lines)

    @property
    def is_sent(self) -> bool:
        """Something in it needs a parcel."""
        return any(line.is_sent for line in self.lines)


@dataclass(frozen=True, slots=True)
class Totals:
    """What an order comes to, row by row; without `delivery_title` nothing is sent."""

    lines: Money
    discount: Money
    delivery: Money
    delivery_title: str
    tax_added: Money
    tax_included: Money
    total: Money

    @property
    def is_sum(self) -> bool:
        """There is more to tell than the total alone."""
        return bool(self.delivery_title or self.discount or self.tax_added)


@dataclass(frozen=True, slots=True)
class Removed:
    """What was just taken out, so that it can be put back."""

    sku: str
    title: str
    quantity: int


@dataclass(frozen=True, slots=True)
class WaitingOrder:
    """A placed order that is not paid yet, as the cart page shows it."""

    token: str
    number: str
    status: str
    total: Money
    count: int
    in_review: bool


@dataclass(frozen=True, slots=True)
class OrderView:
    """A placed order as its page shows it. `status` is pending, processing, paid or cancelled.

    `returned` went back of what paid for it, `given_back` of payments that should not have come.
    `address` is written line by line; whoever is not the owner is told where it goes, not to whom.
    """

    token: str
    number: str
    status: str
    email: str
    lines: tuple[LineView, ...]
    totals: Totals
    address: tuple[str, ...]
    placed_at: datetime
    paid_at: datetime | None
    charge_id: str | None
    returned: Money
    given_back: Money
    in_review: bool

    @property
    def all_returned(self) -> bool:
        return self.returned.minor >= self.totals.total.minor > 0

    @property
    def count(self) -> int:
        return sum(line.quantity for line in self.lines)
