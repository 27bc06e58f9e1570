"""Answers that need no request, no query and no layout: they are made at start, in every language.

For when something broke that even the page about it needs, and for when the shop is closed.
"""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from jinja2 import Environment
from litestar.enums import ScopeType
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from shop.web import words
from shop.web.problems import UNEXPECTED, Problem
from shop.web.words import later

log = logging.getLogger("shop")

Answering = Callable[[Scope, Send], Awaitable[None]]

# Money is on its way through these, and those who watch must not take a closed shop for a broken one.
OPEN = {"/webhooks/stripe", "/checkout/return", "/health"}
PICTURES = "/media/"
A_WHILE = 600


@dataclass(frozen=True, slots=True)
class Made:
    page: bytes
    region: bytes


def with_last_resort(app: ASGIApp, templates: Environment) -> ASGIApp:
    """`app`; where it fails so that not even its own error page can be made, this one is sent."""
    sorry = _always(templates, UNEXPECTED)

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


def closed(app: ASGIApp, templates: Environment, sentence: str) -> ASGIApp:
    """Only what may not stop reaches `app`; whoever looks in is told the sentence."""
    told = Problem(503, later("We are closed for a short while"), sentence, way_on=None)
    answer = _always(templates, told, A_WHILE)

    async def only_what_must(scope: Scope, receive: Receive, send: Send) -> None:
        path = scope.get("path", "")
        if scope["type"] != ScopeType.HTTP or path in OPEN or path.startswith(PICTURES):
            await app(scope, receive, send)
        else:
            await answer(scope, send)

    return only_what_must


def _always(templates: Environment, problem: Problem, retry: int | None = None) -> Answering:
    made = {locale: _made(templates, problem, locale) for locale in words.languages().values()}
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
        start = [*headers, (b"content-length", str(len(body)).encode())]
        await send({"type": "http.response.start", "status": problem.status, "headers": start})
        await send({"type": "http.response.body", "body": body, "more_body": False})

    return answer


def _made(templates: Environment, problem: Problem, locale: str) -> Made:
    with words.speaking(locale):
        told = problem.told()
        page, region = (
            templates.get_template(name).render(told).encode()
            for name in ("errors/alone.html", "errors/_problem.html")
        )
    return Made(page, region)
