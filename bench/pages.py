"""How many times the work of sending the same bytes it takes to make a page: `python -m bench.pages`.

The shop and a function that sends the bytes it was given are asked in turn, in one process and without a
network, so that a slower machine slows both. Needs a database with products: run `python -m shop demo` first.
"""

import asyncio
import statistics
import time
from collections.abc import Awaitable, Callable
from typing import Any

from shop.app import create_app
from shop.database import run

ROUNDS, REQUESTS = 15, 40
Asgi = Callable[[Any, Any, Any], Awaitable[None]]


async def main() -> None:
    app = create_app()
    async with app.lifespan():
        slug = (await run('SELECT "slug" FROM "product" ORDER BY "id" LIMIT 1'))[0]["slug"]
        for path in ("/", f"/products/{slug}", "/cart", "/static/none", "/health"):
            await _compare(app, path)


async def _compare(app: Asgi, path: str) -> None:
    status, body = await _ask(app, path)
    bare = _sending(status, body)
    ratios, pages = [], []
    for _ in range(ROUNDS):
        floor, page = await _seconds(bare, path), await _seconds(app, path)
        ratios.append(page / floor)
        pages.append(page / REQUESTS * 1000)
    ratio, spent = statistics.median(ratios), statistics.median(pages)
    print(f"{path:32} {status}  {len(body):6} bytes  {spent:6.2f} ms  {ratio:6.0f} × sending the same bytes")


async def _seconds(app: Asgi, path: str) -> float:
    begun = time.perf_counter()
    for _ in range(REQUESTS):
        await _ask(app, path)
    return time.perf_counter() - begun


async def _ask(app: Asgi, path: str) -> tuple[int, bytes]:
    parts: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        parts.append(message)

    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET", "scheme": "http",
        "path": path, "raw_path": path.encode(), "root_path": "", "query_string": b"",
        "headers": [(b"host", b"localhost")], "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 80),
        "state": {},
    }  # fmt: skip
    await app(scope, receive, send)
    return parts[0]["status"], b"".join(part.get("body", b"") for part in parts)


def _sending(status: int, body: bytes) -> Asgi:
    headers = [(b"content-type", b"text/html; charset=utf-8"), (b"content-length", str(len(body)).encode())]

    async def bare(_scope: Any, _receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body, "more_body": False})

    return bare


if __name__ == "__main__":
    asyncio.run(main())
