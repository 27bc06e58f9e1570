"""`python -m shop run`: ports, database, goods, sandbox and workers; then it watches until told to stop."""

import asyncio
import signal
import sys
import time
from argparse import Namespace

from shop.environment import BadSetting
from shop.serving import sandbox, worker
from shop.serving.children import STOPS, Child, spawned
from shop.serving.ports import listening
from shop.serving.progress import say
from shop.serving.reachable import check_writable
from shop.settings import settings

# A server finishes what it has begun within 5 seconds; after this long it is ended.
PATIENCE = 8
# A process that dies young would die again at once.
PAUSE = 1


def main(_: Namespace) -> int:
    here = settings()
    shop = listening(here.host, here.port, "SHOP_PORT")
    stripe = (
        listening("127.0.0.1", here.sandbox_port, "SHOP_PORT (the sandbox has the next one)")
        if here.demo
        else None
    )
    problem = _prepared()
    if problem:
        return problem
    children = []
    try:
        if stripe is not None:
            check_writable(sandbox.STATE.parent, "the folder you start it in")
            say("Starting the Stripe sandbox ...")
            children.append(Child("sandbox", sandbox.work, stripe))
        say(f"Starting {here.workers} {'process' if here.workers == 1 else 'processes'} ...")
        children += [Child(f"worker {number + 1}", worker.work, shop) for number in range(here.workers)]
        if not _all_serve(children):
            return 1
        if not here.mail.smtp and not here.demo:
            say("Letters are kept and not sent, for SMTP_URL is not set.")
        say(f"The shop is open at {here.url} (Ctrl-C stops it)")
        _watch(children)
    finally:
        _stop(children)
    return 0


def _prepared() -> int:
    """In a process of its own: what it imports is needed once, and this one lives as long as the shop."""
    preparing = spawned("preparation", _prepare)
    try:
        preparing.join()
    except KeyboardInterrupt:
        preparing.terminate()
        preparing.join()
        raise
    return preparing.exitcode or 0


def _prepare() -> None:
    from shop.serving.prepare import prepare

    try:
        asyncio.run(prepare(say))
    except BadSetting as problem:
        print(problem, file=sys.stderr)
        sys.exit(2)


def _all_serve(children: list[Child]) -> bool:
    for child in children:
        while not child.serves(within=0.1):
            if child.process.is_alive():
                continue
            if child.process.exitcode != -signal.SIGKILL:
                say(f"The {child.name} ended before it served; what it said stands above.")
                return False
            # Somebody else ended it, as the system does where memory is short; it had nothing to say.
            _start_again(child)
    return True


def _watch(children: list[Child]) -> None:
    """Waits without waking up until a signal says to stop or a child has ended."""
    signals = {*STOPS, signal.SIGCHLD}
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.pthread_sigmask(signal.SIG_BLOCK, signals)
    while True:
        for child in children:
            if not child.process.is_alive():
                _start_again(child)
        if signal.sigwait(signals) in STOPS:
            return


def _start_again(child: Child) -> None:
    say(f"The {child.name} ended ({child.process.exitcode}); starting it again ...")
    if not child.serves():
        time.sleep(PAUSE)
    child.start()


def _stop(children: list[Child]) -> None:
    signal.pthread_sigmask(signal.SIG_BLOCK, STOPS)
    for child in children:
        child.process.terminate()
    patience = time.monotonic() + PATIENCE
    for child in children:
        child.stop(max(0.1, patience - time.monotonic()))
    say("Stopped.")
