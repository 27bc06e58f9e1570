"""Which files every page wears, as one stylesheet and one script: a second page finds both in the cache."""

import re
from pathlib import Path

# The layers and their tokens come first; of the others each speaks of its own part of a page.
FIRST = ("css/tokens.css", "css/base.css", "css/layout.css", "css/components.css")
# The sandbox stands alone, and letters are looked at in demo mode only.
APART = {"css/sandbox.css", "css/mail.css"}
SCRIPTS = (
    "js/htmx.notice.js",
    "js/htmx-4.0.1.min.js",
    "js/hx-preload.min.js",
    "js/shop.js",
    "js/list.js",
    "js/glance.js",
    "js/gallery.js",
)

# In CSS a string may hold what looks like a comment; a comment that begins with ! stays.
STRING = rb"""("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')"""
IN_STYLES = re.compile(STRING + rb"|/\*(?!!).*?\*/", re.DOTALL)
AROUND_SIGNS = re.compile(STRING + rb"|\s*([{};,])\s*")
IN_SCRIPTS = re.compile(rb"^[ \t]*//.*\n", re.MULTILINE)


def joined(folder: Path) -> dict[str, tuple[str, ...]]:
    """The names below `folder` that become `shop.css` and `shop.js`."""
    found = {f"css/{file.name}" for file in (folder / "css").glob("*.css")}
    return {"shop.css": (*FIRST, *sorted(found - APART - set(FIRST))), "shop.js": SCRIPTS}


def bare(name: str, content: bytes) -> bytes:
    """Without the comments and spaces that are for people, who read the files themselves: 1.5 kB of 30."""
    if name.endswith(".css"):
        return AROUND_SIGNS.sub(rb"\1\2", IN_STYLES.sub(rb"\1", content))
    return IN_SCRIPTS.sub(b"", content)
