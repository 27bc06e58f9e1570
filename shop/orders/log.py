"""The order's memory: a row for each thing that happened, never changed."""

from shop import clock
from shop.orders.tables import Log

SHOPPER, STRIPE, RECONCILER = "shopper", "stripe", "reconciler"


async def note(order: int, actor: str, what: str, why: str = "") -> None:
    await Log.insert(
        Log({Log.order: order, Log.at: clock.now(), Log.actor: actor[:300], Log.what: what, Log.why: why})
    )


async def latest_reason(order: int, what: str) -> str:
    """Why the latest `what` happened, or nothing."""
    found = (
        await Log.select(Log.why)
        .where((Log.order == order) & (Log.what == what))
        .order_by(Log.id, ascending=False)
        .first()
    )
    return str(found["why"]) if found else ""
