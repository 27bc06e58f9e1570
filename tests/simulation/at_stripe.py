"""Stripe's side of a history: its double in this process, and the way into it and out of it."""

import json
import time
from typing import Any

import httpx

from shop.sandbox.server import SandboxOptions, create_sandbox
from shop.sandbox.signing import signature_header
from shop.settings import settings

Json = dict[str, Any]


class Inside(httpx.ASGITransport):
    """Leads into an application of this process; one that dies there looks as it does from outside."""

    def __init__(self, app: Any) -> None:
        super().__init__(app)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        try:
            answer = await super().handle_async_request(request)
        except AssertionError as problem:
            raise httpx.ReadError("no answer") from problem
        if answer.headers.get("content-length") == "1000":
            raise httpx.ReadError("half an answer")
        return answer


class AtStripe:
    def __init__(self) -> None:
        here = settings().stripe
        port = int(here.api_base.rpartition(":")[2])
        self.app = create_sandbox(SandboxOptions(port=port, secret_key=here.secret_key))
        self._client = httpx.AsyncClient(
            transport=Inside(self.app),
            base_url=here.api_base,
            headers={"Authorization": f"Bearer {here.secret_key}"},
        )

    async def control(self, address: str, **given: object) -> Json | None:
        """None where Stripe's double says that this cannot be done now."""
        answer = await self._client.post(f"/_control/{address}", json=given)
        assert answer.status_code in {200, 400, 404, 409, 422}, answer.text
        return dict(answer.json()) if answer.status_code == 200 else None

    async def objects(self, kind: str) -> list[Json]:
        found: list[Json] = (await self._client.get(f"/_control/objects/{kind}")).json()
        return found

    async def works_again(self) -> None:
        await self._client.delete("/_control/faults")

    async def failures(self) -> int:
        """How many calls of the shop met a fault."""
        journal = (await self._client.get("/_control/journal")).json()
        return sum(entry["fault"] is not None for entry in journal)

    async def close(self) -> None:
        await self._client.aclose()


async def brought(event: Json, shop: Any) -> int:
    """One event comes to the shop's webhook, signed; what it is answered."""
    raw = json.dumps(event).encode()
    signature = signature_header(raw, [settings().stripe.webhook_secret], int(time.time()))
    headers = {"Content-Type": "application/json", "Stripe-Signature": signature}
    async with httpx.AsyncClient(transport=Inside(shop), base_url=settings().url) as client:
        return (await client.post("/webhooks/stripe", content=raw, headers=headers)).status_code
