"""`python -m shop migrate`."""

import asyncio
from argparse import Namespace

from shop.serving.prepare import migrate
from shop.serving.progress import say


def main(_: Namespace) -> int:
    asyncio.run(migrate(say))
    return 0
