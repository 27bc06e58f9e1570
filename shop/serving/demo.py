"""`python -m shop demo`."""

import asyncio
from argparse import Namespace

from shop.serving.prepare import demo
from shop.serving.progress import say


def main(_: Namespace) -> int:
    asyncio.run(demo(say))
    return 0
