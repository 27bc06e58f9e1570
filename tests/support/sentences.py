"""What the shop says to people: every sentence that templates, policies and code give to gettext."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from babel.messages.extract import extract_from_file

from tests.support.commands import REPOSITORY

KEYWORDS = {"_": None, "gettext": None, "later": None, "ngettext": (1, 2)}
WAYS = {".py": "python", ".html": "jinja2.ext:babel_extract", ".md": "jinja2.ext:babel_extract"}
FOLDERS = ("shop/**/*.py", "templates/**/*.html", "policies/*.md")

# One sentence, or its forms for one and for many.
Said = tuple[str, ...]


@cache
def said() -> dict[str, Said]:
    """By the first form, which is the key of a translation."""
    found: dict[str, Said] = {}
    for file in _speaking():
        options = {"trimmed": "true"} if file.suffix == ".html" else {}
        for _, message, _, _ in extract_from_file(WAYS[file.suffix], file, KEYWORDS, options=options):
            forms = message if isinstance(message, tuple) else (message,)
            found[forms[0]] = forms
    return found


def _speaking() -> Iterator[Path]:
    """Reading is slow, so files that say nothing are left out."""
    for folder in FOLDERS:
        for file in sorted(REPOSITORY.glob(folder)):
            text = file.read_text()
            if "web.words" in text or "gettext(" in text or "_(" in text or "{% trans" in text:
                yield file
