"""What an import is going to do, before it does any of it."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from shop.catalogue.exchange.making import Folder
from shop.catalogue.exchange.reading import Problem
from shop.catalogue.exchange.stock_taking import Shelves


@dataclass(frozen=True, slots=True)
class Manner:
    """How the merchant wants it: `stock` counts what is known too, `retire_missing` clears the shelves."""

    currency: str
    folder: Folder
    stock: bool = False
    retire_missing: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """`what` is added, changed or retired; without a SKU it is the product. `fields`: before and after."""

    what: str
    product: str
    sku: str
    fields: dict[str, tuple[Any, Any]]


@dataclass(frozen=True, slots=True)
class Hung:
    """One picture in its place: one that hangs in the shop already, or one to be made from a file."""

    sku: str | None
    name: str
    alt: str
    known: dict[str, Any] | None
    source: str


@dataclass(slots=True)
class Plan:
    """Products by slug, variants by SKU where they are new, by id where they are known."""

    at: datetime
    shelves: Shelves
    collections: dict[str, str] = field(default_factory=dict)
    renamed: dict[int, tuple[str, str]] = field(default_factory=dict)
    new_products: dict[str, dict[str, Any]] = field(default_factory=dict)
    products: dict[int, dict[str, Any]] = field(default_factory=dict)
    new_variants: dict[str, tuple[str, dict[str, Any]]] = field(default_factory=dict)
    variants: dict[int, dict[str, Any]] = field(default_factory=dict)
    prices: dict[int, tuple[int, int | None]] = field(default_factory=dict)
    counts: dict[int, tuple[int, int]] = field(default_factory=dict)
    galleries: dict[str, list[Hung]] = field(default_factory=dict)
    changes: dict[tuple[str, str], Change] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def sources(self) -> set[str]:
        """The pictures that have to be made."""
        return {hung.source for gallery in self.galleries.values() for hung in gallery if hung.known is None}

    def note(self, what: str, product: str, sku: str, fields: dict[str, tuple[Any, Any]]) -> None:
        """Of two notes about the same one, the first says what happens to it."""
        change = self.changes.setdefault((product, sku), Change(what, product, sku, {}))
        change.fields.update(fields)

    def bad(self, row: int, column: str, sentence: str) -> None:
        self.problems.append(Problem(row, column, sentence))
