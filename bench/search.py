"""Whether a search over many products is quick, and lets everything else go on: `python -m bench.search`.

Makes a database of its own with 5,000 products and asks the whole shop for pages, without a network. What
wants to run every millisecond meanwhile is told beside the time of the search by how long it had to wait.
With DATABASE_URL it fills an empty database that is there already, such as one on PostgreSQL.
"""

import asyncio
import os
import random
import tempfile
import time
from contextlib import suppress
from statistics import median
from typing import Any
from urllib.parse import quote

PRODUCTS, ROUNDS, EVERY = 5_000, 15, 0.001
NOUNS = (
    "mug",
    "bowl",
    "kettle",
    "lamp",
    "cushion",
    "throw",
    "basket",
    "board",
    "candle",
    "jug",
    "plate",
    "teapot",
)
SYLLABLES = (
    "ba",
    "ce",
    "di",
    "hi",
    "gu",
    "ka",
    "le",
    "mi",
    "no",
    "pu",
    "ra",
    "se",
    "sto",
    "gle",
    "shu",
    "än",
    "öl",
)
ASKED = (
    "kettle",
    "kettel",
    "candlestik",
    "k",
    "la",
    "higu mug",
    "zzzyx qwpt",
    "stobra ka di mi mug lapm bowll",
)


async def main() -> None:
    from shop.app import create_app
    from shop.serving.migrations import migrate_quietly

    await migrate_quietly()
    await _fill()
    app = create_app()
    print("the median and the longest of a search, and the longest wait of something else but one, in ms")
    async with app.lifespan():
        await _ask(app, "/search?q=warm")
        for words in ASKED:
            took, waited = [], []
            for _ in range(ROUNDS):
                begun = time.perf_counter()
                async with _Watched(waited):
                    size = await _ask(app, f"/search?q={quote(words)}")
                took.append(time.perf_counter() - begun)
            told = f"{1000 * median(took):6.1f}  {1000 * max(took):6.1f}"
            print(f"{words!r:34} {size:6} bytes  {told}; others waited {1000 * sorted(waited)[-2]:5.1f}")


class _Watched:
    def __init__(self, waited: list[float]) -> None:
        self._waited = waited

    async def __aenter__(self) -> None:
        self._task = asyncio.create_task(self._watch())

    async def __aexit__(self, *_: object) -> None:
        self._task.cancel()
        with suppress(asyncio.CancelledError):
            await self._task

    async def _watch(self) -> None:
        self._waited.append(0.0)
        while True:
            begun = time.perf_counter()
            await asyncio.sleep(EVERY)
            self._waited.append(time.perf_counter() - begun - EVERY)


async def _fill() -> None:
    from shop import clock
    from shop.catalogue.tables import Product, Variant
    from shop.database import run, transaction

    chance = random.Random(11)  # noqa: S311  # the same products each time
    words = ["".join(chance.choices(SYLLABLES, k=chance.randint(1, 4))) for _ in range(4000)]

    def some(number: int) -> str:
        return " ".join(chance.choices(words, k=number))

    begun = time.perf_counter()
    async with transaction():
        for number in range(PRODUCTS):
            product = Product(
                slug=f"piece-{number}",
                title=f"{some(2)} {chance.choice(NOUNS)}".capitalize(),
                summary=some(12),
                description=some(120),
                position=number,
                created_at=clock.now(),
            )
            await product.save()
            await Variant.insert(
                *(
                    Variant(product=product.id, sku=f"P{number}-{place}", option1=f"{some(1)} {place}",
                            price=chance.randint(100, 9999), currency="EUR", on_hand=chance.randint(0, 4))
                    for place in range(3)
                )
            )  # fmt: skip
    # As PostgreSQL does by itself after a while.
    await run("ANALYZE")
    print(f"{PRODUCTS} products with {3 * PRODUCTS} variants written in {time.perf_counter() - begun:.1f} s")


async def _ask(app: Any, address: str) -> int:
    path, _, query = address.partition("?")
    parts: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        parts.append(message)

    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET", "scheme": "http",
        "path": path, "raw_path": path.encode(), "root_path": "", "query_string": query.encode(),
        "headers": [(b"host", b"localhost")], "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 80),
        "state": {},
    }  # fmt: skip
    await app(scope, receive, send)
    assert parts[0]["status"] == 200, parts
    return sum(len(part.get("body", b"")) for part in parts)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder}/shop.sqlite")
        asyncio.run(main())
