"""Whether the database and the folders can be used, said in one sentence before anything needs them."""

import asyncio
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import asyncpg

from shop.environment import BadSetting
from shop.settings import settings

PATIENCE = 10


async def check_reachable() -> None:
    here = settings()
    check_writable(here.media, "SHOP_MEDIA")
    if here.database_url.startswith("sqlite:///"):
        file = Path(here.database_url.removeprefix("sqlite:///"))
        check_writable(file.parent, "DATABASE_URL")
        _check_sqlite(file)
    else:
        await _check_postgres(here.database_url)


def check_writable(folder: Path, setting: str) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as problem:
        reason = problem.strerror
        raise BadSetting(
            f"The folder {folder.absolute()} cannot be written ({reason}); mend it or set {setting}."
        ) from None


def _check_sqlite(file: Path) -> None:
    try:
        with closing(sqlite3.connect(file)) as database:
            database.execute("PRAGMA schema_version")
    except sqlite3.Error as problem:
        raise BadSetting(f"{file} cannot be used as a database ({problem}); see DATABASE_URL.") from None


async def _check_postgres(url: str) -> None:
    parts = urlsplit(url)
    # The password stays out of what is said.
    where = f"{parts.hostname or 'its socket'}{f':{parts.port}' if parts.port else ''}{parts.path}"
    try:
        async with asyncio.timeout(PATIENCE):
            connection = await asyncpg.connect(url)
            await connection.close()
    except TimeoutError:
        raise BadSetting(f"PostgreSQL at {where} does not answer; see DATABASE_URL.") from None
    except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, ValueError) as problem:
        reason = " ".join(str(problem).split())
        raise BadSetting(f"PostgreSQL at {where} cannot be used ({reason}); see DATABASE_URL.") from None
