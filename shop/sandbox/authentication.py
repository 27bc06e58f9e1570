"""Who asks, and in which version of the API."""

import base64
import binascii

from shop.sandbox import errors
from shop.sandbox.options import LIVE, TEST, SandboxOptions
from shop.sandbox.sandbox import API_VERSION


def check(options: SandboxOptions, authorization: str | None, version: str | None) -> None:
    key = _key(authorization or "")
    if not key:
        raise errors.key_missing()
    if key.startswith(LIVE):
        raise errors.live_key()
    if key.startswith("pk_"):
        raise errors.publishable_key()
    if not key.startswith(TEST) or (options.secret_key is not None and key != options.secret_key):
        raise errors.key_refused(key)
    if version is not None and version != API_VERSION:
        raise errors.wrong_version(version, API_VERSION)


def _key(authorization: str) -> str:
    scheme, _, credentials = authorization.partition(" ")
    if scheme.lower() == "bearer":
        return credentials.strip()
    if scheme.lower() == "basic":
        try:
            return base64.b64decode(credentials, validate=True).decode().partition(":")[0]
        except (binascii.Error, UnicodeDecodeError):
            return ""
    return ""
