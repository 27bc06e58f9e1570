"""Whatever breaks on the way to the shop is a failed try, which is written down and repeated."""

import httpx

from shop.sandbox import deliveries, endpoints
from shop.sandbox.deliverer import Deliverer
from shop.sandbox.options import SandboxOptions
from shop.sandbox.sandbox import Sandbox


class Broken(httpx.AsyncBaseTransport):
    """uvloop's own error where the other side is gone between two of its steps."""

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:  # noqa: ARG002  # httpx's
        raise AttributeError("'NoneType' object has no attribute 'getpeername'")


async def test_a_try_that_breaks_in_an_unknown_way_is_repeated() -> None:
    sandbox = Sandbox.opened(
        SandboxOptions(port=1, webhook_url="http://127.0.0.1:1/", webhook_secret="whsec_a")
    )
    endpoints.configure(sandbox)
    async with httpx.AsyncClient(transport=Broken()) as client:
        deliverer = Deliverer(sandbox, client)
        with sandbox.act() as act:
            event = act.store.add("event", {"id": "evt_1", "type": "charge.updated", "pending_webhooks": 1})
            [endpoint] = endpoints.listening_to(act.store, "charge.updated")
            deliveries.add(act, event, endpoint)
        await deliverer.first_attempts(["evt_1"])
    [delivery] = sandbox.store.all("delivery")
    assert [(each["succeeded"], each["problem"]) for each in delivery["attempts"]] == [
        (False, "AttributeError")
    ]
    assert delivery["state"] == "waiting"
    sandbox.store.close()
