"""The task beside the server: it sends events and lets happen what is due."""

import asyncio
import logging

from shop.sandbox import due, timers
from shop.sandbox.deliverer import Deliverer
from shop.sandbox.sandbox import Sandbox

LONGEST_SLEEP = 1.0

log = logging.getLogger(__name__)


async def work(sandbox: Sandbox, deliverer: Deliverer) -> None:
    while True:
        sandbox.woken.clear()
        try:
            due.run(sandbox)
            deliverer.start_due()
            pause = _until_next(sandbox, deliverer)
        except Exception:
            # Events must go on even if one act has a fault of ours; it is tried again, and seen.
            log.exception("Something that was due did not happen.")
            pause = LONGEST_SLEEP
        try:
            # Before Python 3.12, wait_for could lose a cancellation that comes with the waking.
            async with asyncio.timeout(pause):
                await sandbox.woken.wait()
        except TimeoutError:
            continue


def _until_next(sandbox: Sandbox, deliverer: Deliverer) -> float:
    times = [time for time in (timers.next_at(sandbox.store), deliverer.next_at()) if time is not None]
    wait = min(times, default=float("inf")) - sandbox.clock.exactly()
    return max(0.01, min(wait, LONGEST_SLEEP))
