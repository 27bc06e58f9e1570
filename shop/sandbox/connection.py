"""Answers, and the connection that breaks instead of one."""

import asyncio
from typing import Any

from litestar.types import Receive, Send


async def answer(send: Send, status: int, body: bytes, headers: dict[str, str]) -> None:
    raw = [(name.lower().encode(), value.encode("latin-1")) for name, value in headers.items()]
    raw.append((b"content-length", str(len(body)).encode()))
    await send({"type": "http.response.start", "status": status, "headers": raw})
    await send({"type": "http.response.body", "body": body, "more_body": False})


async def cut(receive: Receive, send: Send) -> None:
    """No server interface can drop a connection, so this asks uvicorn's; elsewhere half an answer must do."""
    transport: Any = getattr(getattr(receive, "__self__", None), "transport", None)
    if transport is not None:
        transport.abort()
        # The server notices in the next turn of the loop that nobody is listening any more.
        await asyncio.sleep(0.01)
        return
    headers = [(b"content-type", b"application/json"), (b"content-length", b"1000")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b'{"id": "cs_', "more_body": False})
