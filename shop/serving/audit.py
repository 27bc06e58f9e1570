"""`python -m shop audit`."""

import asyncio
from argparse import Namespace

from shop.environment import BadSetting
from shop.payments.commands import audit
from shop.serving.progress import say
from shop.serving.reachable import check_reachable
from shop.web.forms import whole_number

LONGEST = 3650


def main(chosen: Namespace) -> int:
    days = whole_number(chosen.days, 1, LONGEST)
    if days is None:
        raise BadSetting(f"--days must be a whole number from 1 to {LONGEST}, not {chosen.days!r}.")
    return asyncio.run(_run(days))


async def _run(days: int) -> int:
    await check_reachable()
    return await audit(days, say)
