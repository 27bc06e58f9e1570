"""A customer's orders as the account page lists them, and those of an e-mail as a letter does."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from shop import clock
from shop.database import run
from shop.money import Money
from shop.orders.tables import Order

# As far back as a letter goes, and how many it lists.
LATELY, MOST = timedelta(days=730), 50

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


async def ordered_with(email: str) -> list[dict[str, Any]]:
    """Orders placed with this e-mail lately, newest first, in plain values for a letter.

    A guest's order has a path that opens it; a customer's opens to that customer alone.
    """
    rows = (
        await Order.select(
            Order.number,
            Order.token,
            Order.status,
            Order.placed_at,
            Order.total,
            Order.currency,
            Order.customer,
        )
        .where(
            (Order.email == email)
            & (Order.status != "cart")
            & Order.number.is_not_null()
            & (Order.placed_at > clock.now() - LATELY)
        )
        .order_by(Order.placed_at, ascending=False)
        .limit(MOST)
    )
    return [
        {
            "number": row["number"],
            "path": None if row["customer"] else f"/orders/{row['token']}",
            "status": row["status"],
            "placed_at": row["placed_at"].isoformat(),
            "total": row["total"],
            "currency": row["currency"],
        }
        for row in rows
    ]
