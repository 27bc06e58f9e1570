"""Static files from memory: hashed names, cached for ever, compressed once."""

import gzip
import hashlib
import mimetypes
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import brotli
from litestar.types import ASGIApp, Receive, Scope, Send

from shop.environment import BadSetting
from shop.web.bundles import bare
from shop.web.compression import understood
from shop.web.manners import method

PREFIX = "/static/"
FOR_EVER = b"public, max-age=31536000, immutable"
mimetypes.add_type("application/speculationrules+json", ".speculationrules")
mimetypes.add_type("font/woff2", ".woff2")
SHRINKS = {".css", ".js", ".svg", ".txt", ".json", ".webmanifest"}
# What a stylesheet in css/ names beside its folder: a font, a picture.
NAMED = re.compile(rb'url\("\.\./([^"]+)"\)')


@dataclass(frozen=True, slots=True)
class Asset:
    """One file, ready to be sent: a body for each encoding, the smallest first."""

    media_type: bytes
    etag: bytes
    bodies: tuple[tuple[str, bytes], ...]

    def body(self, accepted: list[str]) -> tuple[str, bytes]:
        return next(pair for pair in self.bodies if pair[0] == "identity" or pair[0] in accepted)


class Assets:
    """The files below some folders, the later ones' in place of the earlier ones', and what is made at start.

    `url("css/base.css")` is an address that changes with the content, and so is what a stylesheet names.
    `joined` says which files are one: people read and replace them one by one, browsers ask once.
    Raises BadSetting where a stylesheet names what is not there.
    """

    def __init__(
        self,
        *folders: Path,
        made: dict[str, bytes] | None = None,
        appended: dict[str, bytes] | None = None,
        joined: dict[str, tuple[str, ...]] | None = None,
    ) -> None:
        self._urls: dict[str, str] = {}
        self._by_path: dict[str, Asset] = {}
        files = dict(_files(folders))
        contents = {name: file.read_bytes() for name, file in files.items()} | (made or {})
        for name, more in (appended or {}).items():
            contents[name] += more
        for name, parts in (joined or {}).items():
            contents[name] = b"\n".join(bare(part, contents[part]) for part in parts)
        # Stylesheets last: by then what they name has its address.
        for name in sorted(contents, key=lambda name: name.endswith(".css")):
            self._keep(name, contents[name])

    def url(self, name: str) -> str:
        return self._urls[name]

    def read(self, name: str) -> bytes | None:
        """What a file says, or nothing where there is none."""
        return dict(self._by_path[self._urls[name]].bodies)["identity"] if name in self._urls else None

    def _keep(self, name: str, content: bytes) -> None:
        if name.endswith(".css"):
            content = NAMED.sub(partial(self._addressed, name), content)
        digest = hashlib.sha256(content).hexdigest()[:12]
        stem, dot, extension = name.rpartition(".")
        self._urls[name] = f"{PREFIX}{stem}.{digest}{dot}{extension}"
        self._by_path[self._urls[name]] = _asset(Path(name), content, digest)

    def _addressed(self, stylesheet: str, found: re.Match[bytes]) -> bytes:
        named = found[1].decode()
        if named not in self._urls:
            raise BadSetting(f"static/{stylesheet} names {named}, which is not in the folder static/.")
        return f'url("{self._urls[named]}")'.encode()

    def serving(self, app: ASGIApp) -> ASGIApp:
        """`app`, with these files answered before it is asked."""

        async def serve(scope: Scope, receive: Receive, send: Send) -> None:
            asset = self._by_path.get(scope["path"]) if method(scope) == "GET" else None
            if asset is None:
                await app(scope, receive, send)
            else:
                await _send(asset, scope, send)

        return serve


def _files(folders: tuple[Path, ...]) -> Iterator[tuple[str, Path]]:
    for folder in folders:
        for file in sorted(folder.rglob("*")):
            if file.is_file() and not file.name.startswith("."):
                yield file.relative_to(folder).as_posix(), file


def _asset(file: Path, content: bytes, digest: str) -> Asset:
    bodies = [("identity", content)]
    if file.suffix in SHRINKS:
        bodies.insert(0, ("gzip", gzip.compress(content, 9, mtime=0)))
        bodies.insert(0, ("br", brotli.compress(content)))
    media_type = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    if media_type.startswith("text/"):
        media_type += "; charset=utf-8"
    return Asset(media_type.encode(), f'"{digest}"'.encode(), tuple(bodies))


async def _send(asset: Asset, scope: Scope, send: Send) -> None:
    asked = dict(scope["headers"])
    headers = [
        (b"content-type", asset.media_type),
        (b"etag", asset.etag),
        (b"cache-control", FOR_EVER),
        (b"vary", b"Accept-Encoding"),
    ]
    if asset.etag in asked.get(b"if-none-match", b""):
        await send({"type": "http.response.start", "status": 304, "headers": headers})
        await send({"type": "http.response.body", "body": b"", "more_body": False})
        return
    encoding, body = asset.body(understood(asked.get(b"accept-encoding", b"")))
    if encoding != "identity":
        headers.append((b"content-encoding", encoding.encode()))
    headers.append((b"content-length", str(len(body)).encode()))
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body, "more_body": False})
