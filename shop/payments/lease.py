"""Of many processes one runs a background task. If two do for a moment, that does no harm."""

from datetime import timedelta

from shop import clock
from shop.database import repeatable, transaction
from shop.payments.tables import Lease


@repeatable
async def take(name: str, holder: str, lasts: timedelta) -> bool:
    """True for whoever holds it now: it was free, had run out, or was theirs already.

    For no time at all: whoever stops gives it back.
    """
    now = clock.now()
    async with transaction():
        await Lease.insert(Lease({Lease.name: name, Lease.holder: holder, Lease.until: now})).on_conflict(
            action="DO NOTHING"
        )
        taken = (
            await Lease.update({Lease.holder: holder, Lease.until: now + lasts})
            .where((Lease.name == name) & ((Lease.until <= now) | (Lease.holder == holder)))
            .returning(Lease.name)
        )
    return bool(taken)
