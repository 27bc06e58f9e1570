"""SQLite on the event loop's own thread.

A statement takes microseconds and a thread hop takes longer, so statements run where they are called
and wait asynchronously only while another writer holds the lock.
"""

import asyncio
import os
import random
import sqlite3
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any

from piccolo.engine.sqlite import SQLiteEngine, SQLiteTransaction, TransactionType

# With synchronous=NORMAL a power cut may take the last commits with it, and with them a paid order.
PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "temp_store=MEMORY",
    "mmap_size=134217728",
    "cache_size=-16000",
)
# Threads for what takes milliseconds; whoever comes while all are busy waits, and the loop goes on.
ASIDE = 2
# Piccolo's own converter takes the way over Decimal for every cell.
sqlite3.register_converter("INTEGER", int)

Rows = list[dict[str, Any]]


def _rows(cursor: sqlite3.Cursor) -> Rows:
    if cursor.description is None:
        return []
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


class _Cursor:
    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    async def fetchmany(self, size: int) -> Rows:
        rows, self._rows = self._rows[:size], self._rows[size:]
        return rows

    async def close(self) -> None:
        pass


class _Lease:
    """What a transaction asks of its connection; useless after `close`, so nothing can outlive it."""

    __slots__ = ("engine", "raw")

    def __init__(self, engine: "InlineSQLiteEngine", raw: sqlite3.Connection) -> None:
        self.engine = engine
        self.raw: sqlite3.Connection | None = raw

    async def rows(self, sql: str, args: Sequence[Any]) -> Rows:
        if self.raw is None:
            raise RuntimeError("this transaction is over")
        return await self.engine.statement(self.raw, sql, args)

    async def execute(self, sql: str, *args: Any) -> _Cursor:
        return _Cursor(await self.rows(sql, args))

    async def close(self) -> None:
        raw, self.raw = self.raw, None
        if raw is not None:
            if raw.in_transaction:
                raw.rollback()
            self.engine.mine().idle.append(raw)


class _Transaction(SQLiteTransaction):
    __slots__ = ()

    async def begin(self) -> None:
        try:
            await super().begin()  # type: ignore[no-untyped-call]  # Piccolo declares no types here
        except BaseException:
            # Piccolo leaves the connection open when BEGIN fails.
            await self.connection.close()
            raise


class _Mine(threading.local):
    """One thread's connections, of one process, to one file."""

    key: tuple[int, str] | None = None
    auto: sqlite3.Connection
    idle: list[sqlite3.Connection]


class InlineSQLiteEngine(SQLiteEngine):
    """Piccolo's engine without its thread and its new connection for every statement."""

    __slots__ = ("_aside", "_local", "busy_timeout")

    def __init__(self, path: str, busy_timeout: float = 5.0) -> None:
        super().__init__(path=path, timeout=0, cached_statements=512)
        self._local = _Mine()
        self._aside = ThreadPoolExecutor(ASIDE, "aside")
        self.busy_timeout = busy_timeout

    def mine(self) -> _Mine:
        local = self._local
        if local.key != (os.getpid(), self.path):
            local.key, local.auto, local.idle = (os.getpid(), self.path), self._open(), []
        return local

    def _open(self) -> sqlite3.Connection:
        raw: sqlite3.Connection = sqlite3.connect(check_same_thread=False, **self.connection_kwargs)
        raw.execute("PRAGMA busy_timeout=5000")  # the switch to WAL may meet a lock
        for pragma in PRAGMAS:
            raw.execute(f"PRAGMA {pragma}").fetchall()
        raw.execute("PRAGMA busy_timeout=0")
        return raw

    async def statement(self, raw: sqlite3.Connection, sql: str, args: Sequence[Any]) -> Rows:
        deadline = time.monotonic() + self.busy_timeout
        while True:
            try:
                return _rows(raw.execute(sql, args))
            except sqlite3.OperationalError as problem:
                code = problem.sqlite_errorcode
                waits_for_a_writer = (
                    code & 0xFF == sqlite3.SQLITE_BUSY and code != sqlite3.SQLITE_BUSY_SNAPSHOT
                )
                if not waits_for_a_writer or time.monotonic() > deadline:
                    raise
            await asyncio.sleep(random.uniform(0.0005, 0.004))

    async def read_aside(self, sql: str, args: Sequence[Any], longest: float) -> Rows:
        """Outside of any transaction, and only what is committed. Raises TimeoutError."""
        deadline = time.monotonic() + longest
        return await asyncio.get_running_loop().run_in_executor(self._aside, self._read, sql, args, deadline)

    def _read(self, sql: str, args: Sequence[Any], deadline: float) -> Rows:
        """With a connection of its own: opening it takes less than what is asked here."""
        raw = self._open()
        try:
            raw.execute("PRAGMA query_only=ON")
            raw.execute("PRAGMA busy_timeout=1000")
            raw.set_progress_handler(lambda: time.monotonic() > deadline, 10_000)
            return _rows(raw.execute(sql, args))
        except sqlite3.OperationalError as problem:
            if problem.sqlite_errorcode == sqlite3.SQLITE_INTERRUPT:
                raise TimeoutError from problem
            raise
        finally:
            raw.close()

    async def get_connection(self) -> Any:
        idle = self.mine().idle
        return _Lease(self, idle.pop() if idle else self._open())

    async def _run_in_new_connection(
        self, query: str, args: Any = None, query_type: str = "generic", table: Any = None
    ) -> Any:
        return await self.statement(self.mine().auto, query, args or ())

    async def _run_in_existing_connection(
        self, connection: Any, query: str, args: Any = None, query_type: str = "generic", table: Any = None
    ) -> Any:
        return await connection.rows(query, args or ())

    def transaction(
        self, transaction_type: TransactionType = TransactionType.immediate, allow_nested: bool = True
    ) -> SQLiteTransaction:
        return _Transaction(self, transaction_type, allow_nested)

    async def start_connection_pool(self, **_: Any) -> None:
        self.mine()

    async def close_connection_pool(self) -> None:
        mine = self.mine()
        for raw in (mine.auto, *mine.idle):
            # Another process may be writing; the next one to stop will optimize.
            with suppress(sqlite3.OperationalError):
                raw.execute("PRAGMA optimize")
            raw.close()
        mine.key = None
