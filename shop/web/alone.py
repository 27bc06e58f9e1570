"""Answers that need no request, no query and no layout: they are made at start, in every language.

For when something broke that even the page about it needs, and for when the shop is closed.
"""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial

from jinja2 import Environment
from litestar.enums import ScopeType
from litestar.types import ASGIApp, Message, Receive, Scope, Send
from markupsafe import Markup

from shop.settings import settings
from shop.web import words
from shop.web.language import lang_of
from shop.web.problems import UNEXPECTED, Problem
from shop.web.words import gettext, later

log = logging.getLogger("shop")

Answering = Callable[[Scope, Send], Awaitable[None]]

# Money is on its way through these, and those who watch must not take a closed shop for a broken one.
OPEN = {"/webhooks/stripe", "/checkout/return", "/health"}
PICTURES = "/media/"
A_WHILE = 600
CLOSED = Problem(503, later("We are closed for a short while"), "", way_on=None)


@dataclass(frozen=True, slots=True)
class Made:
    tag: bytes
    page: bytes
    region: bytes


def with_last_resort(app: ASGIApp, templates: Environment) -> ASGIApp:
    """`app`; where it fails so that not even its own error page can be made, this one is sent."""
    sorry = _always(UNEXPECTED.status, _in_every_language(templates, UNEXPECTED.told))

    async def guarded(scope: Scope, receive: Receive, send: Send) -> None:
        begun = False

        async def send_and_note(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await app(scope, receive, send_and_note)
        except Exception as problem:
            if begun or scope["type"] != ScopeType.HTTP:
                raise
            log.error("no page could be made", exc_info=problem)  # noqa: TRY400  # with where it happened
            await sorry(scope, send)

    return guarded


def closed(app: ASGIApp, templates: Environment, sentences: dict[str, str]) -> ASGIApp:
    """Only what may not stop reaches `app`; whoever looks in is told the sentence of their language."""
    answer = _always(CLOSED.status, _in_every_language(templates, partial(_closed, sentences)), A_WHILE)

    async def only_what_must(scope: Scope, receive: Receive, send: Send) -> None:
        path = scope.get("path", "")
        if scope["type"] != ScopeType.HTTP or path in OPEN or path.startswith(PICTURES):
            await app(scope, receive, send)
        else:
            await answer(scope, send)

    return only_what_must


def _closed(sentences: dict[str, str]) -> dict[str, object]:
    """Without a number that tells shoppers nothing; a sentence in another language than the page says so."""
    own = sentences.get("", "")
    said = sentences.get(words.locale().partition("_")[0]) or gettext(own)
    lang = lang_of(settings().locale) if said == own else ""
    return CLOSED.told() | {"status": None, "sentence": Markup("<span{}>{}</span>").format(lang, said)}


def _in_every_language(templates: Environment, tell: Callable[[], dict[str, object]]) -> dict[str, Made]:
    made = {}
    for locale in words.languages().values():
        with words.speaking(locale):
            page, region = (
                templates.get_template(name).render(tell()).encode()
                for name in ("errors/alone.html", "errors/_problem.html")
            )
            made[locale] = Made(words.tag().encode(), page, region)
    return made


def _always(status: int, made: dict[str, Made], retry: int | None = None) -> Answering:
    headers = [
        (b"content-type", b"text/html; charset=utf-8"),
        (b"cache-control", b"no-store"),
        (b"x-robots-tag", b"noindex"),
        (b"vary", b"HX-Request-Type"),
        *([(b"retry-after", str(retry).encode())] if retry else []),
    ]

    async def answer(scope: Scope, send: Send) -> None:
        here = made.get(words.locale()) or next(iter(made.values()))
        asked_for_region = dict(scope["headers"]).get(b"hx-request-type") == b"partial"
        body = here.region if asked_for_region else here.page
        told = [(b"content-language", here.tag), (b"content-length", str(len(body)).encode())]
        await send({"type": "http.response.start", "status": status, "headers": [*headers, *told]})
        await send({"type": "http.response.body", "body": body, "more_body": False})

    return answer
