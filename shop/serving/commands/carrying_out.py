"""From what was typed to what is said: the database is opened, the command runs, its answer is shown."""

import json
import os
import sys
from argparse import Namespace
from collections.abc import Awaitable, Callable
from importlib import import_module
from typing import Any

from shop.errors import DatabaseBusy, GatewayRefused, GatewayUnreachable
from shop.serving.commands.kinds import LOOK, UNANSWERED, Answer, Command, Refused


def carry_out(command: Command, chosen: Namespace) -> int:
    function = found(command)
    if not command.answers:
        return int(function(chosen))
    import asyncio

    from shop.serving.opening import opened

    async def run() -> Answer:
        async with opened():
            return await answered(function, chosen)

    answer = asyncio.run(run())
    show(answer, as_json=chosen.json)
    return answer.code


def found(command: Command) -> Callable[[Namespace], Any]:
    module, _, name = command.does.partition(":")
    function: Callable[[Namespace], Any] = getattr(import_module(module), name)
    return function


async def answered(function: Callable[[Namespace], Awaitable[Answer]], chosen: Namespace) -> Answer:
    try:
        return await function(chosen)
    except Refused as problem:
        return _problem(LOOK, str(problem))
    except DatabaseBusy:
        return _problem(LOOK, "The database is busy and nothing was kept; try again.")
    except (GatewayUnreachable, GatewayRefused) as problem:
        return _problem(
            UNANSWERED, f"Stripe did not answer ({problem}); what was begun is finished by the reconciler."
        )


def show(answer: Answer, *, as_json: bool) -> None:
    if as_json:
        data = {**answer.data, "problem": answer.problem} if answer.problem else answer.data
        print(json.dumps(data, ensure_ascii=False, indent=2, default=str))
        return
    for line in answer.lines:
        print(line)
    if answer.problem:
        sys.stdout.flush()
        print(answer.problem, file=sys.stderr)


def actor(chosen: Namespace) -> str:
    """Whoever the books shall name for what a command does."""
    return f"staff:{chosen.by or os.environ.get('USER') or 'command line'}"[:300]


def _problem(code: int, sentence: str) -> Answer:
    return Answer({}, code=code, problem=sentence)
