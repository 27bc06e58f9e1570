"""Counts that slow somebody down, kept in the database because the shop may be several processes.

A count ends when its time is over, however often it is pressed meanwhile: nobody is locked out for long.
"""

from dataclasses import dataclass
from datetime import timedelta
from ipaddress import IPv6Address, ip_address

from piccolo.querystring import QueryString

from shop import clock
from shop.customers.tables import SignInTries
from shop.database import repeatable, transaction
from shop.web.cookies import digest
from shop.web.words import ngettext


@dataclass(frozen=True, slots=True)
class Brake:
    """At most `most` times within `within`. `about` says whose count it is; the database keeps its digest."""

    about: str
    most: int
    within: timedelta

    @property
    def key(self) -> str:
        return digest(self.about)


def letters_to(email: str) -> Brake:
    """Whoever types somebody's address again and again must not fill their mailbox."""
    return Brake(f"letters to {email}", 5, timedelta(hours=1))


def letters_from(address: str) -> Brake:
    return Brake(f"letters from {network(address)}", 30, timedelta(hours=1))


def accounts_from(address: str) -> Brake:
    return Brake(f"accounts from {network(address)}", 30, timedelta(hours=1))


@repeatable
async def press(brake: Brake) -> int:
    """Counts once more; how many seconds to wait where that is too often, else 0."""
    now = clock.now()
    async with transaction():
        await SignInTries.delete().where(SignInTries.until <= now)
        first = SignInTries(key=brake.key, until=now + brake.within)
        counted = (
            await SignInTries.insert(first)
            .on_conflict(
                target=SignInTries.key,
                action="DO UPDATE",
                values=[(SignInTries.tries, QueryString('"sign_in_tries"."tries" + 1'))],
            )
            .returning(SignInTries.tries, SignInTries.until)
        )
    if counted[0]["tries"] <= brake.most:
        return 0
    return int((counted[0]["until"] - now).total_seconds()) + 1


def sentence(seconds: int) -> str:
    minutes = -(-seconds // 60)
    return ngettext(
        "Too many tries. Wait %(minutes)s minute, then try again.",
        "Too many tries. Wait %(minutes)s minutes, then try again.",
        minutes,
    ) % {"minutes": minutes}


def network(address: str) -> str:
    """One household has one IPv4 address, but as many of IPv6 as it likes within its /64."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, IPv6Address):
        return str(parsed.ipv4_mapped or parsed.packed[:8].hex())
    return str(parsed)
