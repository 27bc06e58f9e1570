"""A sandbox in a thread of this process, in memory, on a port of its own."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx
import uvicorn

from shop.sandbox.options import SandboxOptions
from shop.sandbox.server import create_sandbox

SECRET = "whsec_sandbox_for_tests"  # noqa: S105 - it guards nothing
KEY = "sk_test_sandbox_for_tests"
LONGEST_START = 10.0


@dataclass(frozen=True)
class StripeSandbox:
    """`url` is the SDK's base address; `control` speaks to `/_control`."""

    url: str
    secret_key: str = KEY
    webhook_secret: str = SECRET

    def control(self, method: str, path: str, /, **given: Any) -> Any:
        answer = httpx.request(method, f"{self.url}/_control{path}", json=given or None, timeout=30)
        answer.raise_for_status()
        return answer.json()


@contextmanager
def running_sandbox() -> Iterator[StripeSandbox]:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port = int(listening.getsockname()[1])
        app = create_sandbox(SandboxOptions(port=port, webhook_secret=SECRET, secret_key=KEY))
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=1))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        _wait_until_started(server, thread)
        try:
            yield StripeSandbox(f"http://127.0.0.1:{port}")
        finally:
            server.should_exit = True
            thread.join()


def _wait_until_started(server: uvicorn.Server, thread: threading.Thread) -> None:
    until = time.monotonic() + LONGEST_START
    while not server.started:
        if not thread.is_alive() or time.monotonic() > until:
            raise RuntimeError("The sandbox did not start.")
        time.sleep(0.01)
