"""Stripe on your own machine: the API, the payment page, the dashboard and the controls of one sandbox."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import uvicorn
from litestar import Litestar, asgi
from litestar.di import Provide
from litestar.handlers import ASGIRouteHandler
from litestar.types import Receive, Scope, Send

from shop.sandbox import account, control, dashboard, endpoints, guard, payment_page, worker
from shop.sandbox.api_server import ApiServer
from shop.sandbox.deliverer import Deliverer
from shop.sandbox.options import SandboxOptions
from shop.sandbox.pages import Pages, asset
from shop.sandbox.rooms import Rooms
from shop.sandbox.sandbox import Sandbox

__all__ = ["SandboxOptions", "create_sandbox", "serve"]

GRACE = 2


def create_sandbox(options: SandboxOptions, transport: httpx.AsyncBaseTransport | None = None) -> Litestar:
    """`transport` carries the events; a test may give one that leads into an application beside it."""
    sandbox = Sandbox.opened(options)
    client = httpx.AsyncClient(transport=transport, follow_redirects=False, trust_env=False)
    deliverer = Deliverer(sandbox, client)
    rooms = Rooms(sandbox, deliverer, Pages())
    account.configure(sandbox)
    endpoints.configure(sandbox)
    app = Litestar(
        route_handlers=[_api(ApiServer(sandbox, deliverer)), asset, control.router, *PAGES],
        dependencies={"rooms": Provide(lambda: rooms, sync_to_thread=False)},
        exception_handlers=guard.exception_handlers(rooms),
        lifespan=[lambda _: _running(sandbox, deliverer, client)],
        logging_config=None,
        openapi_config=None,
    )
    app.asgi_handler = guard.only_from_this_machine(app.asgi_handler)
    return app


PAGES = [*payment_page.HANDLERS, *dashboard.HANDLERS]


def serve(options: SandboxOptions, listening: socket.socket | None = None) -> None:
    config = uvicorn.Config(
        create_sandbox(options),
        host=options.host,
        port=options.port,
        loop="uvloop",
        http="httptools",
        access_log=False,
        log_level="warning",
        timeout_graceful_shutdown=GRACE,
    )
    uvicorn.Server(config).run(sockets=[listening] if listening is not None else None)


def _api(server: ApiServer) -> ASGIRouteHandler:
    @asgi("/v1", is_mount=True, copy_scope=True)
    async def api(scope: Scope, receive: Receive, send: Send) -> None:
        await server(scope, receive, send)

    return api


@asynccontextmanager
async def _running(sandbox: Sandbox, deliverer: Deliverer, client: httpx.AsyncClient) -> AsyncIterator[None]:
    working = asyncio.create_task(worker.work(sandbox, deliverer))
    try:
        yield
    finally:
        working.cancel()
        await asyncio.gather(working, return_exceptions=True)
        await deliverer.stop()
        await client.aclose()
        sandbox.store.close()
