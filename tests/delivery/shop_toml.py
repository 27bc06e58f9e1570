"""A shop that sends parcels: what its shop.toml says."""

import tomllib
from pathlib import Path

from shop.site import Site, read

TOLD = """
[merchant]
name = "Hearthside"
country = "DE"

[[delivery]]
title = "Parcel"
price = "4.90"
free_from = "100"
countries = ["DE"]

[[delivery]]
title = "Parcel abroad"
price = "9.90"
countries = ["AT", "US"]

[[delivery]]
title = "Collect it"
pickup = true

[[tax]]
countries = ["DE"]
standard = 19
reduced = 7

[[tax]]
countries = ["AT"]
standard = 20
reduced = 10
"""
WITHOUT_TAX = "prices_include_tax = false\n" + TOLD
SHIPS_TO = "DE,AT,US"


def site(told: str = TOLD) -> Site:
    return read(tomllib.loads(told), "EUR")


def sending(folder: Path, told: str = TOLD) -> dict[str, str]:
    """The settings of such a shop."""
    (folder / "shop.toml").write_text(told, encoding="utf-8")
    return {"SHOP_SITE": str(folder), "SHOP_SHIPS_TO": SHIPS_TO}
