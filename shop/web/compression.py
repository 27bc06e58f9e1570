"""Words leave compressed: pages, drawings, lists for search engines."""

import re
import zlib
from collections.abc import Callable
from typing import Any, Protocol

import brotli
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from shop.web.manners import method

Headers = list[tuple[bytes, bytes]]

SHRINKS = re.compile(rb"text/|image/svg\+xml|application/(?:[a-z]+\+)?(?:json|xml)")
# Below this it fits into the packet that is sent anyway.
LEAST = 500
# What is compressed here is compressed again for everybody: a fifth of a millisecond for the home page.
BROTLI, GZIP = 5, 5
# Nothing on these is secret, whoever looks at them.
PUBLIC = re.compile(r"/(?:(?:collections|products|policies|media)(?:/.*)?|search|sitemap\.xml)?")


class Compressor(Protocol):
    def process(self, data: bytes, /) -> bytes: ...

    def finish(self) -> bytes: ...


class Gzip:
    def __init__(self) -> None:
        self._deflate = zlib.compressobj(GZIP, wbits=31)
        self.process = self._deflate.compress
        self.finish = self._deflate.flush


COMPRESSORS: dict[str, Callable[[], Compressor]] = {
    "br": lambda: brotli.Compressor(quality=BROTLI),
    "gzip": Gzip,
}


def compressing(app: ASGIApp) -> ASGIApp:
    """`app`, whose words are compressed where nobody can learn anything from their length."""

    async def smaller(scope: Scope, receive: Receive, send: Send) -> None:
        if not method(scope) or _tells_by_length(scope):
            await app(scope, receive, send)
            return
        known = understood(dict(scope["headers"]).get(b"accept-encoding", b""))
        await app(scope, receive, _Answer(send, next((name for name in COMPRESSORS if name in known), "")))

    return smaller


def understood(accepted: bytes) -> list[str]:
    """The encodings that a browser names and does not refuse."""
    named = (part.replace(b" ", b"").lower().partition(b";q=") for part in accepted.split(b","))
    return [name.decode("latin-1") for name, _, weight in named if not weight or weight.strip(b"0.")]


def _tells_by_length(scope: Scope) -> bool:
    """A page with a secret and with words of a stranger's is shorter where these are the same (BREACH).

    A stranger can lead a shopper's browser to an address with a query, and to no form of ours: those are
    refused. So what has no query has no words of a stranger's, and a public page has no secret.
    """
    return bool(
        method(scope) in ("GET", "HEAD") and scope["query_string"] and not PUBLIC.fullmatch(scope["path"])
    )


class _Answer:
    """Sends what it is sent; the head waits for the first part, because a short answer stays as it is."""

    def __init__(self, send: Send, encoding: str) -> None:
        self._send = send
        self._encoding = encoding
        self._start: Any = None
        self._head: Headers | None = None
        self._compressor: Compressor | None = None

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._start = message
            if _shrinks(headers := list(message.get("headers", []))):
                self._head = headers
                return
        elif message["type"] == "http.response.body":
            message = await self._part(message)
        await self._send(message)

    async def _part(self, message: Any) -> Any:
        body, more = message.get("body", b""), message.get("more_body", False)
        head, self._head = self._head, None
        if head is not None and self._encoding and (more or len(body) >= LEAST):
            self._compressor = COMPRESSORS[self._encoding]()
        if self._compressor is not None:
            body = self._compressor.process(body) + (b"" if more else self._compressor.finish())
        if head is not None:
            if self._compressor is not None:
                head = _compressed(head, self._encoding, None if more else len(body))
            self._start["headers"] = _varying(head)
            await self._send(self._start)
        return {**message, "body": body}


def _shrinks(headers: Headers) -> bool:
    told = dict(headers)
    return b"content-encoding" not in told and bool(SHRINKS.match(told.get(b"content-type", b"")))


def _compressed(headers: Headers, encoding: str, length: int | None) -> Headers:
    """Other bytes than before: of another length, and the same only in what they say."""
    kept = [(name, b"W/" + value if name == b"etag" else value) for name, value in headers]
    kept = [pair for pair in kept if pair[0] != b"content-length"]
    if length is not None:
        kept.append((b"content-length", str(length).encode()))
    return [*kept, (b"content-encoding", encoding.encode())]


def _varying(headers: Headers) -> Headers:
    told = b", ".join(value for name, value in headers if name == b"vary")
    others = [pair for pair in headers if pair[0] != b"vary"]
    return [*others, (b"vary", b", ".join(part for part in (told, b"Accept-Encoding") if part))]
