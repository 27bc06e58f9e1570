"""What order templates are given: finished values, frozen."""

from dataclasses import dataclass
from datetime import datetime

from shop.catalogue.views import Picture
from shop.money import Money

MOST = 999
# Stripe takes no more lines than this in one Checkout Session.
MOST_LINES = 100


@dataclass(frozen=True, slots=True)
class LineView:
    """One line. `left` is how many could be bought now; a placed line has none of that to tell."""

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
    """

    token: str
    number: str
    status: str
    email: str
    lines: tuple[LineView, ...]
    total: Money
    placed_at: datetime
    paid_at: datetime | None
    charge_id: str | None
    returned: Money
    given_back: Money
    in_review: bool

    @property
    def count(self) -> int:
        return sum(line.quantity for line in self.lines)
