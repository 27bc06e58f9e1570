"""What the address form says: labels, hints, and what to do about a field.

Whole sentences, also where only a noun differs: in other languages more than the noun would.
"""

from typing import NamedTuple

from shop.delivery.countries import Rules
from shop.web.words import gettext as _
from shop.web.words import later


class Said(NamedTuple):
    """A field's label, and what is said where it was left empty."""

    label: str
    missing: str


OTHER = Said(later("Region"), later("Enter your region."))
AREAS = {
    "area": Said(later("Area"), later("Enter your area.")),
    "county": Said(later("County"), later("Enter your county.")),
    "department": Said(later("Department"), later("Enter your department.")),
    "district": Said(later("District"), later("Enter your district.")),
    "do_si": Said(later("Province"), later("Enter your province.")),
    "emirate": Said(later("Emirate"), later("Enter your emirate.")),
    "island": Said(later("Island"), later("Enter your island.")),
    "oblast": Said(later("Oblast"), later("Enter your oblast.")),
    "parish": Said(later("Parish"), later("Enter your parish.")),
    "prefecture": Said(later("Prefecture"), later("Enter your prefecture.")),
    "province": Said(later("Province"), later("Enter your province.")),
    "state": Said(later("State"), later("Enter your state.")),
}
POSTAL_CODE = Said(later("Postal code"), later("Enter your postal code."))
POSTAL_CODES = {
    "zip": Said(later("ZIP code"), later("Enter your ZIP code.")),
    "eircode": Said(later("Eircode"), later("Enter your Eircode.")),
    "pin": Said(later("PIN code"), later("Enter your PIN code.")),
}
WRONG_CODE = later("Check the postal code. One looks like %(example)s.")
WRONG_CODES = {
    "zip": later("Check the ZIP code. One looks like %(example)s."),
    "eircode": later("Check the Eircode. One looks like %(example)s."),
    "pin": later("Check the PIN code. One looks like %(example)s."),
}


def label(name: str, rules: Rules, *, required: bool) -> str:
    what = _(_said(name, rules).label)
    return what if required else _("%(what)s (optional)") % {"what": what}


def please_name() -> str:
    return _("Enter your name.")


def please(name: str, rules: Rules) -> str:
    return _(_said(name, rules).missing)


def no_postal_code(rules: Rules) -> str:
    if not rules.postal_code_example:
        return _("Check the postal code. The chosen country has none like this.")
    return _(WRONG_CODES.get(rules.postal_code_kind, WRONG_CODE)) % {"example": rules.postal_code_example}


def no_phone() -> str:
    return _("Enter a phone number, or leave it empty.")


def why_phone() -> str:
    return _("For questions of the carrier, nothing else.")


def nowhere() -> str:
    return _("This cannot be sent there. Choose another country.")


def _said(name: str, rules: Rules) -> Said:
    said = {
        "line1": Said(later("Street and number"), later("Enter your street and number.")),
        "line2": Said(later("Flat, floor or company"), ""),
        "postal_code": POSTAL_CODES.get(rules.postal_code_kind, POSTAL_CODE),
        "city": Said(later("Town or city"), later("Enter your town or city.")),
        "district": AREAS["district"],
        "area": AREAS.get(rules.area_kind, OTHER),
        "phone": Said(later("Phone"), ""),
    }
    return said[name]
