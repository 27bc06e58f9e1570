"""Orders as the merchant looks at them: all of them in a list, or one with everything about it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from shop.database import run
from shop.errors import NotFound
from shop.orders.summary import told
from shop.orders.tables import Log, Order, Shipment, Withdrawal
from shop.payments.tables import Dispute, Payment, Refund

# What people read out wrongly, in the digits that numbers are made of.
MISREAD = str.maketrans("OIL", "011", " -")
LIST = """
    SELECT o."number", o."status", o."email", o."total", o."currency", o."placed_at", o."paid_at", o."review",
           s."sent_at",
           (SELECT SUM(l."quantity") FROM "line" l WHERE l."order" = o."id") AS "pieces",
           (SELECT SUM(r."amount") FROM "refund" r JOIN "payment" p ON p."id" = r."payment"
            WHERE p."order" = o."id" AND p."payment_intent_id" = o."stripe_payment_intent_id"
              AND r."state" NOT IN ('failed', 'canceled')) AS "given_back",
           (SELECT COUNT(*) FROM "dispute" d JOIN "payment" p ON p."id" = d."payment"
            WHERE p."order" = o."id" AND d."status" NOT IN ('won', 'warning_closed')) AS "disputes",
           (SELECT COUNT(*) FROM "withdrawal" w WHERE w."order" = o."id") AS "withdrawals"
    FROM "order" o LEFT JOIN "shipment" s ON s."order" = o."id"
    WHERE o."number" IS NOT NULL AND o."status" <> 'cart'
"""


@dataclass(frozen=True, slots=True)
class Seen:
    """One order of the list; amounts in minor units. `given_back` counts what is on its way back, too."""

    number: str
    status: str
    email: str
    total: int
    currency: str
    pieces: int
    placed_at: datetime
    paid_at: datetime | None
    sent_at: datetime | None
    review: str | None
    given_back: int
    disputed: bool
    withdrawn: bool

    @property
    def waits_to_be_sent(self) -> bool:
        kept = self.given_back < self.total or not self.total
        stopped = self.review or self.sent_at or self.disputed or self.withdrawn
        return self.status == "paid" and kept and not stopped


async def seen(status: str | None = None, since: datetime | None = None) -> tuple[Seen, ...]:
    """Placed orders, the newest first."""
    where = ' AND o."status" = {}' if status else ""
    values = [status] if status else []
    rows = await run(f'{LIST}{where} ORDER BY o."placed_at" DESC, o."id" DESC', *values)
    orders = (_seen(row) for row in rows)
    return tuple(order for order in orders if since is None or order.placed_at >= since)


async def by_number(number: str) -> Order:
    """However it was read out. Raises NotFound."""
    wanted = number.strip().upper().translate(MISREAD)
    found = await Order.objects().where(Order.number == wanted).first()
    if found is None:
        raise NotFound
    return found


async def see(order: Order) -> Seen:
    [row] = await run(f'{LIST} AND o."id" = {{}}', order.id)
    return _seen(row)


async def everything(order: Order) -> dict[str, Any]:
    """All that is known of one order, in plain values."""
    payments = await Payment.select().where(Payment.order == order.id).order_by(Payment.id)
    ids = [row["id"] for row in payments]
    refunds = await Refund.select().where(Refund.payment.is_in(ids)).order_by(Refund.id) if ids else []
    disputes = await Dispute.select().where(Dispute.payment.is_in(ids)).order_by(Dispute.id) if ids else []
    shipment = await Shipment.select().where(Shipment.order == order.id).first()
    withdrawals = await Withdrawal.select().where(Withdrawal.order == order.id).order_by(Withdrawal.id)
    log = await Log.select().where(Log.order == order.id).order_by(Log.id)
    return {
        **await told(order.id),
        "status": order.status,
        "review": order.review,
        "placed_at": order.placed_at,
        "paid_at": order.paid_at,
        "payments": _only(payments, "payment_intent_id", "charge_id", "amount", "received_at", "problem"),
        "refunds": _only(refunds, "stripe_refund_id", "amount", "state", "requested_by", "why", "created_at"),
        "disputes": _only(disputes, "stripe_dispute_id", "amount", "status", "reason", "created_at"),
        "shipment": shipment and _only([shipment], "carrier", "tracking", "tracking_url", "sent_at")[0],
        "withdrawals": _only(withdrawals, "name", "email", "made_at"),
        "log": _only(log, "at", "actor", "what", "why"),
    }


def _only(rows: list[dict[str, Any]], *names: str) -> list[dict[str, Any]]:
    return [{name: row[name] for name in names} for row in rows]


def _seen(row: dict[str, Any]) -> Seen:
    return Seen(
        number=row["number"],
        status=row["status"],
        email=row["email"],
        total=row["total"],
        currency=row["currency"],
        pieces=int(row["pieces"] or 0),
        placed_at=row["placed_at"],
        paid_at=row["paid_at"],
        sent_at=row["sent_at"],
        review=row["review"],
        given_back=int(row["given_back"] or 0),
        disputed=bool(row["disputes"]),
        withdrawn=bool(row["withdrawals"]),
    )
