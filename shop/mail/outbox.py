"""Letters are written in the transaction that causes them; each key is written once."""

from typing import Any

from shop import clock
from shop.mail.tables import Letter
from shop.settings import settings

MERCHANT = "merchant"


async def write(key: str, kind: str, recipient: str, facts: dict[str, Any]) -> None:
    """`recipient` is an address, or MERCHANT. Written twice, the first stands."""
    if not recipient:
        return
    now = clock.now()
    await Letter.insert(
        Letter(
            {
                Letter.key: key,
                Letter.kind: kind,
                Letter.recipient: recipient,
                Letter.locale: settings().locale,
                Letter.facts: facts,
                Letter.written_at: now,
                Letter.send_after: now,
            }
        )
    ).on_conflict(action="DO NOTHING")
