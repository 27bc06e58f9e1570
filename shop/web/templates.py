"""The template environment: autoescape on, misspelt names are errors."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from babel.dates import format_datetime
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from shop.money import Money, formatted
from shop.web.assets import Assets


@dataclass(frozen=True, slots=True)
class ShopFacts:
    """What every template may say about the shop."""

    name: str
    url: str
    locale: str
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
    )
    zone = ZoneInfo(facts.timezone)

    def money(amount: Money) -> str:
        return formatted(amount, facts.locale)

    def day(moment: datetime) -> str:
        return format_datetime(moment, "medium", tzinfo=zone, locale=facts.locale)

    templates.filters |= {"money": money, "day": day}
    templates.globals |= {"shop": facts, "static_url": assets.url}
    return templates
