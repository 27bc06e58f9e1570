"""JSON-LD: what a page shows, in words that search engines have agreed on (https://schema.org)."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from shop.settings import settings
from shop.site import site
from shop.web import look
from shop.web.assets import Assets
from shop.web.head import Shared, absolute

Thing = dict[str, Any]
# Inside a script no entity is read: what could end it is written as JavaScript writes it.
ESCAPES = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}
LARGE = 512


@dataclass(frozen=True, slots=True)
class About:
    """What is the same on all pages: a picture where a page has none, and who sells."""

    picture: Shared | None
    data: Markup


def as_data(*things: Thing) -> Markup:
    told = json.dumps({"@context": "https://schema.org", "@graph": things}, ensure_ascii=False)
    return Markup(told.translate(ESCAPES))  # noqa: S704  # nothing in it ends the script that it stands in


def about(assets: Assets) -> About:
    here, icon = settings(), look.large_icons().get(LARGE)
    picture = Shared(here.url + assets.url(icon), LARGE, LARGE, here.name) if icon else None
    logo = here.url + assets.url(look.logo() or icon or look.ICON)
    return About(picture, as_data(_organization(logo), _website()))


def crumbs(steps: Iterable[tuple[str, str]]) -> Thing:
    """The way from the home page to here: titles, and addresses without a prefix."""
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": number, "name": title, "item": absolute(address)}
            for number, (title, address) in enumerate(steps, 1)
        ],
    }


def told(**values: Any) -> Thing:
    """What is empty is left out."""
    named = {"type_": "@type", "id_": "@id"}
    return {named.get(name, name): value for name, value in values.items() if value}


def _organization(logo: str) -> Thing:
    here, merchant = settings(), site().merchant
    return told(
        type_="OnlineStore",
        id_=f"{here.url}/#shop",
        name=here.name,
        url=f"{here.url}/",
        logo=logo,
        legalName=merchant.name,
        email=merchant.email,
        telephone=merchant.phone,
        vatID=merchant.vat_id,
        address=_address(),
    )


def _address() -> Thing:
    merchant = site().merchant
    if not merchant.address:
        return {}
    return told(
        type_="PostalAddress",
        streetAddress=", ".join(merchant.address),
        addressCountry=merchant.country,
    )


def _website() -> Thing:
    here = settings()
    return {
        "@type": "WebSite",
        "@id": f"{here.url}/#site",
        "name": here.name,
        "url": f"{here.url}/",
        "publisher": {"@id": f"{here.url}/#shop"},
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": f"{here.url}/search?q={{search_term_string}}"},
            "query-input": "required name=search_term_string",
        },
    }
