"""Real servers on real ports in the tests' own event loop.

They run as long as the tests do; what they serve changes with every test, so that no test waits for a start.
"""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext
from typing import Any

import uvicorn
from litestar import Litestar


class Port:
    """A listening port, and the application that answers there at the moment."""

    def __init__(self, listening: socket.socket) -> None:
        self.listening = listening
        self.number: int = listening.getsockname()[1]
        self.app: Any = None

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if self.app is None:
            await send({"type": "http.response.start", "status": 503, "headers": []})
            await send({"type": "http.response.body", "body": b"nothing is served here at the moment"})
        else:
            await self.app(scope, receive, send)

    @asynccontextmanager
    async def serving(self, app: Litestar) -> AsyncIterator[None]:
        async with app.lifespan():
            self.app = app
            try:
                yield
            finally:
                self.app = None


def neighbours() -> tuple[Port, Port]:
    """Two ports side by side, as the shop and its sandbox have in demo mode."""
    while True:
        first, second = socket.socket(), socket.socket()
        try:
            first.bind(("127.0.0.1", 0))
            second.bind(("127.0.0.1", first.getsockname()[1] + 1))
            first.listen(128)
            second.listen(128)
        except OSError:
            first.close()
            second.close()
        else:
            return Port(first), Port(second)


@asynccontextmanager
async def open_for_business(port: Port) -> AsyncIterator[None]:
    server = _Server(
        uvicorn.Config(
            port,
            lifespan="off",
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=1,
        )
    )
    # Requests that come before it takes them wait in the socket.
    running = asyncio.create_task(server.serve(sockets=[port.listening]))
    try:
        yield
    finally:
        server.should_exit = True
        await running


class _Server(uvicorn.Server):
    """Ctrl-C belongs to pytest."""

    def capture_signals(self) -> Any:
        return nullcontext()
