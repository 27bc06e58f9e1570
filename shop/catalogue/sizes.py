"""In what order a filter shows an option's values.

Sizes go from small to large and numbers by what they say; whatever else there is, as the merchant has it.
"""

import re

from shop.catalogue import folding

# M is in the middle; each X is one step further out, and 2XL is XXL.
LETTERS = re.compile(r"(x*|[1-9]x)(s|m|l)")
STEPS = {"s": -1, "m": 0, "l": 1}
SPELT = {"small": "s", "medium": "m", "large": "l", "klein": "s", "mittel": "m", "gross": "l", "extra": "x"}
ONE_SIZE = {"one size", "einheitsgrosse"}
NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)?")
THOUSANDS = re.compile(r"[1-9][0-9]*[.,][0-9]{3}")


def in_order(labels: list[str]) -> list[str]:
    """`labels` come as the merchant has them."""
    sizes = {label: _size(label) for label in labels}
    if None not in sizes.values():
        return sorted(labels, key=lambda label: sizes[label] or 0)
    numbers = {label: [_value(number) for number in NUMBER.findall(label)] for label in labels}
    # 5 cm and 2 m are not compared: everything but the numbers must be the same.
    if all(numbers.values()) and len({NUMBER.sub("#", label).casefold() for label in labels}) == 1:
        return sorted(labels, key=lambda label: numbers[label])
    return labels


def _size(label: str) -> float | None:
    """S/M lies between the two."""
    folded = " ".join(folding.words(label))
    if folded in ONE_SIZE:
        return 100
    spelt = " ".join(SPELT.get(word, word) for word in folded.split()).replace("x ", "x")
    places = [_place(word) for word in spelt.split()]
    known = [place for place in places if place is not None]
    return sum(known) / len(known) if known and len(known) == len(places) else None


def _place(word: str) -> int | None:
    found = LETTERS.fullmatch(word)
    if found is None:
        return None
    times = int(found[1][0]) if found[1][:1].isdigit() else len(found[1])
    step = STEPS[found[2]]
    return step * (1 + times) if step or not times else None


def _value(number: str) -> float:
    return float(re.sub("[.,]", "", number) if THOUSANDS.fullmatch(number) else number.replace(",", "."))
