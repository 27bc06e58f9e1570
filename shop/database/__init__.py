"""The engines, tuned, and the one way to open a transaction."""

import asyncio
import functools
import random
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, ParamSpec, TypeVar, cast
from urllib.parse import parse_qs, unquote, urlsplit

import asyncpg
from piccolo.engine.base import Engine
from piccolo.engine.finder import engine_finder
from piccolo.querystring import QueryString

from shop.database import create_table as create_table
from shop.database.postgres import PooledPostgresEngine
from shop.database.sqlite import InlineSQLiteEngine
from shop.database.sqlite import Rows as Rows
from shop.errors import DatabaseBusy, Overtaken

TRIES = 3
LONGEST_READ = 3.0
# PostgreSQL's serialization failure, deadlock, lock not available, and a row that somebody else was
# faster to insert: the next try finds it.
PASSING = {"40001", "40P01", "55P03", "23505"}
# The file cannot be opened or read, is locked, or its disk is full.
AWAY = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_READONLY,
}
UNREACHABLE = (
    OSError,
    asyncpg.PostgresConnectionError,
    asyncpg.OperatorInterventionError,
    asyncpg.InsufficientResourcesError,
    asyncpg.InterfaceError,
)

P = ParamSpec("P")
T = TypeVar("T")


def engine(url: str) -> Engine[Any]:
    """The engine for a DATABASE_URL; see `shop/settings.py` for its two forms."""
    if url.startswith("sqlite:///"):
        path = Path(url.removeprefix("sqlite:///"))
        path.parent.mkdir(parents=True, exist_ok=True)
        return InlineSQLiteEngine(path=str(path))
    parts = urlsplit(url)
    config = {
        "host": parts.hostname,
        "port": parts.port or 5432,
        "user": unquote(parts.username or "postgres"),
        "password": unquote(parts.password or ""),
        "database": parts.path.lstrip("/"),
    }
    # A socket's folder stands in the query, as libpq writes it.
    config["host"] = parse_qs(parts.query).get("host", [parts.hostname])[0]
    return PooledPostgresEngine(config=config)


def current_engine() -> Engine[Any]:
    found = engine_finder()
    assert found is not None, "piccolo_conf.py defines DB"
    return found


@asynccontextmanager
async def transaction() -> AsyncIterator[None]:
    """All or nothing, durable when it ends; raising inside undoes it, returning keeps it.

    Opening one inside another is a mistake: a caught inner exception would keep its writes.
    """
    here = current_engine()
    if here.transaction_exists():
        raise RuntimeError("a transaction is open already; inner verbs never open their own")
    async with here.transaction():
        yield


async def run(sql: str, *values: object) -> Rows:
    """One statement with `{}` for each value; the tables' own query builder is the usual way."""
    here = current_engine()
    return cast(Rows, await here.run_querystring(QueryString(sql, *values)))


async def run_aside(sql: str, *values: object) -> Rows:
    """One statement that reads for milliseconds, such as a search: nothing else waits for it.

    Raises DatabaseBusy where it would take too long.
    """
    here = current_engine()
    asked = QueryString(sql, *values)
    try:
        async with asyncio.timeout(LONGEST_READ):
            if isinstance(here, InlineSQLiteEngine):
                return await here.read_aside(*asked.compile_string("sqlite"), LONGEST_READ)
            return cast(Rows, await here.run_querystring(asked))
    except TimeoutError as problem:
        raise DatabaseBusy from problem


def repeatable(command: Callable[P, Awaitable[T]]) -> Callable[P, Awaitable[T]]:
    """Runs a command again when its transaction lost against another one; three times, then it says so.

    The command must open its transaction itself and do nothing before it that cannot be done twice.
    """

    @functools.wraps(command)
    async def run_until_it_holds(*args: P.args, **kwargs: P.kwargs) -> T:
        tries = 0
        while True:
            try:
                return await command(*args, **kwargs)
            except Exception as problem:
                tries += 1
                if not _may_pass(problem):
                    raise
                if tries == TRIES:
                    raise DatabaseBusy from problem
            await asyncio.sleep(random.uniform(0.01, 0.05) * tries)

    return run_until_it_holds


def _may_pass(problem: Exception) -> bool:
    if isinstance(problem, Overtaken):
        return True
    if isinstance(problem, sqlite3.OperationalError):
        return "locked" in str(problem)
    return getattr(problem, "sqlstate", None) in PASSING


def is_away(problem: Exception) -> bool:
    """Whether it is the database, its disk or the way to it, and so may be there again in a moment."""
    if isinstance(problem, sqlite3.OperationalError):
        return problem.sqlite_errorcode & 0xFF in AWAY
    # Among the latter are values that asyncpg would not send: those are mistakes of ours.
    return isinstance(problem, UNREACHABLE) and not isinstance(problem, ValueError)
