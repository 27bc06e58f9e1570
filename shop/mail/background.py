"""Letters are sent inside the server: every few seconds, in one of its processes."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta

from jinja2 import Environment

from shop.mail import keeping
from shop.mail.sending import anything_due, send_due
from shop.mail.server import ServerAway
from shop.settings import settings
from shop.web.cookies import mint

log = logging.getLogger("shop")

PAUSE, LONG_PAUSE = 2.0, 60.0
LASTS = timedelta(seconds=60)
Lease = Callable[[str, str, timedelta], Awaitable[bool]]


async def sending(templates: Environment, take_lease: Lease) -> None:
    """Runs until it is cancelled; whatever goes wrong, the next round comes."""
    holder, pause, here = mint(), PAUSE, asyncio.current_task()
    try:
        # `asyncio.wait_for`, by which the mail client waits, may swallow the wish to stop before Python 3.12.
        while not (here and here.cancelling()):
            await asyncio.sleep(pause)
            pause = PAUSE
            try:
                if not settings().mail.smtp:
                    pause = LONG_PAUSE
                    await keeping.forget_expired_links()
                elif await anything_due() and await take_lease("mail", holder, LASTS):
                    await send_due(templates)
            except ServerAway as problem:
                pause = LONG_PAUSE
                log.warning("the mail server cannot be used (%s); letters wait for it", problem)
            except Exception:
                log.exception("this round of sending letters failed")
    finally:
        # So that letters need not wait for its time to run out after a restart.
        await take_lease("mail", holder, timedelta(0))
