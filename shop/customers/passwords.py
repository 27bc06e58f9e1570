"""Passwords, hashed and compared by Argon2id off the event loop, a few at a time."""

import secrets
import unicodedata
from functools import cache

from anyio import CapacityLimiter, to_thread
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

# OWASP's parameters for a web server; a hash made with others is made again at the next sign-in.
HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
# Each hash takes 19 MiB and a core, so a crowd at the door must not take them all.
AT_ONCE = CapacityLimiter(2)


async def hashed(password: str) -> str:
    return await to_thread.run_sync(_hashed, password, limiter=AT_ONCE)


async def agrees(password: str, kept: str | None) -> bool:
    """Whether the password is the one kept; nothing kept takes as long, so time does not tell who exists."""
    return await to_thread.run_sync(_agrees, password, kept, limiter=AT_ONCE)


def outdated(kept: str) -> bool:
    return HASHER.check_needs_rehash(kept)


def _hashed(password: str) -> str:
    return HASHER.hash(_typed(password))


def _agrees(password: str, kept: str | None) -> bool:
    try:
        HASHER.verify(kept or _nobodys(), _typed(password))
    except (VerificationError, InvalidHashError):
        return False
    return bool(kept)


def _typed(password: str) -> str:
    # Keyboards differ in how they write an é.
    return unicodedata.normalize("NFKC", password)


@cache
def _nobodys() -> str:
    return HASHER.hash(secrets.token_hex())
