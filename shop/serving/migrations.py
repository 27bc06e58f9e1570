"""Migrations, one process at a time: two that start together would both make the same tables."""

import fcntl
import io
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, redirect_stdout
from pathlib import Path

import asyncpg

from shop.database import run
from shop.settings import settings

# Any number, as long as it stays the same.
ADVISORY_LOCK = 7_165_104
SHOP = Path(__file__).parent.parent


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


async def up_to_date() -> bool:
    """Whether as many migrations have run as there are: a quick look, for commands that are used all day."""
    there = len(list(SHOP.glob("*/piccolo_migrations/[!_]*.py")))
    try:
        rows = await run('SELECT COUNT(*) AS "n" FROM "migration"')
    except (sqlite3.OperationalError, asyncpg.UndefinedTableError):
        return False
    return int(rows[0]["n"]) >= there


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
