"""From rows to products and variants as the file wants them; whatever the file alone can tell is checked."""

from dataclasses import dataclass, field
from typing import Any

from shop.catalogue.exchange import cells
from shop.catalogue.exchange.columns import OF_PRODUCT
from shop.catalogue.exchange.reading import Problem, Row, Sheet
from shop.catalogue.exchange.values import pictures_of, value

# What these are called in the tables.
NAMES = {"sent": "is_sent", "value1": "option1", "value2": "option2", "value3": "option3"}
PLAIN_OF_PRODUCT = tuple(name for name in OF_PRODUCT if name not in ("pictures", "alt"))
PLAIN_OF_VARIANT = ("value1", "value2", "value3", "price", "compare_at", "on_hand", "retired")


@dataclass(frozen=True, slots=True)
class WantedPicture:
    """Without `alt` it keeps the words that it has."""

    name: str
    alt: str


@dataclass(frozen=True, slots=True)
class WantedVariant:
    """`fields` has what the file says and nothing else; `pictures` are its own, None where none is said."""

    row: int
    sku: str
    fields: dict[str, Any]
    pictures: tuple[WantedPicture, ...] | None


@dataclass(slots=True)
class WantedProduct:
    """`named`: the file says its address itself."""

    row: int
    slug: str
    named: bool = False
    fields: dict[str, Any] = field(default_factory=dict)
    pictures: tuple[WantedPicture, ...] | None = None
    variants: list[WantedVariant] = field(default_factory=list)


def gathered(
    sheet: Sheet, currency: str, homes: dict[str, tuple[str, str]]
) -> tuple[list[WantedProduct], list[Problem]]:
    """`homes` has address and title of the product that a known SKU belongs to."""
    problems: list[Problem] = []
    products: dict[str, WantedProduct] = {}
    rows: dict[str, list[Row]] = {}
    skus: dict[str, int] = {}
    current = ""
    moved: dict[str, str] = {}
    for row in sheet.rows:
        home = homes.get(row.cells["sku"], ("", ""))
        current = _slug(row, current, (moved.get(home[0], home[0]), home[1]), problems)
        if not current:
            continue
        if home[0] and row.cells.get("product"):
            # The rows below, which leave the product out, move along with the first one.
            moved.setdefault(home[0], current)
        product = products.setdefault(
            current, WantedProduct(row.number, current, named=bool(row.cells.get("product")))
        )
        rows.setdefault(current, []).append(row)
        variant = _variant(row, currency, problems)
        if not variant.sku:
            problems.append(Problem(row.number, "sku", "Every row needs a SKU."))
        elif variant.sku in skus:
            problems.append(Problem(row.number, "sku", f"{variant.sku} is in row {skus[variant.sku]}."))
        skus.setdefault(variant.sku, row.number)
        product.variants.append(variant)
    for slug, product in products.items():
        _fill(product, rows[slug], currency, problems)
    return list(products.values()), problems


def _slug(row: Row, current: str, known: tuple[str, str], problems: list[Problem]) -> str:
    """Which product a row is about: what it says, where its SKU belongs, what its title makes, or as above.

    A SKU does not take another title along by itself: it may be a new product with a number that is taken.
    """
    slug, title = row.cells.get("product", ""), row.cells.get("title", "")
    home, called = known
    slug = slug or (home if title in ("", called) else "")
    if not slug and not title:
        if not current:
            problems.append(Problem(row.number, "product", "The first row needs a product or a title."))
        return current
    made = slug or cells.slug_of(title) or cells.slug_of(row.cells["sku"])
    if len(made) > 100 or not cells.SLUG.fullmatch(made):
        sentence = "This becomes an address: small letters, digits and single hyphens, at most 100."
        problems.append(Problem(row.number, "product", sentence))
        return ""
    return made


def _variant(row: Row, currency: str, problems: list[Problem]) -> WantedVariant:
    fields = {}
    for column in PLAIN_OF_VARIANT:
        if column in row.cells:
            told = value(column, row, currency, problems)
            if told is not None or column == "compare_at":
                fields[NAMES.get(column, column)] = told
    sku = value("sku", row, currency, problems)
    pictures = _pictures(row, "variant_pictures", "variant_alt", problems)
    return WantedVariant(row.number, str(sku or ""), fields, pictures)


def _fill(product: WantedProduct, rows: list[Row], currency: str, problems: list[Problem]) -> None:
    """A product's own columns stand in its first row; below they are repeated or empty."""
    told: dict[str, Row] = {}
    for column in OF_PRODUCT:
        for row in rows:
            if not row.cells.get(column):
                continue
            first = told.setdefault(column, row)
            if row.cells[column] != first.cells[column]:
                sentence = f"The same product says something else in row {first.number}."
                problems.append(Problem(row.number, column, sentence))
    for column in PLAIN_OF_PRODUCT:
        if column in rows[0].cells:
            read = value(column, told.get(column, rows[0]), currency, problems)
            if read is not None:
                product.fields[NAMES.get(column, column)] = read
    if "pictures" in rows[0].cells or "alt" in rows[0].cells:
        whole = {name: told[name].cells[name] if name in told else "" for name in ("pictures", "alt")}
        whole = {name: text for name, text in whole.items() if name in rows[0].cells}
        at = told.get("pictures", told.get("alt", rows[0])).number
        product.pictures = _pictures(Row(at, whole), "pictures", "alt", problems)


def _pictures(
    row: Row, column: str, alt_column: str, problems: list[Problem]
) -> tuple[WantedPicture, ...] | None:
    names = pictures_of(row, column, alt_column, problems)
    return None if names is None else tuple(WantedPicture(name, alt) for name, alt in names)
