"""HTTP manners that Litestar leaves out: HEAD wherever GET answers, and one address per page."""

from urllib.parse import quote

from litestar.types import ASGIApp, Message, Receive, Scope, Send


def with_manners(app: ASGIApp) -> ASGIApp:
    async def polite(scope: Scope, receive: Receive, send: Send) -> None:
        if "\x00" in scope["path"]:
            # PostgreSQL cannot even be asked for it; under what stands there instead nothing is found.
            scope = {**scope, "path": scope["path"].replace("\x00", "\ufffd")}  # type: ignore[assignment]  # as below
        if method(scope) == "GET" and len(scope["path"]) > 1 and scope["path"].endswith("/"):
            # Several leading slashes, or a backslash, would name another host; a line break, another header.
            await moved(scope, send, "/" + quote(scope["path"].strip("/")))
        elif method(scope) == "HEAD":
            await app({**scope, "method": "GET"}, receive, _headers_only(send))  # type: ignore[arg-type]  # a scope with one value changed
        else:
            await app(scope, receive, send)

    return polite


def method(scope: Scope) -> str:
    """The request's method; a lifespan or a websocket has none."""
    return str(scope.get("method", ""))


def _headers_only(send: Send) -> Send:
    async def send_headers(message: Message) -> None:
        if message["type"] == "http.response.body":
            message = {**message, "body": b""}
        await send(message)

    return send_headers


async def moved(scope: Scope, send: Send, path: str) -> None:
    """Answers that what was asked for is found at `path`, whatever the query."""
    query = scope.get("query_string", b"")
    location = path.encode() + (b"?" + query if query else b"")
    # A browser asks again: a merchant may choose another language for the shop.
    headers = [(b"content-length", b"0"), (b"location", location), (b"cache-control", b"no-cache")]
    await send({"type": "http.response.start", "status": 308, "headers": headers})
    await send({"type": "http.response.body", "body": b"", "more_body": False})
