"""The secrets of mailed links. The database keeps neither the secret nor anything that opens the link.

Whoever writes a letter with a link makes a nonce, keeps `digest_of(secret_of(nonce))` beside what the link
may do, and puts into the letter's facts:

    "nonce"       from `new_nonce()`; the sender forgets it once the letter is sent, or too old to be
    "path"        such as "/sign-in/{secret}": where the link leads
    "expires_at"  in ISO 8601: no letter is sent after it, for its link would not work any more
"""

import hashlib
import hmac
import secrets
from base64 import urlsafe_b64encode

from shop.settings import settings

PURPOSE = b"mailed link: "


def new_nonce() -> str:
    return secrets.token_urlsafe(32)


def secret_of(nonce: str) -> str:
    """What the link carries: 43 characters that nobody can tell from the nonce without SHOP_SECRET."""
    mac = hmac.digest(settings().secret.encode(), PURPOSE + nonce.encode(), "sha256")
    return urlsafe_b64encode(mac).rstrip(b"=").decode()


def digest_of(secret: str) -> str:
    """What the database knows a link by."""
    return hashlib.sha256(secret.encode()).hexdigest()
