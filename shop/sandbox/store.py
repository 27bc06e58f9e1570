"""Everything the sandbox remembers: JSON bodies in one SQLite table, in a file or in memory."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from shop.sandbox.shapes import Body

TABLE = """
CREATE TABLE IF NOT EXISTS object (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    body TEXT NOT NULL,
    UNIQUE (kind, id)
);
CREATE INDEX IF NOT EXISTS object_of_kind ON object (kind, seq);
"""
# What follows it is made of our own column names and operators; values are bound.
SELECT = "SELECT body FROM object WHERE"


class Store:
    """What a process of sandboxes shares is nothing: each has its own connection."""

    def __init__(self, path: Path | None) -> None:
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
        self._connection = sqlite3.connect(path or ":memory:", isolation_level=None, check_same_thread=False)
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("PRAGMA synchronous = NORMAL")
        self._connection.executescript(TABLE)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")

    def add(self, kind: str, body: Body) -> Body:
        self._connection.execute(
            "INSERT INTO object (kind, id, body) VALUES (?, ?, ?)", (kind, body["id"], json.dumps(body))
        )
        return body

    def change(self, kind: str, body: Body) -> Body:
        self._connection.execute(
            "UPDATE object SET body = ? WHERE kind = ? AND id = ?", (json.dumps(body), kind, body["id"])
        )
        return body

    def set(self, kind: str, body: Body) -> Body:
        return self.change(kind, body) if self.find(kind, body["id"]) else self.add(kind, body)

    def remove(self, kind: str, key: str) -> None:
        self._connection.execute("DELETE FROM object WHERE kind = ? AND id = ?", (kind, key))

    def keep_newest(self, kind: str, count: int) -> None:
        self._connection.execute(
            "DELETE FROM object WHERE kind = ? AND seq <= (SELECT max(seq) FROM object WHERE kind = ?) - ?",
            (kind, kind, count),
        )

    def find(self, kind: str, key: str) -> Body | None:
        rows = self._rows("SELECT body FROM object WHERE kind = ? AND id = ?", [kind, key])
        return rows[0] if rows else None

    def position(self, kind: str, key: str) -> int | None:
        found = self._connection.execute(
            "SELECT seq FROM object WHERE kind = ? AND id = ?", (kind, key)
        ).fetchone()
        return None if found is None else int(found[0])

    def all(self, kind: str, *conditions: tuple[str, Any], newest_first: bool = False) -> list[Body]:
        """`conditions` are pairs like `("$.status =", "open")`: a JSON path, an operator and a value."""
        clauses, values = _where(kind, conditions)
        order = "DESC" if newest_first else "ASC"
        return self._rows(f"{SELECT} {clauses} ORDER BY seq {order}", values)

    def page(
        self, kind: str, *conditions: tuple[str, Any], limit: int, after: int | None, before: int | None
    ) -> list[Body]:
        """Newest first; `before` reads upwards from a position, and the page is turned round."""
        clauses, values = _where(kind, conditions)
        if before is not None:
            sql = f"{SELECT} {clauses} AND seq > ? ORDER BY seq ASC LIMIT ?"
            return self._rows(sql, [*values, before, limit])[::-1]
        sql = f"{SELECT} {clauses} AND seq < ? ORDER BY seq DESC LIMIT ?"
        return self._rows(sql, [*values, after or 2**62, limit])

    def empty(self) -> None:
        self._connection.execute("DELETE FROM object")

    def close(self) -> None:
        self._connection.close()

    def _rows(self, sql: str, values: list[Any]) -> list[Body]:
        return [json.loads(row[0]) for row in self._connection.execute(sql, values)]


def _where(kind: str, conditions: tuple[tuple[str, Any], ...]) -> tuple[str, list[Any]]:
    clauses, values = ["kind = ?"], [kind]
    for condition, value in conditions:
        path, operator = condition.split(" ", 1)
        if isinstance(value, list):
            clauses.append(f"json_extract(body, ?) IN ({', '.join('?' * len(value))})")
            values += [path, *value]
        else:
            clauses.append(f"json_extract(body, ?) {operator} ?")
            values += [path, value]
    return " AND ".join(clauses), values
