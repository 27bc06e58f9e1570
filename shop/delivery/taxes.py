"""Tax: a rate for each zone of countries and class of goods; rounded for each line, half up."""

from dataclasses import dataclass

from shop.delivery.ways import Way
from shop.money import smallest_step
from shop.site import Site

# Rates are hundredths of a percent.
WHOLE = 10_000


@dataclass(frozen=True, slots=True)
class Taxed:
    """What is sold for `amount`; `tax` is part of it, or comes on top."""

    amount: int
    rate: int | None
    tax: int


@dataclass(frozen=True, slots=True)
class Bill:
    """What an order comes to. `lines` and `delivery` are as they are priced; added tax is beside them."""

    lines: tuple[Taxed, ...]
    delivery: Taxed
    tax_added: int
    tax_included: int
    discount: int = 0

    @property
    def lines_total(self) -> int:
        return sum(line.amount for line in self.lines)

    @property
    def total(self) -> int:
        return self.lines_total - self.discount + self.delivery.amount + self.tax_added


def bill(site: Site, currency: str, lines: list[tuple[int, str]], way: Way | None, country: str) -> Bill:
    """`lines` are amounts with their tax class; without a way nothing is sent. `country` decides the zone."""
    taxed = tuple(_taxed(site, currency, amount, rate(site, country, kind)) for amount, kind in lines)
    delivery = Taxed(0, None, 0)
    if way is not None:
        delivery = _taxed(site, currency, way.price, rate(site, country, way.tax_class))
    tax = sum(part.tax for part in (*taxed, delivery))
    included = site.prices_include_tax
    return Bill(taxed, delivery, tax_added=0 if included else tax, tax_included=tax if included else 0)


def rate(site: Site, country: str, tax_class: str) -> int | None:
    """A zone that names the country comes before one for everywhere; nothing where no rate is known."""
    named = [zone for zone in site.taxes if country and country in zone.countries]
    anywhere = [zone for zone in site.taxes if not zone.countries]
    zone = next(iter(named + anywhere), None)
    return zone.rates.get(tax_class) if zone else None


def tax_in(amount: int, rate: int, step: int) -> int:
    """The tax that a price with tax holds."""
    return _half_up(amount * rate, (WHOLE + rate) * step) * step


def tax_on(amount: int, rate: int, step: int) -> int:
    """The tax that comes on top of a price without tax."""
    return _half_up(amount * rate, WHOLE * step) * step


def _taxed(site: Site, currency: str, amount: int, rate: int | None) -> Taxed:
    if rate is None:
        return Taxed(amount, None, 0)
    # Stripe charges some currencies in larger steps than they count in.
    step = smallest_step(currency)
    return Taxed(amount, rate, (tax_in if site.prices_include_tax else tax_on)(amount, rate, step))


def _half_up(numerator: int, denominator: int) -> int:
    return (2 * numerator + denominator) // (2 * denominator)
