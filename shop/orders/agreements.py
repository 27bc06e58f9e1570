"""What shoppers agreed to: the policies of a version are kept as they read when the first one did."""

import json

from shop import clock
from shop.orders.tables import Order, PolicyVersion
from shop.web import policies, words

# What goes into the mail that confirms an order, so that the shopper has it to keep.
MAILED = ("terms", "returns")


async def keep() -> str:
    """The version that holds now, its texts kept. Inside the transaction of whoever agrees."""
    now = policies.current()
    known = PolicyVersion.version == now.version
    if not await PolicyVersion.exists().where(known):
        await PolicyVersion.insert(
            PolicyVersion(
                {
                    PolicyVersion.version: now.version,
                    PolicyVersion.locale: words.locale(),
                    PolicyVersion.texts: now.texts,
                    PolicyVersion.first_at: clock.now(),
                }
            )
        ).on_conflict(action="DO NOTHING")
    return now.version


async def texts_of(order: Order) -> dict[str, str]:
    """By name, in Markdown; none where the order is from before there were policies."""
    kept = await PolicyVersion.objects().where(PolicyVersion.version == order.agreed_to).first()
    if kept is None:
        return {}
    texts: dict[str, str] = json.loads(kept.texts) if isinstance(kept.texts, str) else kept.texts
    return texts


async def mailed_with(order: Order) -> list[str]:
    texts = await texts_of(order)
    return [texts[name] for name in MAILED if name in texts]
