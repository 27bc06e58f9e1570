"""Only this machine is served, and only what its own pages send; every refusal is a page."""

from typing import Any

from litestar import Request, Response
from litestar.enums import ScopeType
from litestar.exceptions import HTTPException
from litestar.types import ASGIApp, Receive, Scope, Send

from shop.sandbox import connection
from shop.sandbox.errors import ApiError
from shop.sandbox.hands import RefusedError
from shop.sandbox.rooms import Rooms

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
OWN = ("same-origin", "none")


def only_from_this_machine(app: ASGIApp) -> ASGIApp:
    """A page elsewhere could reach this machine by a name of its own, or by a form; neither gets through."""

    async def guarded(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == ScopeType.HTTP:
            headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
            reason = _refusal(str(scope.get("method")), headers)
            if reason is not None:
                await connection.answer(
                    send, 403, reason.encode(), {"Content-Type": "text/plain; charset=utf-8"}
                )
                return
        await app(scope, receive, send)

    return guarded


def exception_handlers(rooms: Rooms) -> dict[Any, Any]:
    def refused(_: Request[Any, Any, Any], problem: Exception) -> Response[dict[str, str]]:
        return Response({"error": str(problem)}, status_code=400)

    def missing(_: Request[Any, Any, Any], problem: HTTPException) -> Response[str]:
        if problem.status_code in (404, 405):
            return rooms.missing("page")
        return rooms.pages.page("sandbox/broken.html", status=problem.status_code, detail=problem.detail)

    return {HTTPException: missing, RefusedError: refused, ApiError: refused}


def _refusal(method: str, headers: dict[bytes, str]) -> str | None:
    host = headers.get(b"host", "").lower()
    if host.rsplit(":", 1)[0] not in LOOPBACK and host not in LOOPBACK:
        return "The sandbox answers to the names of this machine only."
    if method not in ("GET", "HEAD", "OPTIONS") and not _own_page(headers, host):
        return "Another site may not change anything in the sandbox."
    return None


def _own_page(headers: dict[bytes, str], host: str) -> bool:
    """By what browsers say; what says nothing is no browser."""
    site, origin = headers.get(b"sec-fetch-site"), headers.get(b"origin")
    if site is not None:
        return site in OWN
    return origin is None or origin.lower() == f"http://{host}"
