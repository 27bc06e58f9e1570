"""Full text on PostgreSQL, and a way for whoever writes many products to have them looked through afterwards.

`product_search_later` is empty. While a transaction has a row in it, the triggers leave what it writes alone:
it puts the index in step itself before it ends (shop/catalogue/indexing.py). Nobody else ever sees that row.
"""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.engine.finder import engine_finder
from piccolo.table import Table

ID = "2026-11-24T17:20:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "search"

MAKE_LATER = 'CREATE TABLE "product_search_later" ("since" INTEGER NOT NULL)'
UNLESS_LATER = 'WHEN NOT EXISTS (SELECT 1 FROM "product_search_later")'
# What a trigger on the view begins with, as the migration before this one wrote it.
BEGINS = 'ON "product_search_source" BEGIN'

# A vector has room for a megabyte, which no text of a shop needs; one that is longer must not be refused.
WORDS = """
    ALTER TABLE "product_search" ADD COLUMN "words" tsvector GENERATED ALWAYS AS (
        setweight(to_tsvector('simple', "title"), 'A')
        || setweight(to_tsvector('simple', left("names", 100000)), 'B')
        || setweight(to_tsvector('simple', left("prose", 100000)), 'C')
    ) STORED
"""
AGAIN = """
    CREATE OR REPLACE FUNCTION "product_search_again"(bigint) RETURNS void LANGUAGE sql AS $$
        INSERT INTO "product_search" ("product", "title", "names", "prose")
        SELECT "id", "product_search_fold"("title"), "product_search_fold"("names"), "product_search_fold"("prose")
        FROM "product_search_source" WHERE "id" = $1 {unless_later}
        ON CONFLICT ("product") DO UPDATE
        SET "title" = EXCLUDED."title", "names" = EXCLUDED."names", "prose" = EXCLUDED."prose"
    $$
"""
# Parts of words are looked for in titles and names only, so that the index over everything is not needed.
INDEX = """
    DO $$ BEGIN
        IF EXISTS (SELECT FROM pg_extension WHERE extname = 'pg_trgm') THEN
            CREATE INDEX "product_search_all" ON "product_search"
                USING gin (("title" || "names" || "prose") gin_trgm_ops);
        END IF;
    EXCEPTION WHEN OTHERS THEN NULL;
    END $$
"""


class RawTable(Table):
    """Carries raw SQL; a migration must not depend on the shop's own classes."""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="catalogue", description=DESCRIPTION)
    sqlite = engine_finder().engine_type == "sqlite"
    manager.add_raw(_forwards_on_sqlite if sqlite else _forwards_on_postgres)
    manager.add_raw_backwards(_backwards_on_sqlite if sqlite else _backwards_on_postgres)
    return manager


async def _forwards_on_sqlite() -> None:
    await _run(MAKE_LATER)
    await _make_triggers_again(BEGINS, BEGINS.replace("BEGIN", f"{UNLESS_LATER} BEGIN"))


async def _backwards_on_sqlite() -> None:
    await _make_triggers_again(BEGINS.replace("BEGIN", f"{UNLESS_LATER} BEGIN"), BEGINS)
    await _run('DROP TABLE "product_search_later"')


async def _make_triggers_again(old: str, new: str) -> None:
    triggers = await RawTable.raw(
        """SELECT "name", "sql" FROM sqlite_master WHERE "type" = 'trigger' AND "tbl_name" = 'product_search_source'"""
    )
    for trigger in triggers:
        # Braces would be taken for a value's place.
        sql = trigger["sql"].replace(old, new).replace("{", "{{").replace("}", "}}")
        await _run(f'DROP TRIGGER "{trigger["name"]}"', sql)


async def _forwards_on_postgres() -> None:
    await _run(
        MAKE_LATER,
        AGAIN.replace("{unless_later}", 'AND NOT EXISTS (SELECT FROM "product_search_later")'),
        WORDS,
        'CREATE INDEX "product_search_words" ON "product_search" USING gin ("words")',
        'DROP INDEX IF EXISTS "product_search_all"',
    )


async def _backwards_on_postgres() -> None:
    await _run(
        'ALTER TABLE "product_search" DROP COLUMN "words"',
        AGAIN.replace("{unless_later}", ""),
        'DROP TABLE "product_search_later"',
        INDEX,
    )


async def _run(*statements: str) -> None:
    for statement in statements:
        await RawTable.raw(statement)
