"""What search looks through, kept in step by triggers; a file of its own because raw SQL runs first.

`product_search` has one row per product with folded texts: its title; the SKUs and option values that are for
sale and its collection's title; its summary and description. On SQLite it is an FTS5 table of trigrams, on
PostgreSQL a plain table with trigram indexes, where the extension pg_trgm is there and the role may make it.
"""

import sqlite3

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.engine.finder import engine_finder
from piccolo.table import Table

from shop.catalogue.folding import MANY, NOTHING, SINGLE

ID = "2026-11-24T14:30:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "search"

SOURCE = """
    CREATE VIEW "product_search_source" AS SELECT p."id",
        ' ' || p."title" || ' ' AS "title",
        ' ' || COALESCE((
            SELECT {join}(v."sku" || ' ' || v."option1" || ' ' || v."option2" || ' ' || v."option3", ' ')
            FROM "variant" v WHERE v."product" = p."id" AND v."retired_at" IS NULL
        ), '') || ' ' || COALESCE((SELECT c."title" FROM "collection" c WHERE c."id" = p."collection"), '') || ' '
            AS "names",
        ' ' || p."summary" || ' ' || p."description" || ' ' AS "prose"
    FROM "product" p
"""
TRIGRAM_TABLE = """
    CREATE VIRTUAL TABLE "product_search" USING fts5("title", "names", "prose", tokenize = 'trigram')
"""
PLAIN_TABLE = """
    CREATE TABLE "product_search" ("title" TEXT NOT NULL, "names" TEXT NOT NULL, "prose" TEXT NOT NULL)
"""
OF_PRODUCT = ("title", "summary", "description", "collection")
OF_VARIANT = ("product", "sku", "option1", "option2", "option3", "retired_at")

# On SQLite "again" is an update of the view: whose names change, keeps the long text as it was folded before.
SQLITE_AGAIN = """
    CREATE TRIGGER "product_search_again" INSTEAD OF UPDATE OF "title" ON "product_search_source" BEGIN
        DELETE FROM "product_search" WHERE rowid = NEW."id";
        INSERT INTO "product_search" (rowid, "title", "names", "prose")
        VALUES (NEW."id", {title}, {names}, {prose});
    END
"""
SQLITE_NAMES_AGAIN = """
    CREATE TRIGGER "product_search_names_again" INSTEAD OF UPDATE OF "names" ON "product_search_source" BEGIN
        UPDATE "product_search" SET "names" = {names} WHERE rowid = NEW."id";
    END
"""
# One pair of signs after the other, and of these only what occurs in the text; most texts have none of the rare.
SQLITE_FOLDED = """(
    WITH RECURSIVE "folded" AS (
        SELECT 0 AS "n", lower(NEW."{column}") AS "text", CASE
            WHEN length(NEW."{column}") = length(CAST(NEW."{column}" AS BLOB)) THEN {ascii}
            WHEN NEW."{column}" NOT GLOB '*[^\x01-\xff\u2010-\u2026]*' THEN {usual} ELSE {all} END AS "last"
        UNION ALL
        SELECT s."n", replace(f."text", s."sign", s."plain"), f."last"
        FROM "folded" f JOIN "product_search_sign" s ON s."n" = (
            SELECT MIN(o."n") FROM "product_search_sign" o
            WHERE o."n" > f."n" AND o."n" <= f."last" AND instr(f."text", o."sign")
        )
    )
    SELECT "text" FROM "folded" ORDER BY "n" DESC LIMIT 1
)"""
AGAIN = 'UPDATE "product_search_source" SET "title" = "title" WHERE'
NAMES_AGAIN = 'UPDATE "product_search_source" SET "names" = "names" WHERE'


class RawTable(Table):
    """Carries raw SQL; a migration must not depend on the shop's own classes."""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="catalogue", description=DESCRIPTION)
    sqlite = engine_finder().engine_type == "sqlite"
    manager.add_raw(_make_on_sqlite if sqlite else _make_on_postgres)
    manager.add_raw_backwards(_drop_on_sqlite if sqlite else _drop_on_postgres)
    return manager


