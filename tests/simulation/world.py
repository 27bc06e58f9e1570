"""A shop, Stripe and their clocks in one process, without sockets and without chance.

What happens, happens in the order in which a history says it.

A crash is the process that abandons what it does at one of the named steps; a rival is somebody else who does
all of their own there.
"""

import json
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import httpx
from litestar import Litestar

from shop import clock
from shop.app import create_app
from shop.database import current_engine, run, transaction
from shop.orders.tables import Order
from shop.payments.reconcile import run_once
from shop.payments.stripe_gateway import StripeGateway
from shop.sandbox.server import SandboxOptions, create_sandbox
from shop.sandbox.signing import signature_header
from shop.settings import settings
from shop.web.cookies import digest
from tests.support import books
from tests.support.goods import put_on_sale
from tests.support.house import EMPTIED, Buyer

Json = dict[str, Any]
PEOPLE = ("ada", "ben")
GOODS = {"mug": 3, "bowl": 6, "lamp": 2}
Pieces = dict[str, Counter[str]]


class Crashed(BaseException):
    """The process is gone; nothing of the shop can catch this."""


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


class World:
    def __init__(self) -> None:
        here = settings()
        port = int(here.stripe.api_base.rpartition(":")[2])
        self.stripe = create_sandbox(SandboxOptions(port=port, secret_key=here.stripe.secret_key))
        self.at_stripe = httpx.AsyncClient(
            transport=Inside(self.stripe),
            base_url=here.stripe.api_base,
            headers={"Authorization": f"Bearer {here.stripe.secret_key}"},
        )
        self.app: Litestar = create_app()
        self.app.state.gateway = self.gateway = StripeGateway(here.stripe)
        self.gateway._http._client_async = httpx.AsyncClient(transport=Inside(self.stripe))
        self.people: dict[str, Buyer] = {}
        self.had: dict[int, int] = {}
        self.agreed: dict[str, dict[str, str]] = {}
        self.heard: set[str] = set()
        self.answers: list[tuple[str, int]] = []
        self.away = False
        # What really came to pass, not what was drawn.
        self.happened: Counter[str] = Counter()
        self._step: Callable[[], Awaitable[None]] | None = None
        self._left = 0

    async def begin(self) -> None:
        """An empty shop with three products, on its first day."""
        for person in self.people.values():
            await person.client.aclose()
        clock.reset()
        await self.control("reset")
        async with transaction():
            for table in EMPTIED:
                await run(f"DELETE FROM {table}")
            await run("UPDATE installation SET events_read_to = NULL")
        self.people = {name: self._person(name) for name in PEOPLE}
        self.agreed.clear()
        self.heard.clear()
        self.answers.clear()
        self.happened.clear()
        self.away = False
        self.had = {}
        for sku, stock in GOODS.items():
            variant = await put_on_sale(sku, price=1000, stock=stock)
            self.had[variant.id] = stock

    async def end(self) -> None:
        for person in self.people.values():
            await person.client.aclose()
        await self.at_stripe.aclose()
        await self.gateway.close()

    def _person(self, name: str) -> Buyer:
        person = Buyer(name, settings().url)
        person.client = httpx.AsyncClient(transport=Inside(self.app), base_url=settings().url)
        return person

    def whose(self, order: Order) -> str:
        for name, person in self.people.items():
            cookie = person.client.cookies.get("cart")
            if cookie and digest(cookie) == order.guest_key:
                return name
        return PEOPLE[0]

    # Interruptions

    async def interrupted(
        self, deed: Awaitable[None], at: int, by: Callable[[], Awaitable[None]] | None
    ) -> None:
        """Does it; at its named step `at`, if it comes so far, a rival acts or the process is gone."""
        self._step, self._left = by or _crash, at
        try:
            await deed
        except Crashed:
            pass
        finally:
            self._step = None

    async def failures(self) -> int:
        """How many calls of the shop met a fault of Stripe's."""
        return sum(
            entry["fault"] is not None for entry in (await self.at_stripe.get("/_control/journal")).json()
        )

    async def reached(self, _: str) -> None:
        if self._step is None or (self._step is not _crash and current_engine().transaction_exists()):
            return
        self._left -= 1
        if self._left < 0:
            act, self._step = self._step, None
            self.happened["crashes at a named step" if act is _crash else "rivals at a named step"] += 1
            await act()

    # Stripe's side

    async def control(self, address: str, **given: object) -> Json | None:
        """None where Stripe's double says that this cannot be done now."""
        answer = await self.at_stripe.post(f"/_control/{address}", json=given)
        assert answer.status_code in {200, 400, 404, 409, 422}, answer.text
        return dict(answer.json()) if answer.status_code == 200 else None

    async def objects(self, kind: str) -> list[Json]:
        found: list[Json] = (await self.at_stripe.get(f"/_control/objects/{kind}")).json()
        return found

    async def tells(self, event: Json) -> None:
        """Brings one event to the shop's webhook."""
        raw = json.dumps(event).encode()
        signature = signature_header(raw, [settings().stripe.webhook_secret], int(time.time()))
        headers = {"Content-Type": "application/json", "Stripe-Signature": signature}
        async with httpx.AsyncClient(transport=Inside(self.app), base_url=settings().url) as stripe:
            answer = await stripe.post("/webhooks/stripe", content=raw, headers=headers)
        self.answers.append(("webhook", answer.status_code))
        if answer.status_code == 200:
            self.heard.add(event["id"])

    async def works_again(self) -> None:
        await self.at_stripe.delete("/_control/faults")
        self.away = False

    async def passes(self, minutes: int) -> None:
        clock.move(timedelta(minutes=minutes))
        await self.control("clock", advance=minutes * 60)

    # The end

    async def comes_to_rest(self) -> None:
        """Everything that is on its way arrives, and every page has closed."""
        await self.works_again()
        await run_once(self.gateway, everything=True)
        for number, intent in enumerate(await self.objects("payment_intent")):
            if intent["status"] == "processing":
                await self.control(f"payments/{intent['id']}/settle", succeeds=number % 2 == 0)
        # Pages close after an hour; a bank may take days to return money.
        for minutes in (120, 60 * 24, 60 * 24 * 5):
            await self.passes(minutes)
            for _ in range(2):
                await run_once(self.gateway, everything=True)

    async def differences(self) -> list[str]:
        found = await books.differences(self.objects, self.had)
        rows = await run(
            'SELECT "number", "status" FROM "order"'
            " WHERE \"status\" IN ('pending', 'processing') AND \"review\" IS NULL"
        )
        return found + [f"order {row['number']} is {row['status']} for ever" for row in rows]

    async def pieces(self) -> Pieces:
        """What everybody has put in and not taken out, wherever it is by now: in a cart or bought."""
        rows = await run(
            'SELECT o."guest_key" AS who, v."sku" AS sku, SUM(l."quantity") AS n FROM "line" l'
            ' JOIN "order" o ON o."id" = l."order" JOIN "variant" v ON v."id" = l."variant"'
            ' GROUP BY o."guest_key", v."sku"'
        )
        found: Pieces = {}
        for row in rows:
            found.setdefault(row["who"], Counter())[row["sku"]] = int(row["n"])
        return found


async def _crash() -> None:
    raise Crashed
