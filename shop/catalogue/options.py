"""The options of a product as groups of links: each value leads to the variant that comes nearest."""

from typing import Any

from shop.catalogue.views import OptionGroup, OptionValue

Row = dict[str, Any]
COLUMNS = ("option1", "option2", "option3")


def option_groups(product: Row, variants: list[Row], chosen: Row) -> tuple[OptionGroup, ...]:
    """One group for each option; what stands in it keeps the other options where such a variant exists."""
    return tuple(
        OptionGroup(product[column], chosen[column], _values(column, variants, chosen))
        for column in COLUMNS
        if product[column]
    )


def left(variant: Row) -> int:
    return int(variant["on_hand"]) - int(variant["reserved"])


def _values(column: str, variants: list[Row], chosen: Row) -> tuple[OptionValue, ...]:
    labels = dict.fromkeys(str(variant[column]) for variant in variants)
    return tuple(_value(column, label, variants, chosen) for label in labels)


def _value(column: str, label: str, variants: list[Row], chosen: Row) -> OptionValue:
    others = [name for name in COLUMNS if name != column]

    def agreement(variant: Row) -> tuple[int, bool]:
        return sum(variant[name] == chosen[name] for name in others), left(variant) > 0

    nearest = max((variant for variant in variants if variant[column] == label), key=agreement)
    changes = [str(nearest[name]) for name in others if nearest[name] != chosen[name]]
    return OptionValue(
        label=label,
        sku=str(nearest["sku"]),
        chosen=label == chosen[column],
        sold_out=left(nearest) <= 0,
        elsewhere=" / ".join(changes),
    )
