"""What stands in one cell: read into a value, and written so that it is read again as the same."""

import re
import unicodedata

YES = frozenset({"yes", "y", "true", "1", "x", "ja"})
NO = frozenset({"no", "n", "false", "0", "", "nein"})
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
# How the letters of some languages are written by those who lack them.
LETTERS = str.maketrans(
    {**dict.fromkeys("äæ", "ae"), **dict.fromkeys("öø", "oe"), "ü": "u" + "e", "ß": "ss", "å": "aa"}
)
# Spreadsheets take such a text for a formula and run it; a quotation mark before it makes it a text.
FORMULA = re.compile(r"'*[=+\-@\t\r]")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def guarded(text: str) -> str:
    return f"'{text}" if FORMULA.match(text) else text


def read(text: str) -> str:
    """What `guarded` wrote, or what somebody typed: trimmed, with line ends of one kind."""
    text = text.strip()
    if text.startswith("'") and FORMULA.match(text):
        text = text[1:]
    return tidy(text)


def tidy(text: str) -> str:
    return CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def flag(text: str) -> bool | None:
    word = text.lower()
    return True if word in YES else False if word in NO else None


def listed(text: str) -> tuple[str, ...]:
    r"""`a.jpg | b.jpg` as its parts; `\|` is a bar within one of them."""
    if not text:
        return ()
    parts = re.split(r"(?<!\\)((?:\\\\)*)\|", text)
    joined = [part + mark for part, mark in zip(parts[::2], [*parts[1::2], ""], strict=True)]
    return tuple(re.sub(r"\\([\\|])", r"\1", part.strip()) for part in joined)


def as_list(parts: list[str]) -> str:
    return " | ".join(re.sub(r"([\\|])", r"\\\1", part) for part in parts)


def slug_of(text: str) -> str:
    """An address from a title: "Blaue Schüssel, groß" becomes "blaue-schuessel-gross"."""
    plain = unicodedata.normalize("NFKD", text.lower().translate(LETTERS))
    return re.sub(r"[^a-z0-9]+", "-", plain.encode("ascii", "ignore").decode()).strip("-")[:100].strip("-")
