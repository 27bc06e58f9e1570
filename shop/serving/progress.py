"""What the operator reads while the shop starts: one line for each step."""

import sys


def say(line: str) -> None:
    # A service's output may be a file or a pipe, where lines would otherwise wait for company.
    print(line, file=sys.stdout, flush=True)


def note(line: str) -> None:
    """How far a long command is, where it does not get into its answer."""
    print(line, file=sys.stderr, flush=True)
