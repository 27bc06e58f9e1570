"""The customers' address books: written by ordering, each address once, the one used last first."""

import secrets
from dataclasses import dataclass

from shop import clock
from shop.delivery.address import Address, from_json, to_json
from shop.delivery.tables import Address as Row
from shop.errors import NotFound


@dataclass(frozen=True, slots=True)
class Kept:
    token: str
    address: Address


async def addresses(customer: int) -> tuple[Kept, ...]:
    rows = await (
        Row.select(Row.token, Row.fields)
        .where(Row.customer == customer)
        .order_by(Row.used_at, ascending=False)
        .order_by(Row.id, ascending=False)
    )
    return tuple(Kept(row["token"], from_json(row["fields"]) or Address()) for row in rows)


async def find(customer: int, token: str) -> Address:
    """Raises NotFound, also for somebody else's."""
    for kept in await addresses(customer):
        if kept.token == token:
            return kept.address
    raise NotFound


async def remember(customer: int, address: Address) -> None:
    """Inside the caller's transaction, which holds the customer's order."""
    now = clock.now()
    for kept in await addresses(customer):
        if kept.address == address:
            await Row.update({Row.used_at: now}).where(Row.token == kept.token)
            return
    await Row.insert(
        Row(
            {
                Row.token: secrets.token_urlsafe(16),
                Row.customer: customer,
                Row.fields: to_json(address),
                Row.created_at: now,
                Row.used_at: now,
            }
        )
    )


async def change(customer: int, token: str, address: Address) -> None:
    """Orders keep the address that they were placed with. Raises NotFound."""
    changed = (
        await Row.update({Row.fields: to_json(address)})
        .where((Row.token == token) & (Row.customer == customer))
        .returning(Row.id)
    )
    if not changed:
        raise NotFound


async def remove(customer: int, token: str) -> None:
    await Row.delete().where((Row.token == token) & (Row.customer == customer))
