"""What `shop.toml` in SHOP_SITE says, checked once: the merchant, ways to deliver, taxes."""

import tomllib
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path
from typing import Any

from shop.environment import BadSetting
from shop.money import Money, believable, exponent, plain, smallest_step
from shop.settings import Settings, settings

FILE = "shop.toml"
DEMO = Path(__file__).parent / "demo" / FILE
STANDARD = "standard"
Table = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Merchant:
    """Who sells; shown at checkout, in mail and in the imprint. `country` is two letters, or empty."""

    name: str = ""
    address: tuple[str, ...] = ()
    country: str = ""
    email: str = ""
    phone: str = ""
    vat_id: str = ""
    register: str = ""


@dataclass(frozen=True, slots=True)
class Way:
    """One way to deliver: `price` and `free_from` in minor units; no `countries` means all of them."""

    key: str
    title: str
    price: int = 0
    free_from: int | None = None
    countries: tuple[str, ...] = ()
    pickup: bool = False
    tax_class: str = STANDARD


@dataclass(frozen=True, slots=True)
class Taxes:
    """Rates in hundredths of a percent by tax class, for a zone of countries; no countries: everywhere."""

    countries: tuple[str, ...]
    rates: dict[str, int] = field(hash=False)


@dataclass(frozen=True, slots=True)
class Look:
    """`sentence`: what the shop says of itself; `logo`: a file in `static/`; `accent`: a CSS colour."""

    sentence: str = ""
    logo: str = ""
    accent: str = ""
    accent_dark: str = ""


@dataclass(frozen=True, slots=True)
class Site:
    merchant: Merchant = Merchant()
    look: Look = Look()
    # What it can be read in beside SHOP_LOCALE; none named: all that there is.
    languages: tuple[str, ...] = ()
    prices_include_tax: bool = True
    ways: tuple[Way, ...] = ()
    taxes: tuple[Taxes, ...] = field(default=())


def site() -> Site:
    return _site(settings())


@cache
def _site(here: Settings) -> Site:
    file = here.site / FILE if here.site else None
    if file is None or not file.is_file():
        return _demonstration(here.currency) if here.demo else read({}, here.currency)
    try:
        told = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise BadSetting(f"{FILE} cannot be read: {problem}.") from None
    return read(told, here.currency)


def _demonstration(currency: str) -> Site:
    told = tomllib.loads(DEMO.read_text(encoding="utf-8"))
    for way in told["delivery"]:
        way["price"] = plain(Money(believable(currency, int(Decimal(way["price"]) * 100)), currency))
    return read(told, currency)


def read(told: Table, currency: str) -> Site:
    """Raises BadSetting with one sentence for the operator."""
    _known("", told, {"merchant", "look", "languages", "prices_include_tax", "delivery", "tax"})
    ways = tuple(_way(number, way, currency) for number, way in enumerate(_tables(told, "delivery"), 1))
    return Site(
        merchant=_merchant(_table(told, "merchant")),
        look=_look(_table(told, "look")),
        languages=_languages(told.get("languages", [])),
        prices_include_tax=_of(bool, "prices_include_tax", told.get("prices_include_tax", True)),
        ways=ways or (Way("delivery", "Delivery"),),
        taxes=tuple(_taxes(tax) for tax in _tables(told, "tax")),
    )


def _merchant(told: Table) -> Merchant:
    _known("merchant", told, set(Merchant.__dataclass_fields__))
    texts = {name: _of(str, f"merchant.{name}", value) for name, value in told.items() if name != "address"}
    address = tuple(_of(str, "merchant.address", line) for line in told.get("address", []))
    return Merchant(**{**texts, "country": texts.get("country", "").upper(), "address": address})


def _look(told: Table) -> Look:
    _known("look", told, set(Look.__dataclass_fields__))
    return Look(**{name: _of(str, f"look.{name}", value) for name, value in told.items()})


def _languages(codes: object) -> tuple[str, ...]:
    if not isinstance(codes, list) or not all(isinstance(code, str) for code in codes):
        raise BadSetting(f'{FILE}: languages must be a list such as ["de", "en"], not {codes!r}.')
    return tuple(codes)


def _way(number: int, told: Table, currency: str) -> Way:
    _known("delivery", told, {"title", "price", "free_from", "countries", "pickup", "tax_class"})
    free_from = told.get("free_from")
    return Way(
        key=f"way-{number}",
        title=_of(str, "delivery.title", told.get("title"))[:100],
        price=_amount("delivery.price", told.get("price", "0"), currency),
        free_from=None if free_from is None else _amount("delivery.free_from", free_from, currency),
        countries=_countries("delivery", told),
        pickup=_of(bool, "delivery.pickup", told.get("pickup", False)),
        tax_class=_of(str, "delivery.tax_class", told.get("tax_class", STANDARD)),
    )


def _taxes(told: Table) -> Taxes:
    rates = {name: _rate(name, value) for name, value in told.items() if name != "countries"}
    return Taxes(_countries("tax", told), rates)


def _rate(name: str, value: object) -> int:
    """19 or "19" or 5.5 percent."""
    try:
        rate = Decimal(str(value)) * 100
    except InvalidOperation:
        rate = Decimal(-1)
    if isinstance(value, bool) or not 0 <= rate <= 10000 or rate != int(rate):
        raise BadSetting(f"{FILE}: tax.{name} must be a rate in percent such as 19 or 5.5, not {value!r}.")
    return int(rate)


def _amount(name: str, value: object, currency: str) -> int:
    try:
        minor = Decimal(str(value)).scaleb(exponent(currency))
    except InvalidOperation:
        minor = Decimal(-1)
    # Stripe charges some currencies in larger steps than they count in.
    whole = minor % smallest_step(currency) == 0
    if isinstance(value, bool) or not 0 <= minor <= 10**9 or not whole:
        raise BadSetting(f'{FILE}: {name} must be an amount in {currency} such as "4.90", not {value!r}.')
    return int(minor)


def _countries(name: str, told: Table) -> tuple[str, ...]:
    codes = told.get("countries", [])
    if not isinstance(codes, list) or not all(isinstance(code, str) and len(code) == 2 for code in codes):
        raise BadSetting(f'{FILE}: {name}.countries must be a list such as ["DE", "AT"], not {codes!r}.')
    return tuple(code.upper() for code in codes)


def _known(name: str, told: Table, known: set[str]) -> None:
    for unknown in sorted(told.keys() - known):
        where = f"[{name}]" if name else "the file"
        raise BadSetting(f"{FILE}: {where} has no {unknown!r}; it can have {', '.join(sorted(known))}.")


def _table(told: Table, name: str) -> Table:
    return dict(_of(dict, name, told.get(name, {})))


def _tables(told: Table, name: str) -> list[Table]:
    return [_of(dict, name, each) for each in _of(list, name, told.get(name, []))]


def _of(kind: type[Any], name: str, value: object) -> Any:
    if not isinstance(value, kind):
        raise BadSetting(f"{FILE}: {name} must be a {WORDS[kind]}, not {value!r}.")
    return value


WORDS: dict[type[Any], str] = {str: "text", bool: "true or false", dict: "table", list: "list of tables"}
