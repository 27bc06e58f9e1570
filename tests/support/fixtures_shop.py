"""Fixtures: the shop, its shoppers, its goods, and Stripe's double, all over real HTTP."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
from litestar import Litestar

from shop import clock
from shop.catalogue.tables import Variant
from shop.settings import settings
from tests.support import oracle
from tests.support.goods import put_on_sale, shelved
from tests.support.oracle import every_letter_can_be_written
from tests.support.quickly import application, remember_what_stays_the_same
from tests.support.sandbox import Sandbox
from tests.support.servers import Port, neighbours, open_for_business
from tests.support.shoppers import Shopper

WEBHOOK_SECRET = "whsec_tests_0123456789abcdefghijkl"
SECRET_KEY = "sk_test_tests_0123456789abcdefghijkl"


remember_what_stays_the_same()


@dataclass(frozen=True, slots=True)
class Ports:
    shop: Port
    sandbox: Port


@dataclass(frozen=True, slots=True)
class Shop:
    url: str
    app: Litestar


@pytest.fixture(scope="session")
async def ports() -> AsyncIterator[Ports]:
    shop, sandbox = neighbours()
    async with open_for_business(shop), open_for_business(sandbox):
        yield Ports(shop, sandbox)


@pytest.fixture
def more_settings() -> dict[str, str]:
    """Overridden by modules that need other settings; an empty text takes a setting away."""
    return {}


@pytest.fixture
def environment(
    ports: Ports, database: str, media: Path, more_settings: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """The settings of this test's shop. The sandbox is another site than the shop, as Stripe is."""
    told = {
        "DATABASE_URL": database,
        "SHOP_PORT": str(ports.shop.number),
        "SHOP_URL": f"http://localhost:{ports.shop.number}",
        "SHOP_MEDIA": str(media),
        "SHOP_NAME": "Hearthside",
        "STRIPE_SECRET_KEY": SECRET_KEY,
        "STRIPE_WEBHOOK_SECRET": WEBHOOK_SECRET,
        "STRIPE_API_BASE": f"http://127.0.0.1:{ports.sandbox.number}",
    }
    for name, value in (told | more_settings).items():
        monkeypatch.setenv(name, value)
    settings.cache_clear()
    shelved.clear()
    yield
    settings.cache_clear()
    clock.reset()


@pytest.fixture
async def shop(environment: None, ports: Ports) -> AsyncIterator[Shop]:
    app = application(settings())
    async with ports.shop.serving(app):
        yield Shop(settings().url, app)
        await every_letter_can_be_written(app)


@pytest.fixture
async def guest(shop: Shop) -> AsyncIterator[Callable[[str], Shopper]]:
    async with AsyncExitStack() as leaving:

        def come_in(name: str) -> Shopper:
            shopper = Shopper(name, shop.url)
            leaving.push_async_callback(shopper.client.aclose)
            return shopper

        yield come_in


@pytest.fixture
async def ada(guest: Callable[[str], Shopper]) -> Shopper:
    return guest("ada")


@pytest.fixture
async def ben(guest: Callable[[str], Shopper]) -> Shopper:
    return guest("ben")


@pytest.fixture
async def goods(environment: None) -> Callable[..., Awaitable[Variant]]:
    return put_on_sale


@pytest.fixture
async def sandbox(environment: None, ports: Ports) -> AsyncIterator[Sandbox]:
    """Stripe's double. What holds about money is asked when the test is over."""
    from shop.sandbox.server import SandboxOptions, create_sandbox

    here = settings()
    options = SandboxOptions(
        port=ports.sandbox.number,
        webhook_url=f"http://127.0.0.1:{ports.shop.number}/webhooks/stripe",
        webhook_secret=here.stripe.webhook_secret,
        secret_key=here.stripe.secret_key,
    )
    async with ports.sandbox.serving(create_sandbox(options)), Sandbox(options.origin).connected() as sandbox:
        yield sandbox
        await oracle.holds(sandbox)
