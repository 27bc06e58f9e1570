"""Letters begin to be sent: what waits is found at once, and what an older version wrote is not sent now."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.table import Table

ID = "2026-11-24T11:55:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "letters that wait"


class RawTable(Table):
    """Carries raw SQL; a migration must not depend on the shop's own classes."""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="mail", description=DESCRIPTION)

    async def create() -> None:
        # All three columns, or SQLite prefers the index that has every letter in it.
        await RawTable.raw(
            'CREATE INDEX "outbox_waits" ON "outbox" ("sent_at", "given_up_at", "send_after")'
            ' WHERE "sent_at" IS NULL AND "given_up_at" IS NULL'
        )
        # They do not say enough to be put into words, and their news is old.
        await RawTable.raw(
            'UPDATE "outbox" SET "given_up_at" = "written_at",'
            " \"problem\" = 'it was written before this shop could send mail'"
            ' WHERE "sent_at" IS NULL AND "given_up_at" IS NULL'
        )

    async def drop() -> None:
        await RawTable.raw('DROP INDEX "outbox_waits"')

    manager.add_raw(create)
    manager.add_raw_backwards(drop)
    return manager
