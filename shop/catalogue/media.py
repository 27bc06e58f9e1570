"""Pictures from SHOP_MEDIA by the digest of their bytes: what an address names never changes."""

import re
from pathlib import Path
from typing import Annotated

import anyio
from litestar import get
from litestar.params import Parameter
from litestar.response import Response

from shop.errors import NotFound
from shop.settings import settings

MEDIA_TYPES = {
    "svg": "image/svg+xml",
    "png": "image/png",
    "jpg": "image/jpeg",
    "webp": "image/webp",
    "avif": "image/avif",
}
NAME = re.compile(r"([0-9a-f]{64})\.([a-z]{3,4})")


@get("/media/{name:str}")
async def media(
    name: str, known: Annotated[str | None, Parameter(header="If-None-Match", required=False)] = None
) -> Response[bytes]:
    asked = NAME.fullmatch(name)
    if asked is None or asked[2] not in MEDIA_TYPES:
        raise NotFound
    headers = {
        "Cache-Control": "public, max-age=31536000, immutable",
        "ETag": f'"{asked[1]}"',
        # A drawing opened by its own address must not run what it contains.
        "Content-Security-Policy": "sandbox; default-src 'none'; style-src 'unsafe-inline'",
    }
    if known and asked[1] in known:
        return Response(b"", status_code=304, headers=headers)
    try:
        content = await anyio.Path(settings().media / Path(name)).read_bytes()
    except FileNotFoundError:
        raise NotFound from None
    return Response(content, media_type=MEDIA_TYPES[asked[2]], headers=headers)
