"""How a test speaks to Stripe's double: as the shop does by its API, and to its controls."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx

from shop.settings import settings


class Sandbox:
    def __init__(self, url: str) -> None:
        self.url = url
        self.client = httpx.AsyncClient(
            base_url=url,
            timeout=20,
            # Nothing here is encrypted, and reading the authorities' certificates takes its time.
            verify=False,
            headers={"Authorization": f"Bearer {settings().stripe.secret_key}"},
        )

    @asynccontextmanager
    async def connected(self) -> "AsyncIterator[Sandbox]":
        async with self.client:
            yield self

    async def read(self, path: str, **parameters: Any) -> dict[str, Any]:
        """An object of the API: `await sandbox.read("/v1/charges/ch_…")`."""
        response = await self.client.get(path, params=parameters)
        response.raise_for_status()
        found: dict[str, Any] = response.json()
        return found

    async def every(self, path: str, **parameters: Any) -> list[dict[str, Any]]:
        """A whole list of the API, page by page."""
        found: list[dict[str, Any]] = []
        while True:
            after = {"starting_after": found[-1]["id"]} if found else {}
            page = await self.read(path, limit=100, **parameters, **after)
            found += page["data"]
            if not page["has_more"]:
                return found
