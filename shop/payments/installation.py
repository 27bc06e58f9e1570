"""What makes this database's shop one of a kind at Stripe."""

import asyncio

from shop.environment import BadSetting
from shop.errors import GatewayRefused, GatewayUnreachable
from shop.payments.stripe_gateway import StripeGateway
from shop.payments.tables import Attempt, Installation

SANDBOX = "sandbox"


async def shop_id() -> str:
    """The random id that marks our sessions; a renamed or moved shop keeps it."""
    found = await Installation.select(Installation.shop).first()
    assert found is not None, "the first migration wrote it"
    return str(found["shop"])


async def claim_stripe(gateway: StripeGateway, *, demo: bool) -> None:
    """Remembers which Stripe this database's payments lie at.

    Raises BadSetting for another one while tries at paying are unfinished there: from here their money
    could not be found.
    """
    before = await _remembered()
    now = SANDBOX if demo else await _mode_and_account(gateway)
    if not _may_be_the_same(before, now):
        await _refuse_unfinished(before, now)
    elif len(before) > len(now):
        return
    await Installation.update({Installation.stripe: now}).where(Installation.id == 1)


async def _remembered() -> str:
    found = await Installation.select(Installation.stripe).first()
    assert found is not None, "the first migration wrote it"
    return str(found["stripe"] or "")


async def _refuse_unfinished(before: str, now: str) -> None:
    unfinished = await Attempt.count().where(Attempt.state.is_in(["creating", "open", "processing"]))
    if unfinished:
        raise BadSetting(
            f"This database's payments lie at another Stripe ({before}; now {now}) and {unfinished} of"
            " them are unfinished: start it with the former keys, or use another DATABASE_URL."
        )


async def _mode_and_account(gateway: StripeGateway) -> str:
    """The mode and the account ("test:acct_1"); the mode alone where Stripe does not tell the account."""
    mode = "live" if gateway.livemode else "test"
    try:
        async with asyncio.timeout(3):
            return f"{mode}:{await gateway.account()}"
    except (GatewayUnreachable, GatewayRefused, TimeoutError):
        return mode


def _may_be_the_same(before: str, now: str) -> bool:
    return before in ("", now) or before.startswith(now + ":") or now.startswith(before + ":")
