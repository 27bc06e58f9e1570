"""The commands as argparse knows them."""

import argparse

from shop.serving.commands import COMMANDS, GROUPS
from shop.serving.commands.kinds import Command, Option

JSON = Option("--json", "answer as JSON, and with nothing else, for programs", switch=True)


def parser() -> argparse.ArgumentParser:
    whole = argparse.ArgumentParser(
        prog="python -m shop",
        description="A hypermedia web shop. Settings come from the environment; README.md lists them.",
        epilog="exit codes: 0 done; 1 something to look at, or refused; 2 usage or a setting; 3 no answer"
        " from Stripe",
    )
    commands = whole.add_subparsers(required=True, metavar="COMMAND")
    groups = {}
    for command in COMMANDS:
        group, _, second = command.name.rpartition(" ")
        if group and group not in groups:
            about = commands.add_parser(group, help=GROUPS[group], description=GROUPS[group])
            groups[group] = about.add_subparsers(required=True, metavar="COMMAND")
        place = groups[group] if group else commands
        one = place.add_parser(
            second,
            help=command.what.split(". ")[0].split(";")[0].rstrip("."),
            description=command.what,
            epilog=f"example: {command.example}",
        )
        _fill(one, command)
    return whole


def _fill(one: argparse.ArgumentParser, command: Command) -> None:
    one.set_defaults(command=command)
    for option in (*command.options, *((JSON,) if command.answers else ())):
        _add(one, option)


def _add(one: argparse.ArgumentParser, option: Option) -> None:
    if option.switch:
        one.add_argument(option.name, help=option.what, action="store_true")
    elif option.name.startswith("--"):
        one.add_argument(
            option.name,
            help=option.what,
            default=option.default,
            required=option.needed,
            choices=option.choices or None,
        )
    else:
        one.add_argument(
            option.name.lower(), help=option.what, choices=option.choices or None, metavar=option.name
        )
