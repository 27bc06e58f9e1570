"""From the bytes of a CSV file to rows of cells, known by the names of their columns."""

import csv
import io
from dataclasses import dataclass

from shop.catalogue.exchange import cells
from shop.catalogue.exchange.columns import COLUMNS, NOTE

LARGEST = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Problem:
    """`row` is what a spreadsheet calls it: the head is row 1. Without a column it is about the row."""

    row: int
    column: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Row:
    number: int
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class Sheet:
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


def sheet(content: bytes) -> Sheet | list[Problem]:
    if len(content) > LARGEST:
        return [Problem(0, "", f"The file is larger than {LARGEST // 1024 // 1024} MB; cut it into several.")]
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return [Problem(0, "", "The file is not in UTF-8; save it as “CSV UTF-8”.")]
    head = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        told = list(reader)
    except csv.Error as problem:
        return [Problem(reader.line_num, "", f"The file is no CSV from this line on: {problem}.")]
    return _named(told)


def _named(told: list[list[str]]) -> Sheet | list[Problem]:
    if not told or not any(told[0]):
        return [Problem(1, "", "The first row must name the columns, such as sku and price.")]
    columns = tuple(name.strip().lower().replace(" ", "_") for name in told[0])
    problems = _head(columns)
    rows = []
    for number, cells_of_row in enumerate(told[1:], 2):
        if not any(cell.strip() for cell in cells_of_row):
            continue
        if any(cell.strip() for cell in cells_of_row[len(columns) :]):
            problems.append(
                Problem(number, "", f"It has more cells than the head, which has {len(columns)}.")
            )
            continue
        full = [*cells_of_row, *[""] * (len(columns) - len(cells_of_row))]
        rows.append(
            Row(number, {name: cells.read(full[place]) for place, name in enumerate(columns) if name})
        )
    if not rows and not problems:
        problems.append(Problem(2, "", "There is nothing below the head."))
    return problems or Sheet(columns, tuple(rows))


def _head(columns: tuple[str, ...]) -> list[Problem]:
    problems = []
    for place, name in enumerate(columns):
        if name in columns[:place] and name:
            problems.append(Problem(1, name, "This column is there twice."))
        elif name and name not in COLUMNS and not name.startswith(NOTE):
            sentence = f"There is no such column; a note of yours begins with #. Known: {', '.join(COLUMNS)}."
            problems.append(Problem(1, name, sentence))
    if "sku" not in columns:
        problems.append(Problem(1, "sku", "This column is needed: it says which variant a row is about."))
    return problems
