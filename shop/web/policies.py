"""The shop's own pages of words: terms, privacy, withdrawal, imprint, contact, and what the merchant adds.

Markdown with the merchant's data filled in. A file in SHOP_SITE's `policies/` replaces the draft of ours.
"""

import hashlib
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from babel import Locale
from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateError
from markdown_it import MarkdownIt
from markupsafe import Markup

from shop.environment import BadSetting
from shop.errors import NotFound
from shop.settings import Settings, settings
from shop.site import Site, site
from shop.web import words

OURS = Path(__file__).parents[2] / "policies"
# In the order in which the footer names them; the merchant's further ones follow.
NAMES = ("terms", "returns", "privacy", "imprint", "contact")
NAME = re.compile(r"[a-z][a-z0-9-]*")
MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")


@dataclass(frozen=True, slots=True)
class Policy:
    """One page. `draft`: the merchant has not put a text of their own in its place.

    `language`: what it is written in, which is the shop's where there is no translation.
    """

    name: str
    title: str
    text: str
    html: Markup
    draft: bool
    language: str


@dataclass(frozen=True, slots=True)
class Policies:
    """All of them in one language. `version` changes with every letter of what is agreed to."""

    version: str
    pages: tuple[Policy, ...]

    def named(self, name: str) -> Policy:
        found = [policy for policy in self.pages if policy.name == name]
        if not found:
            raise NotFound
        return found[0]

    @property
    def texts(self) -> dict[str, str]:
        return {policy.name: policy.text for policy in self.pages}


def current() -> Policies:
    """In the language of the moment."""
    return _read(words.locale(), settings(), site())


def check() -> None:
    """Raises BadSetting where a page cannot be shown in one of the languages."""
    for locale in words.languages().values():
        with words.speaking(locale):
            current()


def drafts() -> tuple[str, ...]:
    return tuple(policy.name for policy in current().pages if policy.draft)


def as_html(text: str, before: str = "") -> Markup:
    """Markdown as a page shows it: HTML in it stays text. `before` goes before links to our pages."""
    html = MARKDOWN.render(text).replace('href="/', f'href="{before}/')
    return Markup(html)  # noqa: S704  # the renderer escapes, and takes no HTML


@cache
def _read(locale: str, here: Settings, told: Site) -> Policies:
    folder = here.site / "policies" if here.site else None
    names = [*NAMES, *sorted(_names_in(folder) - set(NAMES))]
    pages = tuple(_policy(name, locale, folder, here, told) for name in names)
    version = hashlib.sha256("\n\n".join(f"{page.name}\n{page.text}" for page in pages).encode())
    return Policies(version.hexdigest()[:16], pages)


def _names_in(folder: Path | None) -> set[str]:
    """`terms.md` and `terms.de.md` are the same page."""
    files = folder.glob("*.md") if folder else ()
    return {name for file in files if NAME.fullmatch(name := file.name.split(".")[0])}


def _policy(name: str, locale: str, folder: Path | None, here: Settings, told: Site) -> Policy:
    wanted = [*_files(name, locale), f"{name}.md", *_files(name, here.locale)]
    # The merchant's own text comes first, whatever language it is in.
    files = [at / file for at in (folder, OURS) if at for file in wanted]
    file = next((file for file in files if file.is_file()), None)
    if file is None:
        raise BadSetting(f"policies/{name}.md is missing; each language needs it, or a file of its own.")
    text = _filled(file, locale, here, told)
    heading = re.match(r"# +(.+)\n", text)
    if heading is None:
        raise BadSetting(f"policies/{file.name} must begin with its title: a line such as # Terms.")
    html, draft = as_html(text, words.prefix()), file.parent == OURS
    language = file.stem.partition(".")[2] or ("en" if draft else here.locale)
    return Policy(name, heading[1].strip(), text, html, draft, language)


def _files(name: str, locale: str) -> list[str]:
    return [f"{name}.{locale}.md", f"{name}.{locale.partition('_')[0]}.md"]


def _filled(file: Path, locale: str, here: Settings, told: Site) -> str:
    templates = Environment(
        loader=FileSystemLoader(file.parent),
        autoescape=False,  # noqa: S701  # it is Markdown, whose renderer escapes
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    templates.install_gettext_callables(words.gettext, words.ngettext, newstyle=True)  # type: ignore[attr-defined]  # the extension's
    territories = Locale.parse(locale).territories
    try:
        filled = templates.get_template(file.name).render(
            merchant=told.merchant,
            shop={"name": here.name, "url": here.url},
            countries=[territories.get(code, code) for code in here.ships_to],
            prices_include_tax=told.prices_include_tax,
        )
    except (TemplateError, UnicodeDecodeError) as problem:
        raise BadSetting(f"policies/{file.name} cannot be used: {problem}") from None
    return re.sub(r"\n{3,}", "\n\n", filled).strip() + "\n"
