"""What a list of products is narrowed to: read from an address, written back into one, and said in SQL.

`?option.Colour=Clay&option.Colour=Oat&from=20&to=80&in_stock=1&sort=price&page=2`: values of one option are
alternatives, everything else must hold for one and the same variant. What means nothing is left out.
"""

from dataclasses import dataclass, replace
from itertools import groupby
from urllib.parse import parse_qsl, urlencode

from shop.catalogue.listing import SORTS
from shop.catalogue.price_typed import understood
from shop.settings import settings
from shop.web.forms import clean, whole_number
from shop.web.words import gettext, locale

OPTION = "option."
NAMES = {"from", "to", "in_stock", "sort", "page"}
MOST_OPTIONS, LONGEST, LAST_PAGE = 20, 100, 10_000

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Narrowing:
    """`least` and `most` are prices as they were typed: who mistyped one finds it again."""

    options: Pairs = ()
    least: str = ""
    most: str = ""
    in_stock: bool = False
    sort: str = ""
    page: int = 1

    @property
    def prices(self) -> tuple[int | None, int | None]:
        """What was typed in minor units, as far as it can be used."""
        least, most = map(_amount, (self.least, self.most))
        upside_down = least is not None and most is not None and least > most
        return least, None if upside_down else most

    @property
    def errors(self) -> tuple[str, str]:
        """What is wrong with the two prices, for the shopper; empty where nothing is."""
        least, most = (
            gettext("Please write an amount, such as 25 or 19.50.") if text and _amount(text) is None else ""
            for text in (self.least, self.most)
        )
        upside_down = self.most and not most and self.prices[1] is None
        return least, gettext("This is less than the lowest price.") if upside_down else most

    @property
    def narrows(self) -> bool:
        return bool(self.options or self.least or self.most or self.in_stock)

    @property
    def pairs(self) -> Pairs:
        """The parameters of its address: each state has one, in one order."""
        said = [("from", self.least), ("to", self.most), ("in_stock", "1" if self.in_stock else "")]
        said += [("sort", self.sort), ("page", str(self.page) if self.page > 1 else "")]
        options = tuple((OPTION + name, value) for name, value in self.options)
        return options + tuple((name, value) for name, value in said if value)

    def query(self, **other: object) -> str:
        """The address's end, with something else in it; `""` where nothing is left to say."""
        pairs = replace(self, **other).pairs if other else self.pairs  # type: ignore[arg-type]  # its own fields
        return "?" + urlencode(pairs) if pairs else ""

    def without(self, option: tuple[str, str]) -> Pairs:
        return tuple(each for each in self.options if each != option)


def _amount(text: str) -> int | None:
    return understood(text, settings().currency, locale())


def asked(query: str) -> tuple[Narrowing, Pairs]:
    """What an address's end asks for, and the parameters of ours that it has."""
    parsed = parse_qsl(query, keep_blank_values=True)
    given = tuple((name, value) for name, value in parsed if name in NAMES or name.startswith(OPTION))
    last = {name: clean(value).strip() for name, value in given}
    options = sorted({(name[len(OPTION) :], value) for name, value in given if name.startswith(OPTION)})
    fit = [pair for pair in options if all(part and part == clean(part)[:LONGEST] for part in pair)]
    return Narrowing(
        options=tuple(fit[:MOST_OPTIONS]),
        least=last.get("from", "")[:20].strip(),
        most=last.get("to", "")[:20].strip(),
        in_stock=last.get("in_stock") == "1",
        sort=last.get("sort", "") if last.get("sort") in SORTS else "",
        page=whole_number(last.get("page", ""), 1, LAST_PAGE) or 1,
    ), given


def by_option(options: Pairs) -> dict[str, list[str]]:
    return {name: [value for _, value in pairs] for name, pairs in groupby(options, key=lambda pair: pair[0])}


def prices_sql(narrowing: Narrowing) -> tuple[str, list[object]]:
    """A condition on a variant `v`, and its values."""
    bounds = zip(('v."price" >= {}', 'v."price" <= {}'), narrowing.prices, strict=True)
    said = [(condition, bound) for condition, bound in bounds if bound is not None]
    return " AND ".join(["1 = 1", *(condition for condition, _ in said)]), [bound for _, bound in said]


def option_sql(name: str, values: list[str]) -> tuple[str, list[object]]:
    """A condition on a variant `v` of a product `p`: it has one of the values, wherever the option stands."""
    places = ", ".join(["{}"] * len(values))
    each = (f'(p."option{n}" = {{}} AND v."option{n}" IN ({places}))' for n in (1, 2, 3))
    return f"({' OR '.join(each)})", [name, *values] * 3


def where(narrowing: Narrowing) -> tuple[str, list[object]]:
    """All of it as one condition."""
    parts = [prices_sql(narrowing), *(option_sql(*each) for each in by_option(narrowing.options).items())]
    stock = ' AND v."on_hand" > v."reserved"' if narrowing.in_stock else ""
    sql = "".join(f" AND {condition}" for condition, _ in parts) + stock
    return sql, [value for _, values in parts for value in values]
