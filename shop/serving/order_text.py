"""Orders as the operator reads them in a terminal."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from shop.backoffice.orders import Seen
from shop.money import Money, formatted
from shop.settings import settings

Told = dict[str, Any]


def line(order: Seen) -> str:
    """One order of the list, with whatever somebody should know of it at the end."""
    about = [
        "to be sent" if order.waits_to_be_sent else "",
        f"sent {order.sent_at:%Y-%m-%d}" if order.sent_at else "",
        f"{_money(order.given_back, order.currency)} given back" if order.given_back else "",
        "disputed" if order.disputed else "",
        "withdrawn from" if order.withdrawn else "",
        "payment is looked into" if order.review else "",
    ]
    pieces = f"{order.pieces} {'piece' if order.pieces == 1 else 'pieces'}"
    total = _money(order.total, order.currency)
    told = (order.number, moment(order.placed_at), f"{order.status:<10}", total, pieces, order.email)
    return "  ".join([*told, ", ".join(filter(None, about))]).rstrip()


def everything(told: Told) -> tuple[str, ...]:
    return (*_head(told), "", *_sold(told), "", *_paid(told), "", *_happened(told))


def moment(at: datetime) -> str:
    return f"{at.astimezone(ZoneInfo(settings().timezone)):%Y-%m-%d %H:%M}"


def _head(told: Told) -> Iterator[str]:
    yield f"Order {told['number']}: {told['status']}{', payment is looked into' if told['review'] else ''}"
    if told["placed_at"]:
        yield f"placed {moment(told['placed_at'])}"
    if told["paid_at"]:
        yield f"paid {moment(told['paid_at'])}"
    yield f"for {told['email'] or 'somebody who was erased'}"
    yield from (f"    {line}" for line in told["address"] or [])


def _sold(told: Told) -> Iterator[str]:
    currency = told["currency"]
    for each in told["lines"]:
        total = _money(each["total"] or 0, currency)
        what = f"{each['sku']}  {each['title']}  {total}" if each["sku"] else "in a cart again"
        yield f"{each['quantity']:>4} ×  {what}"
    sums = {
        "discount": -told["discount_total"],
        told["delivery_title"] or "delivery": told["delivery_total"],
        "tax": told["tax_added"],
    }
    # A way to deliver is named also where it costs nothing: somebody may be coming to collect it.
    rows = ((name, amount) for name, amount in sums.items() if amount or name == told["delivery_title"])
    yield from (f"        {name}  {_money(amount, currency)}" for name, amount in rows)
    yield f"        total  {_money(told['total'], currency)}"
    if told["tax_included"]:
        yield f"        of it tax  {_money(told['tax_included'], currency)}"


def _paid(told: Told) -> Iterator[str]:
    for row in told["payments"]:
        yield f"payment  {_of(row, told)}  {row['charge_id'] or row['payment_intent_id']}"
    for row in told["refunds"]:
        yield f"refund  {_of(row, told)}  {row['state']}: {row['why']}"
    for row in told["disputes"]:
        yield f"dispute  {_of(row, told)}  {row['status']}: {row['reason']}"


def _happened(told: Told) -> Iterator[str]:
    for row in told["withdrawals"]:
        who = ", ".join(filter(None, (row["name"], row["email"])))
        yield f"withdrawn from  {moment(row['made_at'])}  {who}".rstrip()
    if told["shipment"]:
        sent = told["shipment"]
        parcel = (sent["carrier"], sent["tracking"], sent["tracking_url"])
        yield f"sent  {moment(sent['sent_at'])}  {' '.join(filter(None, parcel))}".rstrip()
    for row in told["log"]:
        yield f"{moment(row['at'])}  {row['what']}, {row['actor']}{': ' if row['why'] else ''}{row['why']}"


def _of(row: Told, told: Told) -> str:
    return _money(row["amount"], told["currency"])


def _money(amount: int, currency: str) -> str:
    return formatted(Money(amount, currency), settings().locale)
