"""A process that stops while another one writes stops all the same."""

import sqlite3
from pathlib import Path

from shop.database.sqlite import InlineSQLiteEngine


async def test_a_process_stops_while_another_one_writes(tmp_path: Path) -> None:
    file = str(tmp_path / "shop.sqlite")
    engine = InlineSQLiteEngine(file)
    leaving = engine.mine().auto
    leaving.executescript("CREATE TABLE mug (kind TEXT); CREATE INDEX mug_kind ON mug (kind);")
    leaving.executemany("INSERT INTO mug VALUES (?)", [(str(number % 3),) for number in range(200)])
    leaving.commit()
    # An index without statistics is what a leaving connection would like to see to.
    leaving.execute("SELECT * FROM mug WHERE kind = '1'").fetchall()
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    other.execute("DELETE FROM mug")
    try:
        await engine.close_connection_pool()
    finally:
        other.close()
