"""One cart per customer and one per guest, whatever races; a file of its own because raw SQL runs first."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.table import Table

ID = "2026-11-24T06:50:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "one cart per shopper"

INDEXES = {
    "order_one_cart_per_customer": '("customer") WHERE "status" = \'cart\' AND "customer" IS NOT NULL',
    "order_one_cart_per_guest": '("guest_key") WHERE "status" = \'cart\' AND "guest_key" IS NOT NULL',
}


class RawTable(Table):
    """Carries raw SQL; a migration must not depend on the shop's own classes."""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="orders", description=DESCRIPTION)

    async def create() -> None:
        for name, rule in INDEXES.items():
            await RawTable.raw(f'CREATE UNIQUE INDEX "{name}" ON "order" {rule}')

    async def drop() -> None:
        for name in INDEXES:
            await RawTable.raw(f'DROP INDEX "{name}"')

    manager.add_raw(create)
    manager.add_raw_backwards(drop)
    return manager
