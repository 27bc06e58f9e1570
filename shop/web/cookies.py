"""The shop's cookies: random tokens, and a count for show."""

import hashlib
import re
import secrets
from typing import Any

from litestar import Request
from litestar.datastructures import Cookie

from shop.settings import settings

CART, SIGNED_IN, CART_COUNT = "cart", "signed_in", "cart_count"
# The browser that asked for a letter with a link in it.
ASKED = "asked"
DAY = 24 * 60 * 60
# What the next page has to say.
SAID = "said"
LIVES = {CART: 90 * DAY, SIGNED_IN: 30 * DAY, CART_COUNT: 90 * DAY, ASKED: DAY, SAID: 60}
# What token_urlsafe(32) gives; anything else was not minted here.
MINTED = re.compile(r"[A-Za-z0-9_-]{43}")

AnyRequest = Request[Any, Any, Any]


def mint() -> str:
    """A new token of 32 random bytes, as a cookie or an address carries it."""
    return secrets.token_urlsafe(32)


def digest(token: str) -> str:
    """What the database keeps instead of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def token(request: AnyRequest, name: str) -> str | None:
    value = request.cookies.get(_full(name))
    return value if value and MINTED.fullmatch(value) else None


def count(request: AnyRequest) -> int:
    value = request.cookies.get(_full(CART_COUNT), "")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 6 else 0


def said(request: AnyRequest) -> str:
    return str(request.cookies.get(_full(SAID), ""))


def cookie(name: str, value: str) -> Cookie:
    return Cookie(
        key=_full(name),
        value=value,
        path="/",
        max_age=LIVES[name],
        # A page that the browser kept is compared with the count when it is shown again.
        httponly=name != CART_COUNT,
        secure=settings().https,
        samesite="lax",
    )


def gone(name: str) -> Cookie:
    return Cookie(
        key=_full(name), value="", path="/", max_age=0, httponly=True, secure=settings().https, samesite="lax"
    )


def _full(name: str) -> str:
    return f"__Host-{name}" if settings().https else name
