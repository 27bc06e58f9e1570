"""What the address form of a country asks for, and what is wrong with what was typed there."""

import re
from dataclasses import dataclass, replace

from shop.delivery import sentences
from shop.delivery.address import Address
from shop.delivery.countries import Rules, rules_of
from shop.web.forms import one_line

LONGEST = {"name": 100, "postal_code": 20, "phone": 30}
LONGEST_OTHERWISE = 150
NOTHING = Address()
PHONE = re.compile(r"\+?[\d\s()/.\-]{4,30}")
# Some write their country before the code, where the country's own format says it already.
COUNTRY_BEFORE = re.compile(r"^[A-Z]{1,3}[-\s]*(?=\d)")
PLACES = {"D": "district", "C": "city", "S": "area", "Z": "postal_code"}
AUTOCOMPLETE = {
    "line1": "shipping address-line1",
    "line2": "shipping address-line2",
    "postal_code": "shipping postal-code",
    "city": "shipping address-level2",
    "district": "shipping address-level3",
    "area": "shipping address-level1",
    "phone": "shipping tel",
}


@dataclass(frozen=True, slots=True)
class Field:
    """One field as the page shows it. `choices` are (value, label) where it is a list to choose from."""

    name: str
    label: str
    value: str
    autocomplete: str
    required: bool
    error: str | None
    hint: str | None
    choices: tuple[tuple[str, str], ...]

    @property
    def id(self) -> str:
        """Another country's list is another control, which keeps nothing of the first."""
        return f"area-{self.choices[0][0]}" if self.choices else self.name


def typed(fields: dict[str, str], country: str, before: Address = NOTHING) -> Address:
    """What was typed, one line for each field and no longer than anybody needs; nothing is refused here.

    What the form had no place for is as it was before: who chooses the old country again finds it there.
    """
    names = [name for name in Address.__dataclass_fields__ if name != "country"]
    longest = {name: LONGEST.get(name, LONGEST_OTHERWISE) for name in names}
    told = {
        name: one_line(fields[name], longest[name]) if name in fields else str(getattr(before, name))
        for name in names
    }
    areas = dict(rules_of(country).areas)
    if areas and not told["area"] and before.area not in areas:
        told["area"] = before.area
    return Address(**told, country=country)


def checked(address: Address, *, pickup: bool = False) -> tuple[Address, dict[str, str]]:
    """The address as it is kept, and a sentence for each field that has to be looked at again."""
    errors = {} if address.name else {"name": sentences.please_name()}
    if pickup:
        return Address(name=address.name), errors
    rules = rules_of(address.country)
    address = replace(address, postal_code=_postal_code(address.postal_code, rules))
    for name in _asked(rules):
        problem = _problem(name, str(getattr(address, name)), rules)
        if problem:
            errors[name] = problem
    unasked = {name: "" for name in PLACES.values() if name not in rules.asked}
    return replace(address, **unasked), errors


def form(address: Address, errors: dict[str, str]) -> tuple[Field, ...]:
    """The fields of the address's country, in the order in which it is written there."""
    rules = rules_of(address.country)
    return tuple(_field(name, address, rules, errors.get(name)) for name in _asked(rules))


def _asked(rules: Rules) -> list[str]:
    places = [PLACES[letter] for letter in re.findall("%([DCSZ])", rules.format)]
    return ["line1", "line2", *places, "phone"]


def _problem(name: str, value: str, rules: Rules) -> str | None:
    if not value:
        return sentences.please(name, rules) if _required(name, rules) else None
    if name == "postal_code" and rules.postal_code and not rules.postal_code.fullmatch(value):
        return sentences.no_postal_code(rules)
    if name == "area" and rules.areas and value not in dict(rules.areas):
        return sentences.please(name, rules)
    if name == "phone" and not PHONE.fullmatch(value):
        return sentences.no_phone()
    return None


def _field(name: str, address: Address, rules: Rules, error: str | None) -> Field:
    required = _required(name, rules)
    return Field(
        name=name,
        label=sentences.label(name, rules, required=required),
        value=str(getattr(address, name)),
        autocomplete=AUTOCOMPLETE[name],
        required=required,
        error=error,
        hint=sentences.why_phone() if name == "phone" else None,
        choices=rules.areas if name == "area" else (),
    )


def _required(name: str, rules: Rules) -> bool:
    return name == "line1" or name in rules.required


def _postal_code(code: str, rules: Rules) -> str:
    code = code.upper()
    if rules.postal_code and not rules.postal_code.fullmatch(code):
        without = COUNTRY_BEFORE.sub("", code)
        return without if rules.postal_code.fullmatch(without) else code
    return code
