"""What staff, reconciler and sender of letters do, in a process of their own.

`python -m tests.support.elsewhere refund …` says what became of it in one line, and begins when a test lets
it go past the step "elsewhere-begins".
"""

import asyncio
import os
import subprocess
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

from shop import faultpoints
from shop.database import current_engine
from shop.errors import ShopError
from shop.mail.sending import send_due
from shop.orders.owners import by_token
from shop.payments import staff
from shop.payments.reconcile import run_once
from shop.payments.stripe_gateway import StripeGateway
from shop.settings import settings
from shop.web import look
from shop.web.templates import environment

ROOT = Path(__file__).parents[2]


class Elsewhere:
    """A process that does one thing; `told` waits for what it says, empty where it was killed."""

    def __init__(self, environment: dict[str, str], *what: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.support.elsewhere", *what],
            cwd=ROOT,
            env={**os.environ, **environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            text=True,
        )

    async def told(self) -> str:
        said, _ = await asyncio.to_thread(self._process.communicate, None, 60)
        return said.strip()


async def main(what: str, *more: str) -> None:
    gateway = StripeGateway(settings().stripe)
    await current_engine().start_connection_pool()
    await faultpoints.reach("elsewhere-begins")
    try:
        await DEEDS[what](gateway, *more)
        print("done")
    except ShopError as problem:
        print(type(problem).__name__)
    await gateway.close()
    await current_engine().close_connection_pool()


async def refund(gateway: StripeGateway, order: str, amount: str, by: str, request: str) -> None:
    much = int(amount) if amount != "all" else None
    await staff.refund(gateway, await by_token(order), much, by, "it arrived broken", request)


async def cancel(gateway: StripeGateway, order: str, by: str) -> None:
    await staff.cancel(gateway, await by_token(order), by, "by telephone")


async def reconcile(gateway: StripeGateway) -> None:
    await run_once(gateway, everything=True)


async def mail(gateway: StripeGateway) -> None:
    await send_due(environment(look.assets()))


DEEDS: dict[str, Callable[..., Awaitable[None]]] = {
    "refund": refund,
    "cancel": cancel,
    "reconcile": reconcile,
    "mail": mail,
}


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
