"""One process that serves the shop."""

import logging
import socket
from collections.abc import Callable


def work(listening: socket.socket, ready: Callable[[], None]) -> None:
    from shop.app import create_app
    from shop.serving.server import serve

    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    serve(create_app(), listening, ready)
