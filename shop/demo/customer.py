"""The demo shop's one customer, whose password everybody can read on the sign-in page."""

from shop import clock
from shop.customers.demo import DEMO_EMAIL, DEMO_PASSWORD
from shop.customers.entering import add
from shop.customers.tables import Customer
from shop.environment import BadSetting
from shop.settings import settings

__all__ = ["DEMO_EMAIL", "DEMO_PASSWORD", "ensure_demo_customer"]


async def ensure_demo_customer() -> None:
    """Adds the customer once, in demo mode only: a password that everybody knows opens no real account."""
    if settings().stripe.live:
        raise RuntimeError("a demo customer never stands beside live keys")
    if settings().demo:
        await add(DEMO_EMAIL, DEMO_PASSWORD)
        # Else a link that somebody has mailed to themselves would end the password that the page shows.
        await Customer.update({Customer.confirmed_at: clock.now()}).where(
            (Customer.email == DEMO_EMAIL) & Customer.confirmed_at.is_null()
        )


async def refuse_beside_live_keys() -> None:
    """A database that was a demo's keeps an account that everybody can open."""
    if settings().stripe.live and await Customer.exists().where(Customer.email == DEMO_EMAIL):
        raise BadSetting(
            "This database has been a demo shop's: its demo customer never stands beside live keys."
            " Start the real shop with another DATABASE_URL."
        )
