"""From the outbox to the mail server: claimed, sent, marked. At least once, and the same message each time.

A claim is a conditional UPDATE that also says when the next try would be. So two processes never send a
letter at the same moment, and a process that dies between claim and mark leaves a letter that is due again.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Coroutine
from datetime import timedelta
from typing import Any

from aiosmtplib import SMTP
from jinja2 import Environment

from shop import clock, faultpoints
from shop.database import run
from shop.mail import keeping
from shop.mail.message import NoAddress, envelope, message_of, recipient_of, sender
from shop.mail.server import NotTaken, connected, hand_over
from shop.mail.tables import Letter
from shop.mail.writing import written

log = logging.getLogger("shop")

# After the first try that failed, the second, …; a letter that fails once more is given up.
NEXT_TRY = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 720, 1440))
BATCH = 50
# Servers end within eight seconds of being told to.
GRACE = 3.0


async def send_due(templates: Environment) -> int:
    """Sends what is due and answers how many were sent. Raises ServerAway before any letter is claimed."""
    if not await anything_due():
        return 0
    sent = 0
    async with connected() as server:
        async for letter in _claimed():
            sent += await _finished(_send(templates, server, letter))
            if not server.is_connected:
                break
    return sent


async def anything_due() -> bool:
    return bool(await _due(1))


async def _claimed() -> AsyncIterator[Letter]:
    while due := await _due(BATCH):
        for row in due:
            letter = await _claim(row["id"], row["tries"])
            if letter is not None:
                yield letter


async def _due(most: int) -> list[dict[str, Any]]:
    return await run(
        'SELECT "id", "tries" FROM "outbox" WHERE "sent_at" IS NULL AND "given_up_at" IS NULL'
        ' AND "send_after" <= {} ORDER BY "send_after", "id" LIMIT {}',
        clock.now(),
        most,
    )


async def _claim(letter: int, tries: int) -> Letter | None:
    """None where somebody else was faster. Trying begins with having tried."""
    now = clock.now()
    claimed = (
        await Letter.update(
            {
                Letter.tries: tries + 1,
                Letter.send_after: now + NEXT_TRY[min(tries, len(NEXT_TRY) - 1)],
            }
        )
        .where(
            (Letter.id == letter)
            & (Letter.tries == tries)
            & (Letter.send_after <= now)
            & Letter.sent_at.is_null()
            & Letter.given_up_at.is_null()
        )
        .returning(Letter.id)
    )
    return await Letter.objects().where(Letter.id == letter).first() if claimed else None


async def _finished(sending: Coroutine[Any, Any, bool]) -> bool:
    """Whoever stops the shop lets it finish the letter in its hands, or it would be sent twice."""
    task = asyncio.ensure_future(sending)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait([task], timeout=GRACE)
        raise


async def _send(templates: Environment, server: SMTP, letter: Letter) -> bool:
    await faultpoints.reach("mail-claimed")
    if outdated := keeping.outdated(letter):
        await keeping.give_up(letter, outdated)
        return False
    try:
        message = message_of(letter, written(templates, letter))
        await hand_over(server, message, sender(), envelope(recipient_of(letter)))
    except (NotTaken, NoAddress) as problem:
        await _failed(letter, problem)
        return False
    except Exception as problem:
        # A template that cannot be used is mended while the letter waits for its next try.
        log.exception("a letter could not be written: %s", letter.kind)
        await _failed(letter, problem)
        return False
    await faultpoints.reach("mail-sent")
    await keeping.mark_sent(letter)
    return True


async def _failed(letter: Letter, problem: Exception) -> None:
    for_good = isinstance(problem, NoAddress) or getattr(problem, "for_good", False)
    what = str(getattr(problem, "code", None) or type(problem).__name__)
    if for_good or letter.tries > len(NEXT_TRY):
        await keeping.give_up(letter, str(problem) or what)
        log.error("a letter was given up: %s, %s; `python -m shop mail` lists it", letter.kind, what)
    else:
        await keeping.note_problem(letter, str(problem) or what)
        log.warning("a letter could not be sent and is tried again: %s, %s", letter.kind, what)
