"""A process that stops while another one writes stops all the same."""

import sqlite3

import pytest

from shop.catalogue.tables import Variant
from shop.database import current_engine
from tests.support.goods import put_on_sale


@pytest.mark.one_database
async def test_a_process_stops_while_another_one_writes(database: str) -> None:
    await put_on_sale("mug")
    await Variant.select().where(Variant.sku == "MUG")
    other = sqlite3.connect(database.removeprefix("sqlite:///"), isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    other.execute("DELETE FROM outbox")
    try:
        await current_engine().close_connection_pool()
    finally:
        other.close()
