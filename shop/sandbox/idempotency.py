"""The same key brings the same answer, whatever happened meanwhile."""

import hashlib
from urllib.parse import parse_qsl

from shop.sandbox import errors
from shop.sandbox.sandbox import Sandbox
from shop.sandbox.shapes import Body

LONGEST_KEY = 255
DAY = 24 * 3600


def earlier_answer(sandbox: Sandbox, key: str, path: str, body: str) -> Body | None:
    """What this key was answered before; refuses a key that was used for something else."""
    if len(key) > LONGEST_KEY:
        raise errors.invalid(f"Idempotency keys can have up to {LONGEST_KEY} characters.")
    if key in sandbox.keys_in_flight:
        raise errors.key_in_use(key)
    kept = sandbox.store.find("idempotency", key)
    if kept is None or kept["at"] + DAY < sandbox.clock.now():
        return None
    if kept["path"] != path:
        raise errors.other_endpoint(key, kept["path"])
    if kept["parameters"] != fingerprint(body):
        raise errors.other_parameters(key)
    return kept


def keep(sandbox: Sandbox, key: str, path: str, body: str, request_id: str, status: int, answer: str) -> None:
    sandbox.store.set(
        "idempotency",
        {
            "id": key,
            "at": sandbox.clock.now(),
            "path": path,
            "parameters": fingerprint(body),
            "request": request_id,
            "status": status,
            "answer": answer,
        },
    )


def fingerprint(body: str) -> str:
    """The order of the parameters does not matter."""
    pairs = sorted(parse_qsl(body, keep_blank_values=True))
    return hashlib.sha256(repr(pairs).encode()).hexdigest()
