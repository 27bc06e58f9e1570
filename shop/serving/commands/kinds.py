"""What a command is, what it says, and how it ends."""

from dataclasses import dataclass, field
from typing import Any

# The table of these stands in docs/commands.md.
DONE, LOOK, USAGE, UNANSWERED, INTERRUPTED = 0, 1, 2, 3, 130


@dataclass(frozen=True, slots=True)
class Option:
    """A name with dashes is optional unless `needed`; a `switch` has no value; one without is given as is."""

    name: str
    what: str
    default: str | None = None
    switch: bool = False
    needed: bool = False
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Command:
    """One command; two words where it belongs to a group. `does` is `module:function`, imported when it runs.

    Where `answers` holds, the function is asynchronous, finds the database open and returns an Answer, which
    is shown as text or, with --json, as JSON; else it takes the arguments and returns the exit code.
    """

    name: str
    what: str
    example: str
    does: str
    options: tuple[Option, ...] = field(default=())
    answers: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """`lines` are for people, `data` for programs; `problem` is told apart, where people look for it."""

    data: dict[str, Any]
    lines: tuple[str, ...] = ()
    code: int = DONE
    problem: str = ""


class Refused(Exception):
    """The command did nothing, for the reason that the sentence gives."""


BY = Option("--by", "who does it, for the books (whoever is signed in on this machine)")
