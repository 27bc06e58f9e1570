"""Slows down whoever guesses passwords, counted in the database because the shop may be several processes.

Ten wrong tries at one e-mail from one address are enough for ten minutes. Two wider counts stop whoever
changes the e-mail or the address instead; a refused try counts nowhere, so nobody can be locked out for long.
"""

from datetime import timedelta

from piccolo.querystring import QueryString

from shop import clock
from shop.customers.brakes import network
from shop.customers.tables import SignInTries
from shop.database import repeatable
from shop.web.cookies import digest

WHILE = timedelta(minutes=10)
AT_ONE_DOOR, AT_AN_EMAIL, FROM_AN_ADDRESS = 10, 100, 100


async def wait(email: str, address: str) -> int:
    """How many seconds to wait before the next try; 0 where it may be now."""
    limits = _limits(email, address)
    rows = await SignInTries.select(SignInTries.key, SignInTries.tries, SignInTries.until).where(
        SignInTries.key.is_in(list(limits)) & (SignInTries.until > clock.now())
    )
    full = [row["until"] for row in rows if row["tries"] >= limits[row["key"]]]
    return int((max(full) - clock.now()).total_seconds()) + 1 if full else 0


@repeatable
async def note(email: str, address: str) -> None:
    """Counts a wrong try. A count ends ten minutes after it began, however often it is tried meanwhile."""
    now = clock.now()
    await SignInTries.delete().where(SignInTries.until <= now)
    first = [SignInTries(key=key, until=now + WHILE) for key in _limits(email, address)]
    await SignInTries.insert(*first).on_conflict(
        target=SignInTries.key,
        action="DO UPDATE",
        values=[(SignInTries.tries, QueryString('"sign_in_tries"."tries" + 1'))],
    )


async def forget(email: str, address: str) -> None:
    """The right password ends the count at this door; an account of one's own must not end the wider ones."""
    await SignInTries.delete().where(SignInTries.key == _at_one_door(email, address))


def _limits(email: str, address: str) -> dict[str, int]:
    # In this order every writer locks the rows, so no two wait for each other.
    limits = {_at_one_door(email, address): AT_ONE_DOOR, digest(f"email {email}"): AT_AN_EMAIL}
    if address:
        limits[digest(f"address {network(address)}")] = FROM_AN_ADDRESS
    return limits


def _at_one_door(email: str, address: str) -> str:
    return digest(f"door {email} {network(address)}")
