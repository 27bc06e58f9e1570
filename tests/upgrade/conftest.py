"""A database as version 0.1.0 left it, brought up to date by today's migrations."""

import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import asyncpg
import pytest

from shop.database import current_engine
from shop.settings import settings
from tests.support.databases import Databases
from tests.support.fixtures_shop import Ports
from tests.support.sandbox import Sandbox

HERE = Path(__file__).parent


@pytest.fixture
async def database(
    anyio_backend: object, databases: Databases, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[str]:
    from shop.serving.migrations import migrate_quietly

    url = await databases.create(template=False)
    await _load(url, (HERE / f"v0.1.0.{databases.kind}.sql").read_text())
    databases.use(url)
    monkeypatch.setenv("DATABASE_URL", url)
    await migrate_quietly()
    yield url
    if databases.kind == "sqlite":
        await current_engine().close_connection_pool()
    await databases.drop(url)


@pytest.fixture
async def sandbox(environment: None, ports: Ports) -> AsyncIterator[Sandbox]:
    """One that knows nothing of the money that was taken then, so that no books can be compared."""
    from shop.sandbox.server import SandboxOptions, create_sandbox

    here = settings()
    options = SandboxOptions(
        port=ports.sandbox.number,
        webhook_url=f"http://127.0.0.1:{ports.shop.number}/webhooks/stripe",
        webhook_secret=here.stripe.webhook_secret,
        secret_key=here.stripe.secret_key,
    )
    async with ports.sandbox.serving(create_sandbox(options)), Sandbox(options.origin).connected() as sandbox:
        yield sandbox


async def _load(url: str, dump: str) -> None:
    if url.startswith("sqlite"):
        file = sqlite3.connect(url.removeprefix("sqlite:///"))
        file.executescript(dump)
        file.close()
    else:
        connection = await asyncpg.connect(url)
        await connection.execute(dump)
        await connection.close()
