"""The order's memory: a row for each thing that happened, never changed."""

from shop import clock
from shop.orders.tables import Log

SHOPPER, STRIPE, RECONCILER = "shopper", "stripe", "reconciler"


async def note(order: int, actor: str, what: str, why: str = "") -> None:
    await Log.insert(
        Log({Log.order: order, Log.at: clock.now(), Log.actor: actor[:300], Log.what: what, Log.why: why})
    )


async def latest(order: int, *kinds: str) -> tuple[str, str]:
    """The latest thing of these kinds that happened, and why; two empty texts where none did."""
    found = (
        await Log.select(Log.what, Log.why)
        .where((Log.order == order) & Log.what.is_in(list(kinds)))
        .order_by(Log.id, ascending=False)
        .first()
    )
    return (found["what"], found["why"]) if found else ("", "")
