"""The reconciler inside the server: every few seconds, in one of its processes. It tidies up, too."""

import asyncio
import logging
from datetime import timedelta

from shop import clock
from shop.orders.forgetting import forget_old_carts
from shop.payments import lease, reconcile
from shop.payments.stripe_gateway import StripeGateway
from shop.web.cookies import mint

log = logging.getLogger("shop")

PAUSE = 10.0
LASTS = timedelta(seconds=60)
TIDIES_EVERY = timedelta(hours=1)


async def reconciling(gateway: StripeGateway) -> None:
    """Runs until it is cancelled; whatever goes wrong, the next round comes."""
    holder, tidy_at = mint(), clock.now()
    try:
        while True:
            await asyncio.sleep(PAUSE)
            try:
                if await lease.take("reconcile", holder, LASTS):
                    await reconcile.run_once(gateway)
                    if clock.now() >= tidy_at:
                        tidy_at = clock.now() + TIDIES_EVERY
                        await forget_old_carts()
            except Exception:
                log.exception("this round of reconciling failed")
    finally:
        await lease.take("reconcile", holder, timedelta(0))
