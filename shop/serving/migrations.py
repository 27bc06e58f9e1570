"""Migrations, one process at a time: two that start together would both make the same tables."""

import fcntl
import io
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, redirect_stdout
from pathlib import Path

import asyncpg

from shop.settings import settings

# Any number, as long as it stays the same.
ADVISORY_LOCK = 7_165_104


async def migrate_quietly() -> None:
    """All apps, forwards; what Piccolo prints is shown only where it failed."""
    # Piccolo's command brings a code formatter along, so it is imported only here.
    from piccolo.apps.migrations.commands.forwards import run_forwards

    told = io.StringIO()
    try:
        with redirect_stdout(told):
            await run_forwards("all")
    except (Exception, SystemExit) as problem:
        raise RuntimeError(f"a migration failed: {told.getvalue()}") from problem


@asynccontextmanager
async def alone() -> AsyncIterator[None]:
    """Waits until no other process prepares the same database."""
    url = settings().database_url
    if url.startswith("sqlite:///"):
        with Path(url.removeprefix("sqlite:///") + ".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
    else:
        connection = await asyncpg.connect(url)
        try:
            await connection.execute("SELECT pg_advisory_lock($1)", ADVISORY_LOCK)
            yield
        finally:
            await connection.close()
