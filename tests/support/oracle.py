"""What must hold after every test that touches money: the books agree with Stripe's."""

import asyncio
import time
from typing import Any

from jinja2 import Environment
from litestar import Litestar

from shop.mail.tables import Letter
from shop.mail.writing import written
from tests.support import books
from tests.support.goods import shelved
from tests.support.sandbox import Sandbox

MOMENT = 3.0
# Paid on Stripe's page, and the test ends before anybody told the shop.
UNHEARD = "was paid and is 0 payments"


async def holds(sandbox: Sandbox) -> None:
    """A test may end while something is on its way, so what is merely late is no difference here."""

    async def objects(kind: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = (await sandbox.client.get(f"/_control/objects/{kind}")).json()
        return found

    end = time.monotonic() + MOMENT
    while lost := await _lost(objects):
        # What arrives while the books are read looks like a difference; one that stays is one.
        assert time.monotonic() < end, lost
        await asyncio.sleep(0.05)


async def _lost(objects: books.Objects) -> list[str]:
    differences = await books.differences(objects, shelved, settled=False)
    return [found for found in differences if not found.endswith(UNHEARD)]


async def every_letter_can_be_written(app: Litestar) -> None:
    """Whatever wrote a letter has told all that its template asks for."""
    templates = app.template_engine.engine  # type: ignore[union-attr]
    assert isinstance(templates, Environment)
    for letter in await Letter.objects().where(Letter.given_up_at.is_null()):
        words = written(templates, letter)
        assert words.subject, letter.kind
        assert len(words.text) > 100, letter.kind
