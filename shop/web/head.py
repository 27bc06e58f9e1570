"""What a page says about itself: to search engines, and to whoever is sent its address."""

from dataclasses import dataclass

from babel import Locale
from babel.core import get_global
from markupsafe import Markup

from shop.settings import settings
from shop.web import words

# Search engines show about as much.
LONGEST = 160


@dataclass(frozen=True, slots=True)
class Shared:
    """The picture that stands beside a link to the page; its address is a whole one."""

    url: str
    width: int
    height: int
    alt: str


@dataclass(frozen=True, slots=True)
class Head:
    """`address` is the one address of what is shown, without a prefix; a page without one is not to be found.

    `data` tells programs what the page shows, as JSON-LD that can stand between two tags.
    """

    description: str
    address: str = ""
    kind: str = "website"
    picture: Shared | None = None
    data: Markup = Markup()  # noqa: RUF009  # it never changes

    @property
    def canonical(self) -> str:
        return absolute(self.address)

    @property
    def locale(self) -> str:
        """`de` as de_DE: whoever shows previews wants a country, too."""
        told = Locale.parse(get_global("likely_subtags").get(words.locale()) or words.locale())
        return f"{told.language}_{told.territory}" if told.territory else told.language


def head(address: str, description: str, **more: object) -> Head:
    """Of a page that may be found. `address` has no query but what makes it another page."""
    return Head(shortened(description), address, **more)  # type: ignore[arg-type]  # Head's own fields


def hidden() -> Head:
    """Of a page that is the shopper's own, or of no use to anybody else."""
    return Head(settings().name)


def absolute(address: str) -> str:
    return settings().url + words.prefix() + address


def shortened(text: str) -> str:
    """At most 160 characters, cut between two words."""
    line = " ".join(text.split())
    if len(line) <= LONGEST:
        return line
    return line[:LONGEST].rpartition(" ")[0].rstrip(",;.:– ") + "…"
