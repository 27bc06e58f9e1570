"""The template environment: autoescape on, misspelt names are errors, sentences in the shopper's language."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from babel.dates import format_datetime
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from shop.money import Money, formatted
from shop.web import words
from shop.web.assets import Assets


@dataclass(frozen=True, slots=True)
class ShopFacts:
    """What every template may say about the shop."""

    name: str
    url: str
    timezone: str
    demo: bool


def environment(folders: list[Path], facts: ShopFacts, assets: Assets) -> Environment:
    """Templates of the first folder win over those of the next."""
    templates = Environment(
        loader=FileSystemLoader(folders),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        extensions=["jinja2.ext.i18n"],
    )
    templates.install_gettext_callables(words.gettext, words.ngettext, newstyle=True)  # type: ignore[attr-defined]  # the extension's
    templates.policies["ext.i18n.trimmed"] = True
    zone = ZoneInfo(facts.timezone)

    def money(amount: Money) -> str:
        return formatted(amount, words.locale())

    def day(moment: datetime) -> str:
        return format_datetime(moment, "medium", tzinfo=zone, locale=words.locale())

    templates.filters |= {"money": money, "day": day}
    templates.globals |= {"shop": facts, "static_url": assets.url, "spoken": words.locale}
    return templates
