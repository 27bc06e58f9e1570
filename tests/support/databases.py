"""Databases for tests: one migrated template for the whole run, a copy of it for every test."""

import shutil
from abc import ABC, abstractmethod
from itertools import count
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit, urlunsplit

import asyncpg

from shop.database import current_engine
from shop.database.postgres import PooledPostgresEngine
from shop.database.sqlite import InlineSQLiteEngine

TEMPLATE = "shop_template"
numbers = count(1)


class Databases(ABC):
    """Makes databases and lets the engine of this process use one of them."""

    kind: str

    @abstractmethod
    async def create(self, template: bool = True) -> str:
        """The DATABASE_URL of a new database: a copy of the template, or an empty one."""

    @abstractmethod
    async def drop(self, url: str) -> None: ...

    @abstractmethod
    def use(self, url: str) -> None: ...

    @abstractmethod
    async def remember_as_template(self, url: str) -> None: ...


class SQLiteFiles(Databases):
    kind = "sqlite"

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def create(self, template: bool = True) -> str:
        file = self._folder / f"test{next(numbers)}.sqlite"
        if template:
            shutil.copyfile(self._folder / TEMPLATE, file)
        return f"sqlite:///{file}"

    async def drop(self, url: str) -> None:
        for file in self._folder.glob(f"{Path(url).name}*"):
            file.unlink()

    def use(self, url: str) -> None:
        engine = cast(InlineSQLiteEngine, current_engine())
        engine.path = url.removeprefix("sqlite:///")

    async def remember_as_template(self, url: str) -> None:
        # Closing the last connection writes the log back, so that one file is the whole database.
        await current_engine().close_connection_pool()
        shutil.move(url.removeprefix("sqlite:///"), self._folder / TEMPLATE)


class PostgresDatabases(Databases):
    kind = "postgres"

    def __init__(self, url: str, run: str) -> None:
        self._url = url
        self._prefix = f"shop_{run}_"
        self._template: str | None = None

    async def create(self, template: bool = True) -> str:
        name = f"{self._prefix}{next(numbers)}"
        copied = f' TEMPLATE "{self._template}"' if template else ""
        await self._tell(f'CREATE DATABASE "{name}"{copied}')
        return urlunsplit(urlsplit(self._url)._replace(path="/" + name))

    async def drop(self, url: str) -> None:
        await self._tell(f'DROP DATABASE IF EXISTS "{_name(url)}" WITH (FORCE)')

    def use(self, url: str) -> None:
        engine = cast(PooledPostgresEngine, current_engine())
        engine.config = {**engine.config, "database": _name(url)}

    async def remember_as_template(self, url: str) -> None:
        self._template = _name(url)

    async def forget_template(self) -> None:
        if self._template is not None:
            await self._tell(f'DROP DATABASE IF EXISTS "{self._template}" WITH (FORCE)')

    async def _tell(self, sql: str) -> None:
        connection: Any = await asyncpg.connect(self._url)
        try:
            await connection.execute(sql)
        finally:
            await connection.close()


def _name(url: str) -> str:
    return urlsplit(url).path.lstrip("/")
