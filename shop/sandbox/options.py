from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path

LIVE = ("sk_live_", "rk_live_", "pk_live_")
TEST = ("sk_test_", "rk_test_")


@dataclass(frozen=True)
class SandboxOptions:
    """`state` None keeps everything in memory; `secret_key` None accepts any test key."""

    port: int
    host: str = "127.0.0.1"
    webhook_url: str | None = None
    webhook_secret: str | None = None
    state: Path | None = None
    secret_key: str | None = None

    def __post_init__(self) -> None:
        if self.secret_key is not None and self.secret_key.startswith(LIVE):
            raise ValueError("The sandbox refuses live keys: it would be mistaken for Stripe.")
        if self.secret_key is not None and not self.secret_key.startswith(TEST):
            raise ValueError("The sandbox's key must begin with sk_test_ or rk_test_.")
        if not _is_loopback(self.host):
            raise ValueError(f"The sandbox listens on this machine only, not on {self.host}.")

    @property
    def origin(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}"


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
