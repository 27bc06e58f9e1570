"""`python -m shop reconcile`."""

import asyncio
from argparse import Namespace

from shop.payments.commands import reconcile
from shop.serving.progress import say
from shop.serving.reachable import check_reachable


def main(_: Namespace) -> int:
    return asyncio.run(_run())


async def _run() -> int:
    await check_reachable()
    return await reconcile(say)
