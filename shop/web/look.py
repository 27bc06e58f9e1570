"""What is the merchant's about the look: static files of their own, a logo, an accent colour, an icon.

The colour goes into the first stylesheet, so that no page needs a style of its own.
"""

import re
from html import escape
from pathlib import Path

from shop.environment import BadSetting
from shop.settings import settings
from shop.site import FILE, site
from shop.web.assets import Assets
from shop.web.bundles import joined

OURS = Path(__file__).parents[2] / "static"
TOKENS, ICON, LOGO = "css/tokens.css", "favicon.svg", "logo.svg"
OLD_ICON = "favicon.ico"
# The icon again for what takes no drawing, by its size.
ICONS = {192: "icon-192.png", 512: "icon-512.png"}
HEX = re.compile(r"#(?:[0-9a-f]{6}|[0-9a-f]{3})", re.IGNORECASE)
# The page by day and by night, as static/css/tokens.css has it, and the contrast that text on it must have.
PAPER, SOOT = "#f8f5ef", "#191714"
LEAST = 4.5


def assets() -> Assets:
    """Ours, and the merchant's in place of ours. Raises BadSetting."""
    folder = settings().site
    own = folder / "static" if folder else None
    made = {} if settings().demo or (own and (own / ICON).is_file()) else {ICON: _icon().encode()}
    return Assets(
        *([OURS, own] if own else [OURS]),
        made=made,
        appended={TOKENS: _colours().encode()},
        joined=joined(OURS),
    )


def logo() -> str | None:
    """The file that stands beside the name: the merchant's, or the demo shop's in demo mode."""
    folder, named = settings().site, site().look.logo
    there = folder is not None and (folder / "static" / (named or LOGO)).is_file()
    if named and not there:
        raise BadSetting(f"{FILE}: look.logo must be a file in the folder static/ beside it, not {named!r}.")
    return (named or LOGO) if there or settings().demo else None


def large_icons() -> dict[int, str]:
    """The merchant's, or the demo shop's in demo mode, by their size."""
    folder = settings().site
    return {
        size: name
        for size, name in ICONS.items()
        if settings().demo or (folder is not None and (folder / "static" / name).is_file())
    }


def _colours() -> str:
    look = site().look
    if not (look.accent or look.accent_dark):
        return ""
    day = _checked("look.accent", look.accent or _made_fit(look.accent_dark, PAPER), PAPER)
    night = _checked("look.accent_dark", look.accent_dark or _made_fit(look.accent, SOOT), SOOT)
    return f"\n@layer base {{ :root {{ --color-action: light-dark({day}, {night}); }} }}\n"


def _checked(name: str, colour: str, background: str) -> str:
    contrast = _contrast(_rgb(name, colour), _rgb(name, background))
    if contrast < LEAST:
        raise BadSetting(
            f"{FILE}: {name} {colour} has a contrast of {contrast:.1f} with the page, too little to read by;"
            f" {_made_fit(colour, background)} has enough."
        )
    return colour.lower()


def _made_fit(colour: str, background: str) -> str:
    """The same colour, mixed with black or white until it can be read on the background."""
    start, ground = _rgb("look.accent", colour), _rgb("", background)
    towards = (0, 0, 0) if background == PAPER else (255, 255, 255)
    for part in range(101):
        mixed = tuple(round(a + (b - a) * part / 100) for a, b in zip(start, towards, strict=True))
        if _contrast(mixed, ground) >= LEAST:
            return "#" + "".join(f"{channel:02x}" for channel in mixed)
    return "#000000"


def _rgb(name: str, colour: str) -> tuple[int, ...]:
    if not HEX.fullmatch(colour):
        raise BadSetting(f"{FILE}: {name} must be a colour such as #2a6b4f, not {colour!r}.")
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    return tuple(int(digits[at : at + 2], 16) for at in (0, 2, 4))


def _contrast(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(rgb: tuple[int, ...]) -> float:
    red, green, blue = (
        value / 12.92 if (value := channel / 255) <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for channel in rgb
    )
    return float(0.2126 * red + 0.7152 * green + 0.0722 * blue)


def _icon() -> str:
    """The shop's initial on its colour, until the merchant brings an icon."""
    letter = next((character for character in settings().name if character.isalnum()), "•").upper()
    colour = site().look.accent if HEX.fullmatch(site().look.accent) else "#3b4a42"
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">'
        f'<rect width="64" height="64" rx="15" fill="{colour}"/>'
        '<text x="32" y="45" font-family="serif" font-size="38" text-anchor="middle" fill="#fff">'
        f"{escape(letter)}</text></svg>"
    )
