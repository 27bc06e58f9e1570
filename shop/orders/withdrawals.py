"""Withdrawing from the contract: a shopper's right until 14 days after the goods arrived.

Nothing is refunded by itself: the merchant reads of it, and the goods come back first.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from shop import clock
from shop.database import repeatable, transaction
from shop.errors import OrderMoved
from shop.orders.cart import hold
from shop.orders.letters import tell_withdrawn
from shop.orders.log import SHOPPER, note
from shop.orders.owners import by_id
from shop.orders.tables import Line, Order, Shipment, Withdrawal
from shop.web.cookies import mint

# The period runs from delivery, and we know only when the parcel left: it gets ample time to arrive.
PERIOD, ON_THE_WAY = timedelta(days=14), timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Piece:
    """A line that can be withdrawn from."""

    token: str
    title: str
    quantity: int


@dataclass(frozen=True, slots=True)
class Made:
    """A withdrawal that was received; the lines that it is about."""

    token: str
    name: str
    email: str
    made_at: datetime
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Withdrawals:
    """`left` can still be withdrawn from, as long as `open`."""

    open: bool
    left: tuple[Piece, ...]
    made: tuple[Made, ...]


async def of(order: Order) -> Withdrawals:
    if order.status != "paid":
        return Withdrawals(open=False, left=(), made=())
    lines = (
        await Line.select(Line.token, Line.title, Line.quantity)
        .where(Line.order == order.id)
        .order_by(Line.id)
    )
    pieces = tuple(Piece(line["token"], str(line["title"]), line["quantity"]) for line in lines)
    rows = await Withdrawal.objects().where(Withdrawal.order == order.id).order_by(Withdrawal.id)
    made = tuple(_made(row, pieces) for row in rows)
    gone = {piece.token for each in made for piece in each.pieces}
    left = tuple(piece for piece in pieces if piece.token not in gone)
    return Withdrawals(bool(left) and await _period_runs(order), left, made)


@repeatable
async def withdraw(order: Order, name: str, email: str, chosen: Iterable[str]) -> Made:
    """Pressed twice, it is one withdrawal. Raises OrderMoved where the time for it has passed."""
    async with transaction():
        await hold(order.id)
        now = await of(await by_id(order.id))
        wanted = set(chosen)
        pieces = tuple(piece for piece in now.left if piece.token in wanted)
        if not pieces and now.made:
            return now.made[-1]
        if not pieces or not now.open:
            raise OrderMoved
        made = Made(mint(), name, email, clock.now(), pieces)
        await _write(order, made, whole=len(pieces) == len(now.left) and not now.made)
        return made


async def _period_runs(order: Order) -> bool:
    sent = await Shipment.objects().where(Shipment.order == order.id).first()
    return sent is None or clock.now() < sent.sent_at + ON_THE_WAY + PERIOD


def _made(row: Withdrawal, pieces: tuple[Piece, ...]) -> Made:
    lines = json.loads(row.lines) if isinstance(row.lines, str) else row.lines
    about = tuple(piece for piece in pieces if not lines or piece.token in lines)
    return Made(row.token, row.name, row.email, row.made_at, about)


async def _write(order: Order, made: Made, *, whole: bool) -> None:
    lines = [] if whole else [piece.token for piece in made.pieces]
    await Withdrawal.insert(
        Withdrawal(
            {
                Withdrawal.token: made.token,
                Withdrawal.order: order.id,
                Withdrawal.name: made.name,
                Withdrawal.email: made.email,
                Withdrawal.lines: lines,
                Withdrawal.made_at: made.made_at,
            }
        )
    )
    told = [(piece.title, piece.quantity) for piece in made.pieces]
    await note(
        order.id, SHOPPER, "withdrawal", "all of it" if whole else ", ".join(title for title, _ in told)
    )
    await tell_withdrawn(order, made.token, made.name, made.email, [] if whole else told, made.made_at)
