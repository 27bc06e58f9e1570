"""All that is kept about somebody, in plain values, as the law gives them a right to see it."""

import json
from functools import reduce
from operator import or_
from typing import Any

from shop import clock
from shop.backoffice.belonging import Belonging, belonging, letter_keys, links_of, rows_of
from shop.customers.tables import MailedLink, SignIn
from shop.database import Rows
from shop.delivery.tables import Address
from shop.mail.tables import Letter
from shop.orders.tables import Line, Log, Order, Shipment

# Keys of the database, and what would open an order or a letter's link.
JSON = frozenset(("fields", "deliver_to", "typed"))
NOT_TOLD = frozenset(
    ("id", "order", "customer", "guest_key", "token", "variant", "payment", "attempt", "idempotency_key")
)

# SQLite has room for few conditions inside one another.
AT_ONCE = 20


async def exported(email: str) -> dict[str, Any]:
    theirs = await belonging(email)
    return {
        "email": email,
        "written_at": clock.now().isoformat(),
        "customer": _customer(theirs),
        "addresses": await _addresses(theirs),
        "sign_ins": await _sign_ins(theirs),
        "mailed_links": [
            _plain(row, "digest", "browser", "then")
            for row in await MailedLink.select().where(links_of(theirs)).order_by(MailedLink.id)
        ],
        "orders": [await _order(order) for order in theirs.orders],
        "letters": await _letters(theirs),
    }


def _customer(theirs: Belonging) -> dict[str, Any] | None:
    if theirs.customer is None:
        return None
    row = _plain(theirs.customer.to_dict(), "password_hash")
    return row | {"has_password": theirs.customer.password_hash != ""}


async def _addresses(theirs: Belonging) -> Rows:
    if theirs.customer is None:
        return []
    rows = await Address.select().where(Address.customer == theirs.customer.id).order_by(Address.id)
    return [_plain(row) for row in rows]


async def _sign_ins(theirs: Belonging) -> Rows:
    if theirs.customer is None:
        return []
    rows = await SignIn.select().where(SignIn.customer == theirs.customer.id).order_by(SignIn.id)
    return [_plain(row, "digest") for row in rows]


async def _order(order: Order) -> dict[str, Any]:
    lines = await Line.select().where(Line.order == order.id).order_by(Line.id)
    shipments = await Shipment.select().where(Shipment.order == order.id)
    log = await Log.select(Log.at, Log.what, Log.why).where(Log.order == order.id).order_by(Log.id)
    rows = await rows_of(order.id)
    return {
        **_plain(order.to_dict()),
        "lines": [_plain(row) for row in lines],
        # Who of the staff did something is about them, not about the shopper.
        "shipments": [_plain(row, "sent_by") for row in shipments],
        **{name: [_plain(row, "requested_by") for row in each] for name, each in rows.items()},
        "log": [_plain(row) for row in log],
    }


async def _letters(theirs: Belonging) -> Rows:
    about = [Letter.recipient == theirs.email]
    for order in theirs.orders:
        about += [Letter.key.like(f"{key}%") for key in await letter_keys(order)]
    rows: dict[int, dict[str, Any]] = {}
    columns = (Letter.id, Letter.kind, Letter.recipient, Letter.written_at, Letter.sent_at, Letter.facts)
    for start in range(0, len(about), AT_ONCE):
        some = reduce(or_, about[start : start + AT_ONCE])
        rows |= {row["id"]: row for row in await Letter.select(*columns).where(some)}
    return [_plain(row) | {"facts": _told(row["facts"])} for _, row in sorted(rows.items())]


def _told(facts: Any) -> dict[str, Any]:
    read = dict(json.loads(facts) if isinstance(facts, str) else facts)
    return {name: value for name, value in read.items() if name not in ("nonce", "path")}


def _plain(row: dict[str, Any], *left_out: str) -> dict[str, Any]:
    told = {}
    for name, value in row.items():
        if name not in NOT_TOLD and name not in left_out:
            read = json.loads(value) if name in JSON and isinstance(value, str) else value
            told[name] = read.isoformat() if hasattr(read, "isoformat") else read
    return told
