"""Fixtures: the shop as several processes, for tests that race, kill and count.

house   `python -m shop run` with four processes, emptied for each test; see tests/support/house.py
tally   how often each fault was played; `make proof` makes docs/proof.md of it
"""

import os
from collections.abc import AsyncIterator, Iterator

import pytest

from shop import clock
from shop.database import current_engine
from shop.settings import settings
from tests.support.databases import Databases
from tests.support.fixtures_shop import SECRET_KEY, WEBHOOK_SECRET
from tests.support.house import House
from tests.support.house import house as opened
from tests.support.sandbox import Sandbox
from tests.support.servers import neighbours, open_for_business
from tests.support.tally import Tally

OURS = ("tests/races/", "tests/crashes/", "tests/lost_and_mad/", "tests/simulation/")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--seeds", type=int, default=None, help="how many random histories are played")
    parser.addoption("--seed", type=int, default=None, help="the one random history that is played")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """`make proof` plays the short ones of these folders as well, so that its page counts them."""
    if config.getoption("-m") == "proof":
        for item in items:
            if item.nodeid.startswith(OURS):
                item.add_marker(pytest.mark.proof)


@pytest.fixture(scope="session")
def proving(pytestconfig: pytest.Config) -> bool:
    return bool(pytestconfig.getoption("-m") == "proof")


@pytest.fixture(scope="session")
def tally(proving: bool, pytestconfig: pytest.Config) -> Iterator[Tally]:
    counted = Tally()
    yield counted
    if proving:
        counted.keep(pytestconfig.getoption("--database"))


@pytest.fixture(scope="session")
async def open_house(
    databases: Databases, tmp_path_factory: pytest.TempPathFactory, tally: Tally
) -> AsyncIterator[tuple[House, str, dict[str, str]]]:
    from shop.sandbox.server import SandboxOptions, create_sandbox

    url = await databases.create()
    unused, sandbox_port = neighbours()
    unused.listening.close()
    shop_port = unused.number
    folder = tmp_path_factory.mktemp("house")
    environment = {
        "DATABASE_URL": url,
        "SHOP_PORT": str(shop_port),
        "SHOP_URL": f"http://localhost:{shop_port}",
        "SHOP_WORKERS": "4",
        "SHOP_MEDIA": str(folder / "media"),
        "SHOP_SECRET": "tests " * 12,
        "STRIPE_SECRET_KEY": SECRET_KEY,
        "STRIPE_WEBHOOK_SECRET": WEBHOOK_SECRET,
        "STRIPE_API_BASE": f"http://127.0.0.1:{sandbox_port.number}",
    }
    options = SandboxOptions(
        port=sandbox_port.number,
        webhook_url=f"http://127.0.0.1:{shop_port}/webhooks/stripe",
        webhook_secret=WEBHOOK_SECRET,
        secret_key=SECRET_KEY,
    )
    with pytest.MonkeyPatch.context() as patched:
        _use(databases, environment, patched)
        async with (
            open_for_business(sandbox_port),
            sandbox_port.serving(create_sandbox(options)),
            Sandbox(options.origin).connected() as sandbox,
            opened(sandbox, folder / "faults", environment, tally) as here,
        ):
            yield here, url, environment
    await databases.drop(url)


@pytest.fixture
async def house(
    open_house: tuple[House, str, dict[str, str]], databases: Databases, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[House]:
    here, _, environment = open_house
    _use(databases, environment, monkeypatch)
    await current_engine().start_connection_pool()
    await here.emptied()
    yield here
    here.faults.let_go()
    clock.reset()
    await current_engine().close_connection_pool()
    settings.cache_clear()


def _use(databases: Databases, environment: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    databases.use(environment["DATABASE_URL"])
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    settings.cache_clear()


def seeds(config: pytest.Config, default: int) -> int:
    """`--seeds=N`, or the variable SEEDS as `make proof SEEDS=N` passes it."""
    given = config.getoption("--seeds")
    return int(given if given is not None else os.environ.get("SEEDS") or default)
