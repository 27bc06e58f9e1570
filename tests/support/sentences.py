"""What the shop says to people: every sentence that templates, policies and code give to gettext."""

from functools import cache

from babel.messages.extract import extract_from_dir

from tests.support.commands import REPOSITORY

METHODS = [
    ("shop/**.py", "python"),
    ("templates/**.html", "jinja2.ext:babel_extract"),
    ("policies/**.md", "jinja2.ext:babel_extract"),
]
OPTIONS = {"templates/**.html": {"trimmed": "true"}}
KEYWORDS = {"_": None, "gettext": None, "later": None, "ngettext": (1, 2)}

# One sentence, or its forms for one and for many.
Said = tuple[str, ...]


@cache
def said() -> dict[str, Said]:
    """By the first form, which is the key of a translation."""
    found = extract_from_dir(REPOSITORY, METHODS, OPTIONS, keywords=KEYWORDS)
    forms = [message if isinstance(message, tuple) else (message,) for _, _, message, _, _ in found]
    return {form[0]: form for form in forms}
