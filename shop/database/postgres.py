"""PostgreSQL behind a pool that does without a reset at each release."""

from typing import Any

import asyncpg
from piccolo.engine.postgres import PostgresEngine


class _NoReset(asyncpg.Connection):
    """Nobody sets session state here: the pool's reset at each release is a round trip for nothing."""

    def get_reset_query(self) -> str:
        return ""


# A server may be told to answer before a commit is on its disk; a power cut then takes a paid order with it.
DURABLE = {"server_settings": {"synchronous_commit": "on"}}


class PooledPostgresEngine(PostgresEngine):
    def __init__(self, config: dict[str, Any], **more: Any) -> None:
        super().__init__(config=DURABLE | config, **more)

    async def start_connection_pool(self, **options: Any) -> None:
        await super().start_connection_pool(
            **{"min_size": 2, "max_size": 10, "connection_class": _NoReset, "command_timeout": 30} | options
        )
