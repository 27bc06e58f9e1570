"""The demo shop's one customer, whose password everybody can read on the sign-in page."""

from shop.customers.demo import DEMO_EMAIL, DEMO_PASSWORD
from shop.customers.entering import add
from shop.settings import settings

__all__ = ["DEMO_EMAIL", "DEMO_PASSWORD", "ensure_demo_customer"]


async def ensure_demo_customer() -> None:
    """Adds the customer once, in demo mode only: a password that everybody knows opens no real account."""
    if settings().stripe.live:
        raise RuntimeError("a demo customer never stands beside live keys")
    if settings().demo:
        await add(DEMO_EMAIL, DEMO_PASSWORD)
