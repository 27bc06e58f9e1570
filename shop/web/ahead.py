"""Browsers that fetch the page behind a link a little before it is followed: the click finds it there.

A mouse that rests on a link means it. A finger may only want to scroll, so nothing is fetched before it comes
down; then a page of 5 kB is on its way while it is lifted. The links are ordinary ones, so whoever cannot
loses nothing. Whoever saves data fetches nothing that may not be read.
"""

from litestar.types import ASGIApp, Message, Receive, Scope, Send

from shop.web.assets import Assets
from shop.web.manners import method

# By what the browser says of itself in Sec-CH-UA-Mobile.
RULES = {b"?0": "ahead.speculationrules", b"?1": "ahead-by-touch.speculationrules"}


def fetching_ahead(app: ASGIApp, assets: Assets) -> ASGIApp:
    """`app`, whose pages name to browsers with a mouse, and to those with a finger, where their rules are."""
    named = {kind: (b"speculation-rules", f'"{assets.url(name)}"'.encode()) for kind, name in RULES.items()}

    async def ahead(scope: Scope, receive: Receive, send: Send) -> None:
        header = named.get(_kind(scope))

        async def send_with_rules(message: Message) -> None:
            if header and message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", []), header]
            await send(message)

        await app(scope, receive, send_with_rules if header else send)

    return ahead


def _kind(scope: Scope) -> bytes:
    """Nothing where there is nobody who may fetch ahead."""
    headers = dict(scope["headers"]) if method(scope) == "GET" else {}
    may = headers.get(b"sec-fetch-dest") == b"document" and headers.get(b"save-data") != b"on"
    return headers.get(b"sec-ch-ua-mobile", b"") if may else b""
