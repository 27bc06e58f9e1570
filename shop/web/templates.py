"""The template environment: autoescape on, misspelt names are errors, sentences in the shopper's language."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time, get_timezone_name
from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PrefixLoader, StrictUndefined, TemplateError

from shop.environment import BadSetting
from shop.money import Money, formatted
from shop.settings import settings
from shop.site import Merchant, site
from shop.web import look, policies, words
from shop.web.assets import Assets
from shop.web.language import alternates, goods_lang, lang_of, tongues
from shop.web.linked_data import about

OURS = Path(__file__).parents[2] / "templates"


@dataclass(frozen=True, slots=True)
class ShopFacts:
    """What every template may say about the shop."""

    name: str
    url: str
    timezone: str
    demo: bool
    logo: str | None
    merchant: Merchant


def environment(assets: Assets) -> Environment:
    """The merchant's templates win over ours, which stay there to be extended: `shop/layouts/base.html`."""
    here = settings()
    facts = ShopFacts(here.name, here.url, here.timezone, here.demo, look.logo(), site().merchant)
    ours = FileSystemLoader(OURS)
    templates = Environment(
        loader=ChoiceLoader([FileSystemLoader(_own()), ours, PrefixLoader({"shop": ours})]),
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

    def day(at: datetime) -> str:
        return format_date(at.astimezone(zone), "long", locale=words.locale())

    def moment(at: datetime) -> str:
        """To the minute and with its zone, where the hour counts."""
        time = format_time(at, "short", tzinfo=zone, locale=words.locale())
        return f"{day(at)}, {time} {get_timezone_name(at.astimezone(zone), 'short', locale=words.locale())}"

    templates.filters |= {"money": money, "day": day, "moment": moment}
    templates.globals |= {
        "shop": facts,
        "static_url": assets.url,
        "spoken": words.locale,
        "prefix": words.prefix,
        "tongues": tongues,
        "alternates": alternates,
        "goods_lang": goods_lang,
        "lang_of": lang_of,
        "policies": policies.current,
        "about": about(assets),
    }
    return templates


def check(templates: Environment) -> None:
    """Raises BadSetting where a template of the merchant's cannot be read."""
    for folder in _own():
        for file in sorted(folder.rglob("*.html")):
            try:
                templates.get_template(file.relative_to(folder).as_posix())
            except (TemplateError, UnicodeDecodeError) as problem:
                raise BadSetting(f"{file} cannot be used: {problem}") from None


def _own() -> list[Path]:
    folder = settings().site
    return [folder / "templates"] if folder else []
