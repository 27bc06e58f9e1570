"""Sends what is due, and repeats it with growing pauses until the endpoint answers 2xx."""

import asyncio
import json
import time

import httpx

from shop.sandbox import deliveries, endpoints, signing
from shop.sandbox.sandbox import Sandbox
from shop.sandbox.shapes import Body

PATIENCE = 20.0


class Deliverer:
    def __init__(self, sandbox: Sandbox, client: httpx.AsyncClient) -> None:
        self._sandbox = sandbox
        self._client = client
        self._sending: dict[str, asyncio.Task[None]] = {}
        self._last: asyncio.Task[None] | None = None

    def start_due(self) -> None:
        """At once and side by side, as Stripe does: nothing promises that the first sent arrives first."""
        for delivery in deliveries.due(self._sandbox.store, self._sandbox.clock.exactly()):
            self.start(delivery)

    def start(self, delivery: Body, after: "asyncio.Task[None] | None" = None) -> "asyncio.Task[None]":
        running = self._sending.get(delivery["id"])
        if running is None:
            running = asyncio.create_task(self._send(delivery, after))
            self._sending[delivery["id"]] = running
            running.add_done_callback(lambda _: self._sending.pop(delivery["id"], None))
        return running

    def start_after_the_last(self, delivery: Body) -> None:
        """So that a test decides about the order: the next leaves when the one before was answered."""
        before = self._last
        self._last = self.start(delivery, after=before if before and not before.done() else None)

    async def all_started(self, these: list[Body]) -> list[Body]:
        """What became of deliveries that were started."""
        running = [self._sending[each["id"]] for each in these if each["id"] in self._sending]
        if running:
            await asyncio.wait(running)
        return [found for each in these if (found := self._sandbox.store.find("delivery", each["id"]))]

    def next_at(self) -> float | None:
        waiting = self._sandbox.store.all("delivery", ("$.state =", "waiting"))
        times = [delivery["next_at"] for delivery in waiting if delivery["id"] not in self._sending]
        return min(times, default=None)

    async def first_attempts(self, event_ids: list[str], patience: float = PATIENCE) -> None:
        """Waits until the waiting deliveries of these events were tried once."""
        self.start_due()
        waiting = self._sandbox.store.all("delivery", ("$.state =", "waiting"), ("$.event IN", event_ids))
        untried = [self.start(delivery) for delivery in waiting if not delivery["attempts"]]
        if untried:
            await asyncio.wait(untried, timeout=patience)

    async def stop(self) -> None:
        running = list(self._sending.values())
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)

    async def _send(self, delivery: Body, after: "asyncio.Task[None] | None") -> None:
        if after is not None:
            await asyncio.wait([after])
        event = self._sandbox.store.find("event", delivery["event"])
        if event is None:
            return
        attempt = await self._attempt(delivery, json.dumps(event, indent=2).encode())
        with self._sandbox.act() as act:
            # The state may have been changed meanwhile, by somebody who emptied the sandbox.
            current = act.store.find("delivery", delivery["id"])
            if current is not None:
                deliveries.record(act, current, attempt)

    async def _attempt(self, delivery: Body, payload: bytes) -> Body:
        # Receivers compare the signature's time with their own clock, so it is never the sandbox's moved one.
        began = time.time()
        secrets = endpoints.secrets_of(self._sandbox.store, delivery["endpoint"], self._sandbox.clock.now())
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "User-Agent": "Stripe/1.0 (+https://stripe.com/docs/webhooks)",
            "Stripe-Signature": signing.signature_header(payload, secrets, int(began)),
        }
        try:
            answer = await self._client.post(
                delivery["url"], content=payload, headers=headers, timeout=PATIENCE
            )
            status, problem = answer.status_code, None
        except Exception as error:  # noqa: BLE001  # uvloop has errors of its own for a peer that is gone
            status, problem = None, type(error).__name__
        succeeded = status is not None and 200 <= status < 300
        took = round(time.time() - began, 3)
        return {"at": began, "took": took, "status": status, "problem": problem, "succeeded": succeeded}
