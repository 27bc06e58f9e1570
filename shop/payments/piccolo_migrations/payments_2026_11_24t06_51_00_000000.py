"""One live attempt per order, and the random id by which this shop knows its sessions at Stripe."""

import secrets

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.table import Table

ID = "2026-11-24T06:51:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "one live attempt per order; the installation's id"


class RawTable(Table):
    """Carries raw SQL; a migration must not depend on the shop's own classes."""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="payments", description=DESCRIPTION)

    async def create() -> None:
        await RawTable.raw(
            'CREATE UNIQUE INDEX "attempt_one_live_per_order" ON "attempt" ("order")'
            " WHERE \"state\" IN ('creating', 'open', 'processing')"
        )
        await RawTable.raw('INSERT INTO "installation" ("id", "shop") VALUES (1, {})', secrets.token_hex(16))

    async def drop() -> None:
        await RawTable.raw('DELETE FROM "installation"')
        await RawTable.raw('DROP INDEX "attempt_one_live_per_order"')

    manager.add_raw(create)
    manager.add_raw_backwards(drop)
    return manager
