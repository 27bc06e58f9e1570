"""Other forms of a word: who types "lamps" or "Lampen" means a lamp, and who types "berry" berries, too.

Where too much is cut off, what is left ends no word, and nothing more is found by it.
"""

from shop.settings import settings
from shop.web import words

ENGLISH = (
    ("s", ""),
    ("es", ""),
    ("ies", "y"),
    ("ves", "f"),
    ("ves", "fe"),
    ("y", "ies"),
    ("f", "ves"),
    ("fe", "ves"),
)
# English has other words that end like this: a poster is no post.
GERMAN = (("n", ""), ("en", ""), ("e", ""), ("er", ""), ("ern", ""))
SHORTEST = 3


def forms(word: str) -> tuple[str, ...]:
    """What a folded word is in the singular, or in a plural that does not begin with it."""
    endings = ENGLISH + (GERMAN if _is_german() else ())
    found = (word.removesuffix(ending) + instead for ending, instead in endings if _may_end(word, ending))
    return tuple(dict.fromkeys(found))


def _may_end(word: str, ending: str) -> bool:
    """A glass has no plural's s."""
    return (
        word.endswith(ending)
        and len(word) - len(ending) >= SHORTEST
        and not (ending == "s" and word[-2] == "s")
    )


def _is_german() -> bool:
    return any(locale.startswith("de") for locale in (words.locale(), settings().locale))