async def _make_on_sqlite() -> None:
    try:
        await _run(TRIGRAM_TABLE)
    except sqlite3.DatabaseError:
        # Built without FTS5: every row is read, and no typo is forgiven.
        await _run(PLAIN_TABLE)
    await _run(
        'CREATE TABLE "product_search_sign" ("n" INTEGER PRIMARY KEY, "sign" TEXT NOT NULL, "plain" TEXT NOT NULL)',
    )
    signs = sorted((SINGLE | MANY | dict.fromkeys(NOTHING, "")).items(), key=lambda pair: _rarity(pair[0]))
    for n, (sign, plain) in enumerate(signs, 1):
        await RawTable.raw('INSERT INTO "product_search_sign" VALUES ({}, {}, {})', n, sign, plain)
    until = [sum(_rarity(sign) <= rarity for sign, _ in signs) for rarity in range(3)]
    folded = {
        column: SQLITE_FOLDED.format(column=column, ascii=until[0], usual=until[1], all=until[2])
        for column in ("title", "names", "prose")
    }
    await _run(
        SOURCE.replace("{join}", "group_concat"),
        SQLITE_AGAIN.format(**folded),
        SQLITE_NAMES_AGAIN.format(**folded),
        _on_sqlite("product", "insert", "INSERT", f'{AGAIN} "id" = NEW."id"'),
        _on_sqlite("product", "update", _changed(OF_PRODUCT), f'{AGAIN} "id" = NEW."id"', OF_PRODUCT),
        _on_sqlite("product", "delete", "DELETE", 'DELETE FROM "product_search" WHERE rowid = OLD."id"'),
        _on_sqlite("variant", "insert", "INSERT", f'{NAMES_AGAIN} "id" = NEW."product"'),
        _on_sqlite("variant", "update", _changed(OF_VARIANT), f'{NAMES_AGAIN} "id" IN (OLD."product", NEW."product")', OF_VARIANT),
        _on_sqlite("variant", "delete", "DELETE", f'{NAMES_AGAIN} "id" = OLD."product"'),
        _on_sqlite("collection", "update", _changed(("title",)), f'{NAMES_AGAIN} "id" IN (SELECT "id" FROM "product" WHERE "collection" = NEW."id")', ("title",)),
        f"{AGAIN} 1",
    )  # fmt: skip


def _rarity(sign: str) -> int:
    """ASCII; then what Western Europe writes; then all others."""
    return 0 if sign.isascii() else 1 if sign <= "\xff" or "\u2010" <= sign <= "\u2026" else 2


def _changed(columns: tuple[str, ...]) -> str:
    return "UPDATE OF " + ", ".join(f'"{column}"' for column in columns)


def _on_sqlite(table: str, name: str, event: str, then: str, columns: tuple[str, ...] = ()) -> str:
    """An update that writes what stood there already costs nothing."""
    differs = " OR ".join(f'NEW."{column}" IS NOT OLD."{column}"' for column in columns)
    when = f"WHEN {differs}" if columns else ""
    return f'CREATE TRIGGER "product_search_{table}_{name}" AFTER {event} ON "{table}" {when} BEGIN {then}; END'


async def _drop_on_sqlite() -> None:
    events = [("product", "insert"), ("product", "update"), ("product", "delete"), ("variant", "insert"),
              ("variant", "update"), ("variant", "delete"), ("collection", "update")]  # fmt: skip
    await _run(
        *(f'DROP TRIGGER "product_search_{table}_{event}"' for table, event in events),
        'DROP VIEW "product_search_source"',
        'DROP TABLE "product_search"',
        'DROP TABLE "product_search_sign"',
    )


