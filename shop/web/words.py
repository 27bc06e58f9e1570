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

from babel import localedata
from babel.messages.catalog import Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po

from shop.environment import BadSetting
from shop.settings import settings
from shop.site import site

OURS = Path(__file__).parents[2] / "translations"
FILE = "LC_MESSAGES/shop.po"
PLACEHOLDER = re.compile(r"%\((\w+)\)")

_spoken: ContextVar[str] = ContextVar("spoken")


def locale() -> str:
    """The locale of the moment, such as de_AT: amounts and dates are written by it, too."""
    return _spoken.get("") or settings().locale


def tag() -> str:
    """The same as pages and headers name it, such as de-AT."""
    return locale().replace("_", "-")


def prefix() -> str:
    """What our addresses begin with in the language of the moment: nothing in the shop's own, else `/de`."""
    here = settings()
    return _prefix(locale(), here.locale, here.site)


def languages() -> dict[str, str]:
    """The locale of each language that the shop can be read in, its own first."""
    here = settings()
    return _languages(here.locale, here.site)


@contextmanager
def speaking(locale: str) -> Iterator[None]:
    token = _spoken.set(locale)
    try:
        yield
    finally:
        _spoken.reset(token)


def gettext(message: str) -> str:
    # Under nothing a PO file keeps what it tells about itself.
    return _translations(locale(), settings().site).gettext(message) if message else ""


def ngettext(one: str, many: str, number: int) -> str:
    return _translations(locale(), settings().site).ngettext(one, many, number)


def later(message: str) -> str:
    """Marks a sentence that is kept as a constant and said by `gettext` when somebody reads it."""
    return message


def check() -> None:
    """Raises BadSetting where a file of the merchant's cannot be used."""
    folder = settings().site
    for file in sorted(folder.glob(f"translations/*/{FILE}")) if folder else []:
        _messages(file)
        if not localedata.exists(file.parts[-3]):
            raise BadSetting(f"translations/{file.parts[-3]} must be called as a locale is, such as pt_BR.")
    _languages(settings().locale, folder)


@cache
def _translations(locale: str, own: Path | None) -> library.NullTranslations:
    """Message by message: what one file does not say, the next one does; in the end it is English."""
    spoken: library.NullTranslations = library.NullTranslations()
    folders = [OURS] if own is None else [own / "translations", OURS]
    # Austrian before German, and of each the merchant's first.
    for file in [folder / name / FILE for name in _names(locale) for folder in folders][::-1]:
        if file.is_file():
            messages = _messages(file)
            messages.add_fallback(spoken)
            spoken = messages
    return spoken


@cache
def _prefix(locale: str, own: str, folder: Path | None) -> str:
    language = _language(locale)
    # A language that the shop has given up has no pages: its old letters lead to those that are there.
    return f"/{language}" if language in list(_languages(own, folder))[1:] else ""


@cache
def _languages(own: str, folder: Path | None) -> dict[str, str]:
    """English, and what has a folder, ours or the merchant's, whose de_AT is nearer than our de."""
    folders = [OURS] if folder is None else [OURS, folder / "translations"]
    named = [file.parts[-3] for each in folders for file in sorted(each.glob(f"*/{FILE}"))]
    found = {_language(name): name for name in ("en", *named)}
    chosen = site().languages or tuple(found)
    if unknown := [language for language in chosen if language not in found]:
        raise BadSetting(f"shop.toml: there is no folder translations/{unknown[0]} for languages.")
    others = {language: found[language] for language in chosen}
    return {_language(own): own} | {name: others[name] for name in others if name != _language(own)}


def _names(locale: str) -> list[str]:
    return list(dict.fromkeys((locale, _language(locale))))


def _language(locale: str) -> str:
    return locale.partition("_")[0]


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
