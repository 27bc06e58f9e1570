"""What happens at Stripe's side of a journey, by the controls of its double; see docs/sandbox.md."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from shop.payments.settle import record
from shop.payments.stripe_gateway import StripeGateway
from tests.support.fixtures_shop import Shop
from tests.support.sandbox import Sandbox

Json = dict[str, Any]


async def control(sandbox: Sandbox, address: str, **given: object) -> Any:
    response = await sandbox.client.post(f"/_control/{address}", json=given)
    assert response.status_code == 200, response.text
    return response.json()


async def nothing_is_delivered(sandbox: Sandbox) -> None:
    """Events happen, and are held back from now on."""
    await control(sandbox, "deliveries/rules", hold=["*"])


async def delivered(sandbox: Sandbox, *kinds: str, order: str = "as_sent") -> list[str]:
    """Lets the held events of these kinds through, and no others; answers which those were."""
    released = await control(
        sandbox, "deliveries/release", types=list(kinds) or ["*"], order=order, keep_holding=True
    )
    assert all(each["attempts"][-1]["succeeded"] for each in released), released
    return [each["type"] for each in released]


async def pay(sandbox: Sandbox, session: str, outcome: str = "card_success", **instead: object) -> Json:
    """Pays a session without its page; answers the session."""
    done = await control(sandbox, f"sessions/{session}/pay", outcome=outcome, **instead)
    return dict(done["result"])


async def expire(sandbox: Sandbox, session: str) -> None:
    await control(sandbox, f"sessions/{session}/expire")


async def fails(sandbox: Sandbox, method: str = "*", path: str = "/v1/*", **how: object) -> None:
    """Stripe cannot be reached from now on, or as `how` says."""
    await control(sandbox, "faults", method=method, path=path, **({"times": None, "close": "before"} | how))


async def works_again(sandbox: Sandbox) -> None:
    response = await sandbox.client.delete("/_control/faults")
    assert response.status_code == 200


async def session(sandbox: Sandbox, session_id: str) -> Json:
    return await sandbox.read(f"/v1/checkout/sessions/{session_id}")


async def sessions(sandbox: Sandbox) -> list[Json]:
    return await sandbox.every("/v1/checkout/sessions")


async def refunds(sandbox: Sandbox) -> list[Json]:
    return await sandbox.every("/v1/refunds")


async def asked(sandbox: Sandbox, method: str, path: str) -> list[Json]:
    """What the shop has asked Stripe for at addresses that begin so."""
    response = await sandbox.client.get("/_control/journal", params={"path": path})
    return [entry for entry in response.json() if entry["method"] == method]


def gateway(shop: Shop) -> StripeGateway:
    found: StripeGateway = shop.app.state.gateway
    return found


async def believed_expired(shop: Shop, session_id: str) -> None:
    """The shop is told that a session's time ran out, although it can still be paid."""
    now = await gateway(shop).session(session_id)
    await record(replace(now, status="expired"))


def succeeded(sessions: Iterable[Json]) -> list[Json]:
    return [each for each in sessions if each["payment_status"] == "paid"]
