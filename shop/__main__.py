"""`python -m shop`. Each command imports what it needs when it runs, so that --help answers at once."""

import argparse
import signal
import sys
from dataclasses import dataclass, field
from importlib import import_module


@dataclass(frozen=True, slots=True)
class Command:
    """One command. Its function takes the arguments and stands at the end of `module`, called `main`."""

    name: str
    what: str
    example: str
    module: str
    options: tuple[tuple[str, str, str | None], ...] = field(default=())


COMMANDS = (
    Command(
        "run",
        "Brings the database up to date, fills the demo shop on its first start, and serves it until Ctrl-C."
        " Without Stripe keys it also starts a Stripe sandbox on the next port.",
        "SHOP_PORT=8080 SHOP_WORKERS=2 python -m shop run",
        "shop.serving.run",
    ),
    Command(
        "migrate",
        "Brings the database up to date. Safe to repeat; two that start together wait for each other.",
        "DATABASE_URL=postgres://shop:secret@db.example/shop python -m shop migrate",
        "shop.serving.migrate",
    ),
    Command(
        "demo",
        "Puts the demonstration catalogue into a database that has no products, in demo mode or not;"
        " any other database stays as it is.",
        "DATABASE_URL=sqlite:///var/try.sqlite python -m shop demo",
        "shop.serving.demo",
    ),
    Command(
        "reconcile",
        "Asks Stripe about every payment that has not come to an end and makes the orders agree. Safe to"
        " repeat and to run beside the shop, which does the same by itself. Exit code 1: ask again later.",
        "python -m shop reconcile",
        "shop.serving.reconcile",
    ),
    Command(
        "audit",
        "Compares the books with Stripe's, both ways, and prints only what differs. Exit code 1: something"
        " does; 3: Stripe did not answer.",
        "python -m shop audit --days 7",
        "shop.serving.audit",
        (("--days", "how far back (7)", "7"),),
    ),
    Command(
        "sandbox",
        "Serves a Stripe sandbox on this machine, for a shop that is started with a key that begins with"
        " sk_test_ and with STRIPE_API_BASE=http://127.0.0.1:PORT.",
        "python -m shop sandbox --webhook http://localhost:8000/webhooks/stripe --secret whsec_abc",
        "shop.serving.sandbox",
        (
            ("--port", "where it listens (12111)", "12111"),
            ("--webhook", "the address that events are delivered to", None),
            ("--secret", "signs the events; begins with whsec_; without one it is made and said", None),
            ("--state", "the file that keeps its state; without one it forgets when it stops", None),
        ),
    ),
)


def main(arguments: list[str] | None = None) -> int:
    chosen = _parser().parse_args(arguments)
    # What stops a service politely is the same as Ctrl-C.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        return int(import_module(chosen.module).main(chosen))
    except KeyboardInterrupt:
        return 0
    except Exception as problem:
        if type(problem).__name__ != "BadSetting":
            raise
        print(problem, file=sys.stderr)
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m shop",
        description="A hypermedia web shop. Settings come from the environment; README.md lists them.",
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for command in COMMANDS:
        one = commands.add_parser(
            command.name,
            help=command.what.split(". ")[0].split(";")[0].rstrip("."),
            description=command.what,
            epilog=f"example: {command.example}",
        )
        one.set_defaults(module=command.module)
        for name, what, default in command.options:
            one.add_argument(name, help=what, default=default)
    return parser


if __name__ == "__main__":
    sys.exit(main())
