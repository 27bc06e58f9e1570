"""HTTP manners that Litestar leaves out: HEAD wherever GET answers, and one address per page."""

from urllib.parse import quote

from litestar.types import ASGIApp, Message, Receive, Scope, Send


def with_manners(app: ASGIApp) -> ASGIApp:
    async def polite(scope: Scope, receive: Receive, send: Send) -> None:
        if "\x00" in scope["path"]:
            # PostgreSQL cannot even be asked for it; under what stands there instead nothing is found.
            scope = {**scope, "path": scope["path"].replace("\x00", "\ufffd")}  # type: ignore[assignment]  # as below
        if method(scope) == "GET" and len(scope["path"]) > 1 and scope["path"].endswith("/"):
            await _say(send, 308, location=_without_slash(scope))
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


def _without_slash(scope: Scope) -> bytes:
    # More than one leading slash, or a backslash, would name another host; a line break, another header.
    path = "/" + quote(scope["path"].strip("/"))
    query = scope.get("query_string", b"")
    return path.encode() + (b"?" + query if query else b"")


async def _say(send: Send, status: int, location: bytes | None = None) -> None:
    headers = [(b"content-length", b"0")]
    if location is not None:
        headers.append((b"location", location))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": b"", "more_body": False})
