"""What makes this database's shop one of a kind at Stripe."""

import asyncio

from shop.errors import GatewayRefused, GatewayUnreachable
from shop.payments.stripe_gateway import StripeGateway
from shop.payments.tables import Attempt, Installation
from shop.settings import BadSetting

SANDBOX = "sandbox"


async def shop_id() -> str:
    """The random id that marks our sessions; a renamed or moved shop keeps it."""
    found = await Installation.select(Installation.shop).first()
    assert found is not None, "the first migration wrote it"
    return str(found["shop"])


async def claim_stripe(gateway: StripeGateway, *, demo: bool) -> None:
    """Remembers which Stripe this database's payments lie at. Raises BadSetting for another one while tries
    at paying are unfinished there: their money could not be found from here.
    """
    found = await Installation.select(Installation.stripe).first()
    before = str(found["stripe"] or "") if found else ""
    now = SANDBOX if demo else await _mode_and_account(gateway)
    if before in ("", now) or _same_as_far_as_known(before, now):
        await Installation.update({Installation.stripe: max(before, now, key=len)}).where(
            Installation.id == 1
        )
        return
    unfinished = await Attempt.count().where(Attempt.state.is_in(["creating", "open", "processing"]))
    if unfinished:
        raise BadSetting(
            f"This database's payments lie at another Stripe ({before}, now {now}) and {unfinished} of them are"
            " unfinished; start it once more with the former keys, or use another DATABASE_URL."
        )
    await Installation.update({Installation.stripe: now}).where(Installation.id == 1)


async def _mode_and_account(gateway: StripeGateway) -> str:
    """ "test:acct_…"; the mode alone where Stripe does not tell, as it need not to a restricted key."""
    mode = "live" if gateway.livemode else "test"
    try:
        async with asyncio.timeout(3):
            return f"{mode}:{await gateway.account()}"
    except (GatewayUnreachable, GatewayRefused, TimeoutError):
        return mode


def _same_as_far_as_known(before: str, now: str) -> bool:
    return before.startswith(now + ":") or now.startswith(before + ":")
