"""Letters are written in the transaction that causes them; each key is written once.

A letter's facts are complete and plain, so that it can be put into words without any other table:
`templates/mail/` has one template for each kind, and `shop/mail/samples.py` shows the facts of each.
"""

from typing import Any

from shop import clock
from shop.mail.tables import Letter
from shop.settings import settings
from shop.web import words

MERCHANT = "merchant"


async def write(key: str, kind: str, recipient: str, facts: dict[str, Any], locale: str = "") -> None:
    """`recipient` is an address, or MERCHANT. `locale` is the reader's, else the one spoken at the moment.

    Written twice, the first stands.
    """
    if not recipient:
        return
    now = clock.now()
    spoken = settings().locale if recipient == MERCHANT else locale or words.locale()
    await Letter.insert(
        Letter(
            {
                Letter.key: key[:200],
                Letter.kind: kind,
                Letter.recipient: recipient,
                Letter.locale: spoken,
                Letter.facts: facts,
                Letter.written_at: now,
                Letter.send_after: now,
            }
        )
    ).on_conflict(action="DO NOTHING")
