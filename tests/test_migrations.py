"""The migrations make exactly the tables that the code describes, on the engine that is tested on."""

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from piccolo.conf.apps import AppRegistry, Finder
from piccolo.table import Table, create_db_tables

from shop.database import run
from tests.support.commands import REPOSITORY
from tests.support.databases import Databases

APPS = sorted(path.parent.name for path in REPOSITORY.glob("shop/*/piccolo_app.py"))
# What a migration adds by SQL, because a Table cannot say it.
BY_HAND = {
    "attempt_one_live_per_order",
    "order_one_cart_per_customer",
    "order_one_cart_per_guest",
    "outbox_waits",
    "product_search",
}


def test_every_folder_with_tables_is_registered() -> None:
    from piccolo_conf import APP_REGISTRY

    assert isinstance(APP_REGISTRY, AppRegistry)
    assert sorted(APP_REGISTRY.apps) == [f"shop.{name}.piccolo_app" for name in APPS]


def test_nothing_is_left_for_a_new_migration(tmp_path: Path, database: str) -> None:
    """In a copy, because the command writes files and always ends well."""
    copy = tmp_path / "copy"
    shutil.copytree(
        REPOSITORY / "shop", copy / "shop", ignore=shutil.ignore_patterns("__pycache__", "pictures")
    )
    shutil.copy(REPOSITORY / "piccolo_conf.py", copy)
    before = _files(copy)
    script = "import asyncio\nfrom piccolo.apps.migrations.commands.new import new\n" + "".join(
        f"asyncio.run(new({app!r}, auto=True, auto_input='y'))\n" for app in APPS
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=copy,
        env={"DATABASE_URL": database, "SHOP_SECRET": "0123456789abcdef" * 4},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert _files(copy) - before == set()


async def test_the_migrated_database_is_the_described_one(databases: Databases) -> None:
    migrated, described = await databases.create(), await databases.create(template=False)
    try:
        databases.use(migrated)
        as_migrated = await _schema(databases.kind)
        databases.use(described)
        await create_db_tables(*_tables())
        as_described = await _schema(databases.kind)
    finally:
        await databases.drop(migrated)
        await databases.drop(described)
    assert len(as_described) > 100
    assert as_migrated == as_described


def _files(folder: Path) -> set[str]:
    return {str(file.relative_to(folder)) for file in folder.rglob("*.py")}


def _tables() -> list[type[Table]]:
    return Finder().get_table_classes()


async def _schema(kind: str) -> list[str]:
    rows = await (_sqlite() if kind == "sqlite" else _postgres())
    told = sorted({" | ".join(str(value) for value in row.values()) for row in rows})
    return [line for line in told if "migration" not in line and not any(name in line for name in BY_HAND)]


async def _sqlite() -> list[dict[str, Any]]:
    rows = await run('SELECT "type", "tbl_name", "sql" FROM sqlite_master WHERE "sql" IS NOT NULL')
    facts = []
    for row in rows:
        # Columns and constraints may stand in another order; each is a fact of its own.
        body = row["sql"].partition("(")[2] if row["type"] == "table" else row["sql"]
        parts = re.split(r', (?="|CONSTRAINT)', body.removesuffix(")")) if row["type"] == "table" else [body]
        facts += [{"table": row["tbl_name"], "fact": " ".join(part.split())} for part in parts]
    return facts


async def _postgres() -> list[dict[str, Any]]:
    columns = await run(
        "SELECT table_name, column_name, data_type, character_maximum_length, is_nullable,"
        " column_default FROM information_schema.columns WHERE table_schema = 'public'"
    )
    constraints = await run(
        "SELECT conrelid::regclass::text AS on_table, pg_get_constraintdef(oid) AS fact"
        " FROM pg_constraint WHERE connamespace = 'public'::regnamespace"
    )
    indexes = await run("SELECT tablename, indexdef FROM pg_indexes WHERE schemaname = 'public'")
    return columns + constraints + indexes
