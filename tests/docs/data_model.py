"""Writes docs/data-model.md and the README's figure 1 from the tables: `python -m tests.docs.data_model`."""

import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

from piccolo.columns import Column, ForeignKey
from piccolo.conf.apps import AppConfig
from piccolo.table import Table

HERE = Path(__file__).parents[2]
PAGE = HERE / "docs" / "data-model.md"
README = HERE / "README.md"
FIGURE_1 = re.compile("(<!-- figure 1: .*? -->\n).*(<!-- end of figure 1 -->)", re.DOTALL)
# As an order comes into being: what is sold, to whom, what they take, how it is paid.
APPS = ("catalogue", "customers", "orders", "payments", "mail")
PURCHASE = ("product", "variant", "customer", "order", "line", "attempt", "payment", "refund")
STATES = ("status", "state", "processed_at", "sent_at")

HEAD = """\
# The data model

This page is written by `python -m tests.docs.data_model` from the tables in `shop/*/tables.py`. A test
compares the two, so do not edit it by hand.

Amounts are whole numbers of the currency's smallest unit, with the currency beside them. Times are in UTC.
An `id` stays inside the database; addresses, Stripe and mail carry a `token`, a `number` or a `key` instead.

Each line of the figure leads from the one to the many; a ring at the end of the one means that there may be
none. It shows keys and states only; all columns follow below.
"""

SOME_ROWS = """\
## Rules that hold for some rows only

They are partial unique indexes, made by the migrations:

- `order_one_cart_per_customer` and `order_one_cart_per_guest`: of a shopper's orders one is a cart.
- `attempt_one_live_per_order`: of an order's attempts one is `creating`, `open` or `processing`.
"""


def written() -> str:
    everything = _figure([table for app in APPS for table in tables(app)])
    return "\n".join([HEAD, everything, *(_app(name) for name in APPS), SOME_ROWS])


def readme_with_figure(readme: str) -> str:
    """Figure 1 shows what a purchase needs."""
    found = [table for app in APPS for table in tables(app) if _name(table) in PURCHASE]
    return FIGURE_1.sub(lambda marks: marks[1] + _figure(found) + marks[2], readme)


def tables(app: str) -> list[type[Table]]:
    config: AppConfig = import_module(f"shop.{app}.piccolo_app").APP_CONFIG
    # As they stand in the file, not as the app lists them.
    order = list(vars(import_module(f"shop.{app}.tables")).values())
    return sorted(config.table_classes, key=order.index)


def _figure(found: list[type[Table]]) -> str:
    lines = [line for table in found for line in _entity(table)]
    for table in found:
        for key in table._meta.foreign_key_columns:
            if _points_to(key) in found:
                one = "|o" if key._meta.null else "||"
                lines.append(f'    {_name(_points_to(key))} {one}--o{{ {_name(table)} : ""')
    return "\n".join(["```mermaid", "erDiagram", *lines, "```", ""])


def _entity(table: type[Table]) -> Iterator[str]:
    yield f"    {_name(table)} {{"
    for column in table._meta.columns:
        key = _key(column)
        if key or column._meta.name in STATES:
            yield f"        {type(column).__name__} {column._meta.name} {key}".rstrip()
    yield "    }"


def _key(column: Column) -> str:
    if column._meta.primary_key:
        return "PK"
    if isinstance(column, ForeignKey):
        return "FK"
    return "UK" if column._meta.unique else ""


def _app(name: str) -> str:
    heading = f"## {name.capitalize()} (`shop/{name}/tables.py`)\n"
    return "\n".join([heading, *(_table(table) for table in tables(name))])


def _table(table: type[Table]) -> str:
    parts = [f"### {_name(table)}\n"]
    said = (table.__dict__.get("__doc__") or "").strip()
    # Where a class says nothing of itself, Piccolo puts a description of its columns there.
    if said and not said.startswith("class "):
        parts.append(f"{_unwrapped(said)}\n")
    parts.append("| column | type | null | |\n|---|---|---|---|")
    parts += [_row(column) for column in table._meta.columns]
    rules = [rule.ddl for rule in table._meta.constraints]
    if rules:
        parts += ["", *(f"- `{_unwrapped(rule)}`" for rule in rules)]
    return "\n".join([*parts, ""])


def _row(column: Column) -> str:
    null = "yes" if column._meta.null else ""
    return f"| `{column._meta.name}` | {_type(column)} | {null} | {', '.join(_notes(column))} |"


def _type(column: Column) -> str:
    length = getattr(column, "length", None)
    return type(column).__name__ + (f"({length})" if length else "")


def _notes(column: Column) -> Iterator[str]:
    if column._meta.primary_key:
        yield "primary key"
    if column._meta.unique:
        yield "unique"
    if isinstance(column, ForeignKey):
        yield f"→ {_name(_points_to(column))}, on delete {column._foreign_key_meta.on_delete.value.lower()}"


def _points_to(key: ForeignKey[Any]) -> type[Table]:
    return key._foreign_key_meta.resolved_references


def _name(table: type[Table]) -> str:
    return table._meta.tablename


def _unwrapped(text: str) -> str:
    return re.sub(r"\s*\n\s*", " ", text)


if __name__ == "__main__":
    PAGE.write_text(written())
    README.write_text(readme_with_figure(README.read_text()))
