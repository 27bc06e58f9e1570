"""An address as it is kept on an order and in an address book, and as people of its country write it."""

import json
import re
from dataclasses import asdict, dataclass, fields
from typing import Any

from babel import Locale

from shop.delivery.countries import rules_of

PLACE = re.compile("%(.)")
PLACES = {"N": "name", "A": "street", "C": "city", "D": "district", "S": "area", "Z": "postal_code"}


@dataclass(frozen=True, slots=True)
class Address:
    """`area` is what a parcel carries for a state or province. A pickup has a name only."""

    name: str = ""
    line1: str = ""
    line2: str = ""
    postal_code: str = ""
    city: str = ""
    district: str = ""
    area: str = ""
    country: str = ""
    phone: str = ""

    @property
    def street(self) -> str:
        return "\n".join(line for line in (self.line1, self.line2) if line)


def from_json(kept: Any) -> Address | None:
    """What a JSON column holds, read or not read yet. Unknown names are left out."""
    told = json.loads(kept) if isinstance(kept, str) else kept
    if not told:
        return None
    known = {field.name for field in fields(Address)}
    return Address(**{name: str(value) for name, value in told.items() if name in known})


def to_json(address: Address) -> dict[str, str]:
    return {name: value for name, value in asdict(address).items() if value}


def lines(address: Address, locale: str) -> list[str]:
    """As it stands on a parcel: in the order of its country, as it was typed, the country last."""
    if not address.country:
        return [address.name] if address.name else []
    written = PLACE.sub(
        lambda place: "\n" if place[1] == "n" else str(getattr(address, PLACES.get(place[1], ""), "")),
        rules_of(address.country).format,
    )
    told = [_tidy(line) for line in written.split("\n")]
    return [line for line in told if line] + [country_name(address.country, locale)]


def country_name(code: str, locale: str) -> str:
    return str(Locale.parse(locale).territories.get(code, code))


def _tidy(line: str) -> str:
    """Without the commas and dashes that stood beside something which this address does not have."""
    return re.sub(r"\s+", " ", line).strip(" ,-〒")
