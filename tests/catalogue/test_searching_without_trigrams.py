"""A database without trigrams: of a PostgreSQL role that may make no extension, of SQLite without FTS5."""

import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit

import asyncpg
import pytest

from shop.catalogue.search_index import Index, index
from shop.catalogue.tables import Product
from shop.database import current_engine
from shop.database.postgres import PooledPostgresEngine
from shop.database.sqlite import InlineSQLiteEngine
from tests.catalogue.test_searching import look_for
from tests.support.databases import Databases
from tests.support.goods import Goods
from tests.support.operator import tell
from tests.support.pages import Page
from tests.support.shoppers import HTMX, Shopper

ROLE, PASSWORD = "makes_no_extension", "secret"


@pytest.fixture
async def database(
    anyio_backend: object, databases: Databases, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[str]:
    from shop.serving.migrations import migrate_quietly

    url = admin = await databases.create(template=False)
    databases.use(url)
    if databases.kind == "sqlite":
        _without_virtual_tables(monkeypatch)
    else:
        url = await _as_a_role_with_few_rights(url, monkeypatch)
    monkeypatch.setenv("DATABASE_URL", url)
    await migrate_quietly()
    yield url
    if databases.kind == "sqlite":
        await current_engine().close_connection_pool()
    await databases.drop(url)
    if databases.kind == "postgres":
        await _tell(urlsplit(admin)._replace(path="/postgres").geturl(), f"DROP ROLE {ROLE}")


async def test_words_and_what_they_begin_with_are_found(ada: Shopper, goods: Goods) -> None:
    assert await index() in {Index.NONE, Index.WORDS}
    await goods("lamp", title="Mushroom lamp", choices={"Oat": 1})
    bowl = await goods("bowl", title="Müller's bowl")
    await Product.update({Product.description: "Thrown on a wheel."}).where(Product.id == bowl.product)
    for typed in ("mushroom", "mush la", "lamps", "LAMP-OAT", "oat", "m l"):
        assert await look_for(ada, typed) == ["Mushroom lamp"], typed
    for typed in ("muller", "wheel", "thrown bowls"):
        assert await look_for(ada, typed) == ["Müller's bowl"], typed
    part = Page(await ada.get("/search?q=mushr", headers=HTMX))
    assert part.texts(".card__title mark") == ["Mushr"]


async def test_what_is_misspelt_is_not_found_and_nothing_fails(ada: Shopper, goods: Goods) -> None:
    await goods("mug")
    for typed in ("mgu", "'", "★", "★ mug", "\\"):
        assert await look_for(ada, typed) == [], typed
    page = await ada.open("/search?q=mgu&page=3&sort=price")
    assert "Nothing here goes by “mgu”." in page.says()


async def test_what_an_import_brings_in_is_found(tmp_path: Path, ada: Shopper) -> None:
    file = tmp_path / "goods.csv"
    file.write_text("product,title,sku,price,on_hand\ncan,Watering can,CAN,12.34,5\n")
    done = await tell("products", "import", str(file), "--by", "the merchant", "--yes")
    assert done.code == 0
    assert await look_for(ada, "watering") == ["Watering can"]


def _without_virtual_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    opened = InlineSQLiteEngine._open

    def refuse(action: int, *_: Any) -> int:
        return sqlite3.SQLITE_DENY if action == sqlite3.SQLITE_CREATE_VTABLE else sqlite3.SQLITE_OK

    def open_and_refuse(self: InlineSQLiteEngine) -> sqlite3.Connection:
        raw = opened(self)
        raw.set_authorizer(refuse)
        return raw

    monkeypatch.setattr(InlineSQLiteEngine, "_open", open_and_refuse)


async def _as_a_role_with_few_rights(url: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """It may make tables in this database, and nothing else."""
    await _tell(url, f"CREATE ROLE {ROLE} LOGIN PASSWORD '{PASSWORD}'; GRANT ALL ON SCHEMA public TO {ROLE}")
    engine = cast(PooledPostgresEngine, current_engine())
    monkeypatch.setattr(engine, "config", {**engine.config, "user": ROLE, "password": PASSWORD})
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    return parts._replace(netloc=f"{ROLE}:{PASSWORD}@{host}").geturl()


async def _tell(url: str, sql: str) -> None:
    connection: Any = await asyncpg.connect(url)
    try:
        await connection.execute(sql)
    finally:
        await connection.close()
