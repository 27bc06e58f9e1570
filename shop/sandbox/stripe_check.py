"""The same acts at Stripe and at a sandbox of one's own, and where the answers differ.

`STRIPE_CHECK_KEY=sk_test_… python -m shop.sandbox.stripe_check`: the key is a person's own. It makes
a few sessions, intents and refunds of test money in that account, and an endpoint that it deletes again.
"""

import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import httpx

from shop.sandbox.beside import KEY, running_sandbox
from shop.sandbox.sandbox import API_VERSION
from shop.sandbox.stripe_check_acts import ACTS, Body, Side

STRIPE = "https://api.stripe.com"
# No word that Stripe answers with ends in so many letters; an id of chance may hold no digit at all.
ID = re.compile(r"[a-z_]+_[A-Za-z0-9]{14,}")
# Of these the value is Stripe's or the account's own, so that only their kind is compared.
OWN = {
    "id",
    "created",
    "url",
    "client_secret",
    "expires_at",
    "request_log_url",
    "message",
    "secret",
    "receipt_url",
}


def main() -> int:
    key = os.environ.get("STRIPE_CHECK_KEY", "")
    if not key.startswith(("sk_test_", "rk_test_")):
        sys.stderr.write("Set STRIPE_CHECK_KEY to a key of your own that begins with sk_test_.\n")
        return 2
    with (
        running_sandbox() as sandbox,
        _side("Stripe", STRIPE, key) as real,
        _side("sandbox", sandbox.url, KEY) as own,
    ):
        found = [line for act in ACTS for line in compare(act, real, own)]
    sys.stdout.write("\n".join(found or ["The sandbox answered everything as Stripe did."]) + "\n")
    return 1 if found else 0


@contextmanager
def _side(name: str, address: str, key: str) -> Iterator[Side]:
    headers = {"Authorization": f"Bearer {key}", "Stripe-Version": API_VERSION}
    with httpx.Client(base_url=address, headers=headers, timeout=30, trust_env=name == "Stripe") as client:
        yield Side(name, client)


def compare(act: Callable[[Side], tuple[int, Body]], real: Side, own: Side) -> list[str]:
    (real_status, real_body), (own_status, own_body) = act(real), act(own)
    lines = [] if real_status == own_status else [f"status {real_status}, the sandbox's {own_status}"]
    return [f"{act.__name__}: {line}" for line in lines + list(differences(real_body, own_body, ""))]


def differences(real: Any, own: Any, path: str) -> Iterator[str]:
    if isinstance(real, dict) and isinstance(own, dict):
        for name in sorted(real.keys() | own.keys()):
            below = f"{path}.{name}" if path else name
            if name not in own:
                yield f"{below} is missing in the sandbox"
            elif name not in real:
                yield f"{below} is in the sandbox only"
            else:
                yield from differences(real[name], own[name], below)
    elif isinstance(real, list) and isinstance(own, list):
        for number, (one, other) in enumerate(zip(real, own, strict=False)):
            yield from differences(one, other, f"{path}[{number}]")
    elif _differ(real, own, path.rsplit(".", 1)[-1]):
        yield f"{path} is {real!r}, in the sandbox {own!r}"


def _differ(real: Any, own: Any, name: str) -> bool:
    if name in OWN or _is_id(real):
        return _kind(real) != _kind(own)
    return bool(real != own)


def _kind(value: Any) -> str:
    return type(value).__name__


def _is_id(value: Any) -> bool:
    return isinstance(value, str) and ID.fullmatch(value) is not None


if __name__ == "__main__":
    sys.exit(main())
