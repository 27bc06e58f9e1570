"""`python -m shop mail`."""

from argparse import Namespace
from datetime import timedelta
from typing import Any

from shop import clock
from shop.mail import keeping
from shop.mail.tables import Letter
from shop.serving.commands.kinds import DONE, LOOK, Answer
from shop.settings import settings

LATE = timedelta(hours=1)


async def main(chosen: Namespace) -> Answer:
    retried = await keeping.retry() if chosen.retry else 0
    waiting, given_up = await keeping.waiting(), await keeping.given_up()
    problem = _problem(waiting, given_up)
    return Answer(
        {
            "waiting": [_data(letter) for letter in waiting],
            "given_up": [_data(letter) for letter in given_up],
            "retried": retried,
        },
        (
            *([f"{retried} letters are tried again."] if chosen.retry else []),
            *(_line("waits", letter) for letter in waiting),
            *(_line("given up", letter) for letter in given_up),
            f"{len(waiting)} wait, {len(given_up)} were given up.",
        ),
        code=LOOK if problem else DONE,
        problem=problem,
    )


def _problem(waiting: list[Letter], given_up: list[Letter]) -> str:
    if given_up:
        return "Letters were given up; --retry tries them again once the reason is gone."
    if not settings().mail.smtp:
        return ""
    if any(letter.written_at < clock.now() - LATE for letter in waiting):
        return "Letters have waited for more than an hour; does the shop run, does the mail server answer?"
    return ""


def _data(letter: Letter) -> dict[str, Any]:
    names = ("key", "kind", "recipient", "written_at", "send_after", "tries", "problem", "given_up_at")
    return {name: getattr(letter, name) for name in names}


def _line(state: str, letter: Letter) -> str:
    tried = f"tried {letter.tries} times" if letter.tries else "not tried yet"
    why = f": {letter.problem}" if letter.problem else ""
    when = f"{letter.written_at:%Y-%m-%d %H:%M}"
    return f"{state:<9}{when}  {letter.kind} to {letter.recipient}, {tried}{why}"
