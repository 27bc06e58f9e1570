"""Pictures as templates are given them, from rows that joined one."""

import json
from itertools import groupby
from typing import Any

from shop.catalogue.media import MEDIA_TYPES
from shop.catalogue.views import Picture, Source

# What browsers are offered first: of two formats the one that says the same in fewer bytes.
PREFERRED = ("avif", "webp")


def picture(row: dict[str, Any]) -> Picture | None:
    if row["digest"] is None:
        return None
    return Picture(
        url=_address(row),
        alt=row["alt"],
        width=row["width"],
        height=row["height"],
        sources=_sources(row.get("sizes", "[]")),
    )


def _sources(sizes: str | list[dict[str, Any]]) -> tuple[Source, ...]:
    if sizes == "[]":
        return ()
    told: list[dict[str, Any]] = json.loads(sizes) if isinstance(sizes, str) else sizes
    told = sorted(
        (size for size in told if size["extension"] in PREFERRED),
        key=lambda size: (PREFERRED.index(size["extension"]), size["width"]),
    )
    return tuple(
        Source(MEDIA_TYPES[extension], ", ".join(f"{_address(size)} {size['width']}w" for size in of_one))
        for extension, of_one in groupby(told, key=lambda size: str(size["extension"]))
    )


def _address(kept: dict[str, Any]) -> str:
    return f"/media/{kept['digest']}.{kept['extension']}"
