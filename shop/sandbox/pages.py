"""What every page of the sandbox has in common: templates, policy, static files."""

from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from litestar import Response, get
from litestar.exceptions import NotFoundException

from shop.money import Money, formatted
from shop.sandbox import language

ROOT = Path(__file__).parents[2]
ASSETS = {
    "css/sandbox.css": "text/css; charset=utf-8",
    "js/htmx-4.0.1.min.js": "text/javascript; charset=utf-8",
}


class Pages:
    def __init__(self) -> None:
        self._templates = Environment(
            loader=FileSystemLoader(ROOT / "templates"), autoescape=True, undefined=StrictUndefined
        )
        self._templates.filters["money"] = money

    def page(
        self,
        template: str,
        *,
        status: int = 200,
        leads_to: list[str | None] | None = None,
        spoken: str = language.ENGLISH,
        **context: Any,
    ) -> Response[str]:
        """`leads_to`: other sites to which a form of this page redirects; the policy must allow those too."""
        words = {
            "language": spoken,
            "say": partial(language.say, spoken=spoken),
            "amount": partial(money, spoken=spoken),
        }
        html = self._templates.get_template(template).render(words | context)
        return Response(
            html,
            status_code=status,
            media_type="text/html; charset=utf-8",
            headers={
                "Cache-Control": "no-store",
                "Content-Security-Policy": policy([_origin(url) for url in leads_to or [] if url]),
                "Referrer-Policy": "strict-origin-when-cross-origin",
                "X-Content-Type-Options": "nosniff",
            },
        )


def policy(form_targets: list[str]) -> str:
    targets = " ".join(["'self'", *dict.fromkeys(form_targets)])
    return (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        f"base-uri 'none'; frame-ancestors 'none'; form-action {targets}"
    )


@get("/static/{path:path}", sync_to_thread=False)
def asset(path: str) -> Response[bytes]:
    name = path.lstrip("/")
    if name not in ASSETS or not (ROOT / "static" / name).is_file():
        raise NotFoundException
    return Response(
        (ROOT / "static" / name).read_bytes(),
        media_type=ASSETS[name],
        headers={"Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff"},
    )


def money(amount: int, currency: str, spoken: str = language.ENGLISH) -> str:
    return formatted(Money(amount, currency.upper()), spoken)


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"
