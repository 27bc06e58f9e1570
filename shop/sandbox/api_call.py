"""One request to the API, as it was sent."""

import time
from dataclasses import dataclass, field

from litestar.types import Receive, Scope

from shop.sandbox import errors, faults, ids
from shop.sandbox.shapes import Body

LARGEST_BODY = 1024 * 1024


@dataclass
class Call:
    method: str
    path: str
    headers: dict[str, str]
    sent: str
    id: str = field(default_factory=lambda: ids.new("req_", 14))
    began: float = field(default_factory=time.time)
    fault: Body = field(default_factory=lambda: faults.DEFAULTS)
    answer_headers: dict[str, str] = field(default_factory=dict)
    emitted: list[str] = field(default_factory=list)

    @property
    def key(self) -> str | None:
        """Only what changes something has a use for an idempotency key."""
        return self.headers.get("idempotency-key") or None if self.method == "POST" else None


async def call_of(scope: Scope, receive: Receive) -> Call:
    # Mounted at /v1, so the path begins below it.
    path = "/v1/" + str(scope["path"]).strip("/")
    headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
    body = b""
    more = True
    while more and len(body) <= LARGEST_BODY:
        message = await receive()
        body += message.get("body", b"")  # type: ignore[operator]  # typed as if it could be a disconnect
        more = bool(message.get("more_body", False))
    query = scope["query_string"].decode("latin-1")
    sent = "&".join(part for part in (query, body.decode("utf-8", "replace")) if part)
    return Call(str(scope.get("method")), path.rstrip("/"), headers, sent)


def check_size(call: Call) -> None:
    if len(call.sent) > LARGEST_BODY:
        raise errors.invalid("The request is larger than the sandbox reads.")
