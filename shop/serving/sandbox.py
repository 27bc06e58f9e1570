"""`python -m shop sandbox`, and the sandbox that `run` starts in demo mode."""

import logging
import secrets
import socket
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path

from shop.environment import BadSetting
from shop.serving.ports import listening as listen
from shop.serving.progress import say
from shop.serving.reachable import check_writable
from shop.serving.server import serve
from shop.settings import settings

# The payment page is open in a browser; nobody should wait for that.
GRACE = 2
STATE = Path("var/sandbox.sqlite")


def main(arguments: Namespace) -> int:
    from shop.sandbox.server import SandboxOptions, create_sandbox

    if not (arguments.port.isascii() and arguments.port.isdigit() and 0 < int(arguments.port) < 65536):
        raise BadSetting(f"--port must be a number from 1 to 65535, not {arguments.port!r}.")
    state = Path(arguments.state) if arguments.state else None
    secret = arguments.secret or f"whsec_{secrets.token_hex(16)}"
    if state is not None:
        check_writable(state.parent, "--state")
    try:
        options = SandboxOptions(
            port=int(arguments.port),
            webhook_url=arguments.webhook,
            webhook_secret=secret,
            state=state,
        )
    except ValueError as problem:
        raise BadSetting(str(problem)) from None
    opened = listen(options.host, options.port, "--port")
    if not arguments.secret:
        say(f"It signs its events with {secret}")
    serve(
        create_sandbox(options), opened, lambda: say(f"The Stripe sandbox answers at {options.origin}"), GRACE
    )
    return 0


def work(listening: socket.socket, ready: Callable[[], None]) -> None:
    from shop.sandbox.server import SandboxOptions, create_sandbox

    here = settings()
    logging.basicConfig(
        level=logging.WARNING, format="%(asctime)s %(levelname)s sandbox %(name)s: %(message)s"
    )
    host = "127.0.0.1" if here.host in {"0.0.0.0", "::", "localhost"} else here.host
    options = SandboxOptions(
        port=here.sandbox_port,
        webhook_url=f"http://{f'[{host}]' if ':' in host else host}:{here.port}/webhooks/stripe",
        webhook_secret=here.stripe.webhook_secret,
        secret_key=here.stripe.secret_key,
        state=STATE,
    )
    serve(create_sandbox(options), listening, ready, GRACE)
