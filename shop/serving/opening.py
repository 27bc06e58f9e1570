"""The database as commands need it: reachable, up to date, in the shop's currency, and open."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from shop.database import current_engine
from shop.serving.migrations import alone, migrate_quietly, up_to_date
from shop.serving.prepare import check_currency
from shop.serving.reachable import check_reachable


@asynccontextmanager
async def opened() -> AsyncIterator[None]:
    await check_reachable()
    if not await up_to_date():
        async with alone():
            await migrate_quietly()
    database = current_engine()
    await database.start_connection_pool()
    try:
        await check_currency()
        yield
    finally:
        await database.close_connection_pool()
