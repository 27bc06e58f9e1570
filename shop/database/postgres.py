"""PostgreSQL behind a pool that does without a reset at each release."""

from typing import Any

import asyncpg
from piccolo.engine.postgres import PostgresEngine


class _NoReset(asyncpg.Connection):
    """Nobody sets session state here: the pool's reset at each release is a round trip for nothing."""

    def get_reset_query(self) -> str:
        return ""


class PooledPostgresEngine(PostgresEngine):
    async def start_connection_pool(self, **options: Any) -> None:
        await super().start_connection_pool(
            **{"min_size": 2, "max_size": 10, "connection_class": _NoReset, "command_timeout": 30} | options
        )
