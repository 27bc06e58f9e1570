"""The customer's orders as the account page lists them."""

from dataclasses import dataclass
from datetime import datetime

from shop.database import run
from shop.money import Money

ORDERS = """
    SELECT o."number", o."token", o."status", o."placed_at", o."total", o."currency",
           (SELECT SUM(l."quantity") FROM "line" l WHERE l."order" = o."id") AS "count"
    FROM "order" o
    WHERE o."customer" = {} AND o."status" <> 'cart' AND o."number" IS NOT NULL
    ORDER BY o."placed_at" DESC, o."id" DESC
"""


@dataclass(frozen=True, slots=True)
class PastOrder:
    """An order that was placed; `count` is its pieces, `token` what its address carries."""

    number: str
    token: str
    status: str
    placed_at: datetime
    total: Money
    count: int


async def past_orders(customer: int) -> tuple[PastOrder, ...]:
    """All that were placed and are not carts again, newest first."""
    return tuple(
        PastOrder(
            row["number"],
            row["token"],
            row["status"],
            row["placed_at"],
            Money(row["total"], row["currency"]),
            int(row["count"] or 0),
        )
        for row in await run(ORDERS, customer)
    )
