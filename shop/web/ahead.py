"""Browsers that can fetch the page behind a link while the mouse rests on it: the click finds it there.

The links are ordinary ones, so whoever cannot, or may not, loses nothing. A finger rests on a link whenever
it scrolls, which would fetch for nothing; and whoever saves data fetches nothing that may not be read.
"""

from litestar.types import ASGIApp, Message, Receive, Scope, Send

from shop.web.manners import method

RULES = "ahead.speculationrules"


def fetching_ahead(app: ASGIApp, rules: str) -> ASGIApp:
    """`app`, whose pages name the address of the rules to browsers with a mouse."""
    header = (b"speculation-rules", f'"{rules}"'.encode())

    async def ahead(scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_rules(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", []), header]
            await send(message)

        await app(scope, receive, send_with_rules if _may(scope) else send)

    return ahead


def _may(scope: Scope) -> bool:
    headers = dict(scope["headers"]) if method(scope) == "GET" else {}
    return (
        headers.get(b"sec-fetch-dest") == b"document"
        and headers.get(b"sec-ch-ua-mobile") == b"?0"
        and headers.get(b"save-data") != b"on"
    )
