"""How a sandbox starts, what it refuses, and what it remembers."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest
from litestar import Litestar

from shop.sandbox.clock import Clock
from shop.sandbox.server import SandboxOptions, create_sandbox
from shop.sandbox.store import Store
from tests.sandbox.conftest import ONE_CUP

KEY = {"Authorization": "Bearer sk_test_any"}


@asynccontextmanager
async def running(options: SandboxOptions) -> AsyncIterator[httpx.AsyncClient]:
    app: Litestar = create_sandbox(options)
    transport = httpx.ASGITransport(app=app)  # type: ignore[arg-type]
    async with (
        app.lifespan(),
        httpx.AsyncClient(transport=transport, base_url=options.origin, headers=KEY) as client,
    ):
        yield client


@pytest.mark.parametrize("wrong", [
    {"secret_key": "sk_live_abcdef"}, {"secret_key": "rk_live_abcdef"}, {"secret_key": "password"},
    {"host": "0.0.0.0"}, {"host": "192.168.1.1"}, {"host": "shop.example"},
])  # fmt: skip
def test_it_refuses_to_be_mistaken_for_stripe(wrong: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="sandbox"):
        SandboxOptions(port=8001, **wrong)  # type: ignore[arg-type]


async def test_it_remembers(tmp_path: Path) -> None:
    options = SandboxOptions(port=8001, state=tmp_path / "below" / "sandbox.sqlite")
    async with running(options) as client:
        made = (await client.post("/v1/checkout/sessions", data=ONE_CUP)).json()
        account = (await client.get("/v1/account")).json()
        await client.post("/_control/clock", json={"advance": 3600})
        await client.post(f"/_control/sessions/{made['id']}/pay", json={"outcome": "delayed"})
    async with running(options) as client:
        again = (await client.get(f"/v1/checkout/sessions/{made['id']}")).json()
        assert (again["status"], again["payment_status"]) == ("complete", "unpaid")
        assert (await client.get("/v1/account")).json() == account
        assert (await client.get("/_control/clock")).json()["ahead"] == 3600
        settled = await client.post(f"/_control/payments/{again['payment_intent']}/settle")
        assert settled.json()["result"]["status"] == "succeeded"
        await client.post("/_control/reset")
        assert (await client.get("/v1/checkout/sessions")).json()["data"] == []


async def test_a_session_ends_while_nobody_was_there(tmp_path: Path) -> None:
    options = SandboxOptions(port=8001, state=tmp_path / "sandbox.sqlite")
    async with running(options) as client:
        made = (await client.post("/v1/checkout/sessions", data=ONE_CUP)).json()
    store = Store(options.state)
    Clock(store).advance(25 * 3600)
    store.close()
    async with running(options) as client:
        await client.post("/_control/clock", json={"advance": 0})
        assert (await client.get(f"/v1/checkout/sessions/{made['id']}")).json()["status"] == "expired"


async def test_two_live_side_by_side() -> None:
    async with running(SandboxOptions(port=8001)) as one, running(SandboxOptions(port=8002)) as other:
        made = (await one.post("/v1/checkout/sessions", data=ONE_CUP)).json()
        assert made["url"].startswith("http://127.0.0.1:8001/")
        assert (await other.get("/v1/checkout/sessions")).json()["data"] == []
        assert (await one.get("/v1/account")).json()["id"] != (await other.get("/v1/account")).json()["id"]
