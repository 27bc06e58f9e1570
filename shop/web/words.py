"""What the shop says, in each language: PO files are read at start, the merchant's own before ours.

The English sentence is the key. `gettext("Sold out")` says it in the language of the moment: the shop's, or
the one that `speaking(locale)` chose. A placeholder is named: `gettext("Only %(left)s left") % {"left": 3}`.
"""

import gettext as library
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path

from babel.messages.catalog import Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po

from shop.environment import BadSetting
from shop.settings import settings

OURS = Path(__file__).parents[2] / "translations"
FILE = "LC_MESSAGES/shop.po"
PLACEHOLDER = re.compile(r"%\((\w+)\)")

_spoken: ContextVar[str] = ContextVar("spoken")


def locale() -> str:
    """The locale of the moment, such as de_AT: amounts and dates are written by it, too."""
    return _spoken.get("") or settings().locale


def prefix() -> str:
    """What our addresses begin with in the language of the moment: nothing in the shop's own, else `/de`."""
    language, own = (name.partition("_")[0] for name in (locale(), settings().locale))
    return "" if language == own else f"/{language}"


@contextmanager
def speaking(locale: str) -> Iterator[None]:
    token = _spoken.set(locale)
    try:
        yield
    finally:
        _spoken.reset(token)


def gettext(message: str) -> str:
    return _translations(locale(), settings().site).gettext(message)


def ngettext(one: str, many: str, number: int) -> str:
    return _translations(locale(), settings().site).ngettext(one, many, number)


def later(message: str) -> str:
    """Marks a sentence that is kept as a constant and said by `gettext` when somebody reads it."""
    return message


def check() -> None:
    """Raises BadSetting where a file of the merchant's cannot be used."""
    site = settings().site
    for file in sorted(site.glob(f"translations/*/{FILE}")) if site else []:
        _messages(file)


@cache
def _translations(locale: str, site: Path | None) -> library.NullTranslations:
    """Message by message: what one file does not say, the next one does; in the end it is English."""
    spoken: library.NullTranslations = library.NullTranslations()
    folders = [OURS] if site is None else [site / "translations", OURS]
    # Austrian before German, and of each the merchant's first.
    for file in [folder / name / FILE for name in _names(locale) for folder in folders][::-1]:
        if file.is_file():
            messages = _messages(file)
            messages.add_fallback(spoken)
            spoken = messages
    return spoken


def _names(locale: str) -> list[str]:
    language = locale.partition("_")[0]
    return list(dict.fromkeys((locale, language)))


def _messages(file: Path) -> library.GNUTranslations:
    try:
        catalogue = read_po(io.BytesIO(file.read_bytes()), locale=file.parts[-3], abort_invalid=True)
        for message in catalogue:
            _check_placeholders(message)
        compiled = io.BytesIO()
        write_mo(compiled, catalogue)
        compiled.seek(0)
        return library.GNUTranslations(compiled)
    except (ValueError, LookupError, TypeError, OSError, PoFileError) as problem:
        raise BadSetting(f"{'/'.join(file.parts[-4:])} cannot be used: {problem}") from None


def _check_placeholders(message: Message) -> None:
    """A placeholder that the sentence has no value for would be found by a shopper."""
    original = message.id if isinstance(message.id, str) else " ".join(message.id)
    names = dict.fromkeys(PLACEHOLDER.findall(original), 0)
    for said in [message.string] if isinstance(message.string, str) else message.string or ():
        try:
            said % names
        except (KeyError, TypeError, ValueError):
            raise ValueError(
                f"{said!r} may have {sorted(names) or 'no placeholders'}, as what it translates."
            ) from None
