"""What the address form says: labels, hints, and what to do about a field."""

from shop.delivery.countries import Rules
from shop.web.words import gettext as _
from shop.web.words import later

AREAS = {
    "area": later("Area"),
    "county": later("County"),
    "department": later("Department"),
    "district": later("District"),
    "do_si": later("Province"),
    "emirate": later("Emirate"),
    "island": later("Island"),
    "oblast": later("Oblast"),
    "parish": later("Parish"),
    "prefecture": later("Prefecture"),
    "province": later("Province"),
    "state": later("State"),
}
POSTAL_CODES = {"zip": later("ZIP code"), "eircode": later("Eircode"), "pin": later("PIN code")}


def label(name: str, rules: Rules, *, required: bool) -> str:
    what = _what(name, rules)
    return what if required else _("%(what)s (optional)") % {"what": what}


def please_name() -> str:
    return _("Please type a name.")


def please(name: str, rules: Rules) -> str:
    return _("This is missing: %(what)s.") % {"what": _what(name, rules)}


def no_postal_code(rules: Rules) -> str:
    said = {"what": _what("postal_code", rules), "example": rules.postal_code_example}
    if not rules.postal_code_example:
        return _("This cannot be right: %(what)s.") % said
    return _("This cannot be right: %(what)s. One looks like %(example)s.") % said


def no_phone() -> str:
    return _("Please type a phone number, or leave it empty.")


def why_phone() -> str:
    return _("For questions of the carrier, nothing else.")


def nowhere() -> str:
    return _("This cannot be sent there. Please choose another country.")


def _what(name: str, rules: Rules) -> str:
    what = {
        "line1": later("Street and number"),
        "line2": later("Flat, floor or company"),
        "postal_code": POSTAL_CODES.get(rules.postal_code_kind, later("Postal code")),
        "city": later("Town or city"),
        "district": later("District"),
        "area": AREAS.get(rules.area_kind, later("Region")),
        "phone": later("Phone"),
    }
    return _(what[name])
