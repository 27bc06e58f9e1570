"""Named steps of a payment where a test may end this process, or hold it until a rival has gone past.

Asleep unless SHOP_FAULTPOINTS names a folder and Stripe's key is a test key. In that folder `STEP.kill` ends
the first process that comes to STEP, as SIGKILL does; each `STEP.….hold` holds one that comes there, renamed
to `STEP.….held`, until a test takes the file away.
"""

import asyncio
import os
import signal
from pathlib import Path

from shop.settings import settings

PAUSE = 0.003


async def reach(step: str) -> None:
    folder = os.environ.get("SHOP_FAULTPOINTS")
    if folder and not settings().stripe.live:
        await _reached(Path(folder), step)


async def _reached(folder: Path, step: str) -> None:
    if _claimed(folder / f"{step}.kill", folder / f"{step}.killed"):
        os.kill(os.getpid(), signal.SIGKILL)
    for hold in folder.glob(f"{step}.*.hold"):
        held = hold.with_suffix(".held")
        if _claimed(hold, held):
            while held.exists():  # noqa: ASYNC110  # a file is all that two processes share
                await asyncio.sleep(PAUSE)
            return


def _claimed(waiting: Path, taken: Path) -> bool:
    """A rename succeeds once, however many processes try it."""
    try:
        waiting.rename(taken)
    except FileNotFoundError:
        return False
    return True
