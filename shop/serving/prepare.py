"""What must be true before the shop serves: a database that is up to date, in its currency, with goods."""

from collections.abc import Callable

from shop.environment import BadSetting
from shop.serving.migrations import alone, migrate_quietly
from shop.serving.reachable import check_reachable
from shop.settings import settings


async def prepare(say: Callable[[str], None]) -> None:
    check_site(say)
    await check_reachable()
    async with alone():
        say("Bringing the database up to date ...")
        await migrate_quietly()
        await check_currency()
        await _check_stripe()
        if settings().demo:
            await _fill_demo(say)


async def migrate(say: Callable[[str], None]) -> None:
    await check_reachable()
    async with alone():
        await migrate_quietly()
    say("The database is up to date.")


async def demo(say: Callable[[str], None]) -> None:
    from shop.demo.load import load

    await check_reachable()
    async with alone():
        await migrate_quietly()
        loaded = await load()
    if loaded:
        say(f"The demo catalogue is in place: {loaded} products.")
    else:
        say("The database has products already; it stays as it is.")


def check_site(say: Callable[[str], None]) -> None:
    """Whatever the merchant wrote is read once, so that a mistake is told here and not to a shopper."""
    from shop.web import look, policies, templates, words

    words.check()
    templates.check(templates.environment(look.assets()))
    policies.check()
    drafts = policies.drafts()
    if drafts and not settings().demo:
        say(f"Still drafts of ours: {', '.join(drafts)}. Your own belong into policies/ in SHOP_SITE.")


async def _check_stripe() -> None:
    from shop.demo.customer import refuse_beside_live_keys
    from shop.payments.installation import claim_stripe
    from shop.payments.stripe_gateway import StripeGateway

    await refuse_beside_live_keys()
    gateway = StripeGateway(settings().stripe)
    try:
        await claim_stripe(gateway, demo=settings().demo)
    finally:
        await gateway.close()


async def _fill_demo(say: Callable[[str], None]) -> None:
    from shop.demo.customer import ensure_demo_customer
    from shop.demo.load import has_products, load

    if not await has_products():
        say("Filling the demo shop ...")
        await load()
    await ensure_demo_customer()


async def check_currency() -> None:
    """Prices are numbers of minor units: read in another currency they would be wrong, not converted."""
    from shop.catalogue.tables import Variant

    rows = await Variant.select(Variant.currency).distinct()
    strange = sorted({row["currency"] for row in rows} - {settings().currency})
    if strange:
        raise BadSetting(
            f"SHOP_CURRENCY is {settings().currency}, but this database has prices in {', '.join(strange)};"
            " set it to that or use another database."
        )