POSTGRES_AGAIN = """
    CREATE FUNCTION "product_search_again"(bigint) RETURNS void LANGUAGE sql AS $$
        INSERT INTO "product_search" ("product", "title", "names", "prose")
        SELECT "id", "product_search_fold"("title"), "product_search_fold"("names"), "product_search_fold"("prose")
        FROM "product_search_source" WHERE "id" = $1
        ON CONFLICT ("product") DO UPDATE
        SET "title" = EXCLUDED."title", "names" = EXCLUDED."names", "prose" = EXCLUDED."prose"
    $$
"""
POSTGRES_TRIGGERS = {
    "product": ("INSERT OR {changed}", OF_PRODUCT, 'PERFORM "product_search_again"(NEW."id");'),
    "variant": (
        "INSERT OR DELETE OR {changed}",
        OF_VARIANT,
        """
        IF TG_OP <> 'INSERT' THEN PERFORM "product_search_again"(OLD."product"); END IF;
        IF TG_OP <> 'DELETE' THEN PERFORM "product_search_again"(NEW."product"); END IF;
        """,
    ),
    "collection": (
        "{changed}",
        ("title",),
        'PERFORM "product_search_again"(p."id") FROM "product" p WHERE p."collection" = NEW."id";',
    ),
}
# Where it may not be made, cannot be loaded or lies out of reach, the shop searches without it.
TRIGRAMS = """
    DO $$ BEGIN
        IF EXISTS (SELECT FROM pg_available_extensions WHERE name = 'pg_trgm') THEN
            CREATE EXTENSION IF NOT EXISTS pg_trgm;
        END IF;
    EXCEPTION WHEN OTHERS THEN NULL;
    END $$
"""
INDEX = """
    DO $$ BEGIN
        IF EXISTS (SELECT FROM pg_extension WHERE extname = 'pg_trgm') THEN
            CREATE INDEX "product_search_all" ON "product_search"
                USING gin (("title" || "names" || "prose") gin_trgm_ops);
            CREATE INDEX "product_search_names" ON "product_search" USING gin (("title" || "names") gin_trgm_ops);
        END IF;
    EXCEPTION WHEN OTHERS THEN NULL;
    END $$
"""


async def _make_on_postgres() -> None:
    await _run(
        """
        CREATE TABLE "product_search" (
            "product" BIGINT PRIMARY KEY REFERENCES "product" ON DELETE CASCADE,
            "title" TEXT NOT NULL, "names" TEXT NOT NULL, "prose" TEXT NOT NULL
        )
        """,
        SOURCE.replace("{join}", "string_agg"),
        f"""
        CREATE FUNCTION "product_search_fold"(text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
            SELECT {_folding()}
        $$
        """,
        POSTGRES_AGAIN,
    )
    for table, (events, columns, then) in POSTGRES_TRIGGERS.items():
        await _run(
            f"""
            CREATE FUNCTION "product_search_{table}"() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN {then} RETURN NULL; END
            $$
            """,
            f'CREATE TRIGGER "product_search_{table}" AFTER {events.format(changed=_changed(columns))} ON "{table}"'
            f' FOR EACH ROW EXECUTE FUNCTION "product_search_{table}"()',
        )
    await _run('SELECT "product_search_again"("id") FROM "product"', TRIGRAMS, INDEX)


def _folding() -> str:
    text = f"translate(lower($1), {_quoted(''.join(SINGLE) + NOTHING)}, {_quoted(''.join(SINGLE.values()))})"
    for sign, plain in MANY.items():
        text = f"replace({text}, {_quoted(sign)}, {_quoted(plain)})"
    return text


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''").replace("{", "{{").replace("}", "}}") + "'"


async def _drop_on_postgres() -> None:
    for table in POSTGRES_TRIGGERS:
        await _run(
            f'DROP TRIGGER "product_search_{table}" ON "{table}"', f'DROP FUNCTION "product_search_{table}"()'
        )
    await _run(
        'DROP FUNCTION "product_search_again"(bigint)',
        'DROP VIEW "product_search_source"',
        'DROP TABLE "product_search"',
        'DROP FUNCTION "product_search_fold"(text)',
    )


async def _run(*statements: str) -> None:
    for statement in statements:
        await RawTable.raw(statement)
