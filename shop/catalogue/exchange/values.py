"""What a cell of a column may say; whatever else stands there is a problem of that row and column."""

from typing import Any

from shop.catalogue.counting import MOST
from shop.catalogue.exchange import cells
from shop.catalogue.exchange.columns import LONGEST, LONGEST_ALT, LONGEST_NAME
from shop.catalogue.exchange.reading import Problem, Row
from shop.money import typed
from shop.site import STANDARD, site
from shop.web.forms import whole_number


def value(column: str, row: Row, currency: str, problems: list[Problem]) -> Any:
    """What the cell says; None where it says nothing or something that cannot be."""
    text = row.cells.get(column, "")
    read, sentence = _read(column, text, currency)
    if sentence:
        problems.append(Problem(row.number, column, sentence))
    return read


def pictures_of(
    row: Row, column: str, alt_column: str, problems: list[Problem]
) -> list[tuple[str, str]] | None:
    """Names of files, each with its words; None where the file has no such column."""
    names, alts = cells.listed(row.cells.get(column, "")), cells.listed(row.cells.get(alt_column, ""))
    if alts and len(alts) != len(names):
        sentence = f"There are {len(names)} pictures and {len(alts)} texts for them; both are divided by |."
        problems.append(Problem(row.number, alt_column, sentence))
        return None
    if not all(0 < len(name) <= LONGEST_NAME for name in names):
        problems.append(Problem(row.number, column, "A name between two bars is missing or too long."))
    if len(set(names)) < len(names):
        problems.append(Problem(row.number, column, "A picture is named twice."))
    if not all(len(alt) <= LONGEST_ALT for alt in alts):
        problems.append(Problem(row.number, alt_column, f"A text has at most {LONGEST_ALT} characters."))
    if column not in row.cells:
        return None
    return list(zip(names, alts or [""] * len(names), strict=True))


def _read(column: str, text: str, currency: str) -> tuple[Any, str]:
    if column in ("price", "compare_at"):
        return _price(text, currency)
    if column in ("sent", "featured", "retired"):
        return _flag(column, text)
    if column in ("on_hand", "position"):
        return _number(text)
    if len(text) > LONGEST[column]:
        return None, f"This has {len(text)} characters; there is room for {LONGEST[column]}."
    if "\n" in text and column != "description":
        return None, "This must be one line."
    if column == "tax_class":
        return _tax_class(text or STANDARD)
    if column == "title":
        # A product always has one; an empty cell leaves what there is.
        return text or None, ""
    return text, ""


def _price(text: str, currency: str) -> tuple[int | None, str]:
    if not text:
        return None, ""
    amount = typed(text, currency)
    if amount is None:
        example = "1234" if typed("12.34", currency) is None else "12.34 or 12,34"
        return (
            None,
            f"{text!r} is no price in {currency}; write {example}, without a sign and without thousands.",
        )
    return amount, ""


def _flag(column: str, text: str) -> tuple[bool | None, str]:
    if not text and column == "sent":
        return True, ""
    read = cells.flag(text)
    return read, "" if read is not None else f"{text!r} is neither yes nor no."


def _number(text: str) -> tuple[int | None, str]:
    if not text:
        return None, ""
    read = whole_number(text, 0, MOST)
    return read, "" if read is not None else f"{text!r} is no whole number from 0 to {MOST}."


def _tax_class(name: str) -> tuple[str | None, str]:
    known = {STANDARD} | {each for taxes in site().taxes for each in taxes.rates}
    if site().taxes and name not in known:
        return None, f"shop.toml has no rate for {name!r}; it has {', '.join(sorted(known))}."
    return name, ""
