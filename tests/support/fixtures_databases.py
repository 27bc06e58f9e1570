"""Fixtures: a database of its own for every test, copied from one that was migrated once."""

import os
import shutil
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from shop.database import current_engine
from shop.settings import settings
from tests.support import postgres
from tests.support.databases import Databases, PostgresDatabases, SQLiteFiles
from tests.support.skipping import cannot_run


@pytest.fixture(scope="session")
def anyio_backend() -> tuple[str, dict[str, Any]]:
    """One loop for the whole run, the one that the shop is served on."""
    return ("asyncio", {"use_uvloop": True})


@pytest.fixture(scope="session")
async def databases(
    anyio_backend: object, pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Databases]:
    if pytestconfig.getoption("--database") == "sqlite":
        in_memory = postgres.roomy_memory()
        folder = Path(tempfile.mkdtemp(dir=in_memory)) if in_memory else tmp_path_factory.mktemp("databases")
        yield await _with_template(SQLiteFiles(folder))
        shutil.rmtree(folder, ignore_errors=True)
        return
    with postgres.server() as url:
        if url is None:
            cannot_run(postgres.HOW_TO_ENABLE)
        os.environ["DATABASE_URL"] = url
        settings.cache_clear()
        made = PostgresDatabases(url, run=str(os.getpid()))
        yield await _with_template(made)
        await made.forget_template()


async def _with_template(databases: Databases) -> Databases:
    from shop.serving.migrations import migrate_quietly

    url = await databases.create(template=False)
    databases.use(url)
    await migrate_quietly()
    await databases.remember_as_template(url)
    return databases


@pytest.fixture
async def database(
    anyio_backend: object, databases: Databases, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[str]:
    url = await databases.create()
    databases.use(url)
    monkeypatch.setenv("DATABASE_URL", url)
    yield url
    if databases.kind == "sqlite":
        await current_engine().close_connection_pool()
    await databases.drop(url)


@pytest.fixture
async def empty_database(anyio_backend: object, databases: Databases) -> AsyncIterator[str]:
    url = await databases.create(template=False)
    yield url
    await databases.drop(url)


@pytest.fixture
def media(tmp_path: Path) -> Path:
    """Where this test's pictures lie."""
    return tmp_path / "media"
