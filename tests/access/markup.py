"""What can be wrong with a page before any browser mends it."""

import re
from collections import Counter
from collections.abc import Iterator

from justhtml import JustHTML

from tests.support.pages import Page, squeezed

NAMES_ANOTHER = ("for", "aria-describedby", "aria-labelledby", "aria-controls", "form")
TITLE = re.compile(r"[^·]+ · Hearthside")


def complaints_about(page: Page) -> Iterator[str]:
    ids = Counter(node.attributes["id"] or "" for node in page.all("[id]"))
    for error in JustHTML(page.response.text, collect_errors=True, sanitize=False).errors:
        yield f"the parser says {error}"
    for name, times in ids.items():
        if times > 1:
            yield f"the id {name!r} is there {times} times"
    if not TITLE.fullmatch(page.title):
        yield f"it is called {page.title!r}"
    yield from _about_the_frame(page)
    yield from _about_headings(page)
    yield from _about_what_names_another(page, set(ids))


def _about_the_frame(page: Page) -> Iterator[str]:
    # What says that the shop is broken stands without the layout.
    around = [] if page.status >= 500 else ["body > footer", "#main[tabindex='-1']", "body > a[href='#main']"]
    for part in ("html[lang]", "body > header", "main", "h1", *around):
        if len(page.all(part)) != 1:
            yield f"{len(page.all(part))} of {part}"
    if around and page.all("body a")[0].attributes.get("href") != "#main":
        yield "the first link does not lead to the content"
    names = Counter(node.attributes.get("aria-label") for node in page.all("nav"))
    for name, times in names.items():
        if times > 1 or not name:
            yield f"{times} navigations are called {name!r}"


def _about_headings(page: Page) -> Iterator[str]:
    levels = [int((node.tag or "h0")[1]) for node in page.all("h1, h2, h3, h4, h5, h6")]
    for before, after in zip([0, *levels], levels, strict=False):
        if after > before + 1:
            yield f"h{after} follows h{before}"


def _about_what_names_another(page: Page, ids: set[str]) -> Iterator[str]:
    for attribute in NAMES_ANOTHER:
        for node in page.all(f"[{attribute}]"):
            for name in set((node.attributes[attribute] or "").split()) - ids:
                yield f"{attribute} names {name!r}, which is not there"
    for link in page.all("a[href^='#']"):
        if (link.attributes["href"] or "")[1:] not in ids:
            yield f"a link leads to {link.attributes['href']}, which is not there"
    for field in page.all("[aria-invalid]"):
        reasons = (field.attributes.get("aria-describedby") or "").split()
        if not any(squeezed(page.one(f"[id='{reason}']")) for reason in reasons):
            yield f"{field.attributes.get('id')} is invalid, and nothing beside it says why"
