"""What an operator runs from the command line. Each opens the database and Stripe for itself."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from shop.database import current_engine
from shop.errors import GatewayRefused, GatewayUnreachable
from shop.payments.audit import differences
from shop.payments.reconcile import run_once
from shop.payments.stripe_gateway import StripeGateway
from shop.settings import settings

Say = Callable[[str], None]


async def reconcile(say: Say) -> int:
    """Says one line; 0 when Stripe answered everything, 1 when something is left for the next time."""
    async with _gateway() as gateway:
        report = await run_once(gateway, everything=True)
    say(f"reconciled: {report}")
    return 1 if report.unanswered else 0


async def audit(days: int, say: Say) -> int:
    """Says each difference; 0 without any, 1 with some, 3 when Stripe did not answer."""
    differs = False
    try:
        async with _gateway() as gateway:
            async for difference in differences(gateway, days):
                differs = True
                say(difference)
    except (GatewayUnreachable, GatewayRefused) as problem:
        say(f"Stripe did not answer: {problem}")
        return 3
    return 1 if differs else 0


@asynccontextmanager
async def _gateway() -> AsyncIterator[StripeGateway]:
    database = current_engine()
    await database.start_connection_pool()
    gateway = StripeGateway(settings().stripe)
    try:
        yield gateway
    finally:
        await gateway.close()
        await database.close_connection_pool()
