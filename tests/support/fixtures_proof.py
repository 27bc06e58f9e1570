"""Fixtures: the shop as several processes, for tests that race, kill and count.

house       `python -m shop run` with four processes, emptied for each test; see tests/support/house.py
lone_house  the same with one process, which is quicker to kill and to start
tally       how often each fault was played; `make proof` makes docs/proof.md of it
"""

import os
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

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
    if config.getoption("--database") == "postgres":
        items[:] = [item for item in items if item.get_closest_marker("one_database") is None]
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
) -> AsyncIterator[House]:
    async with a_house(databases, tmp_path_factory.mktemp("house"), tally) as here:
        yield here


@pytest.fixture(scope="module")
async def open_lone_house(
    databases: Databases, tmp_path_factory: pytest.TempPathFactory, tally: Tally
) -> AsyncIterator[House]:
    async with a_house(databases, tmp_path_factory.mktemp("house"), tally, workers=1) as here:
        yield here


@pytest.fixture
async def house(
    open_house: House, databases: Databases, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[House]:
    async with _for_one_test(open_house, databases, monkeypatch):
        yield open_house


@pytest.fixture
async def lone_house(
    open_lone_house: House, databases: Databases, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[House]:
    async with _for_one_test(open_lone_house, databases, monkeypatch):
        yield open_lone_house


@asynccontextmanager
async def _for_one_test(
    here: House, databases: Databases, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[None]:
    _use(databases, here.environment, monkeypatch)
    await current_engine().start_connection_pool()
    await here.emptied()
    yield
    here.faults.let_go()
    clock.reset()
    await current_engine().close_connection_pool()
    settings.cache_clear()


@asynccontextmanager
async def a_house(
    databases: Databases, folder: Path, tally: Tally, *, workers: int = 4, under: tuple[str, ...] = ()
) -> AsyncIterator[House]:
    """With a database, a port and a Stripe of its own."""
    from shop.sandbox.server import SandboxOptions, create_sandbox

    url = await databases.create()
    unused, sandbox_port = neighbours()
    unused.listening.close()
    environment = {
        "DATABASE_URL": url,
        "SHOP_PORT": str(unused.number),
        "SHOP_URL": f"http://localhost:{unused.number}",
        "SHOP_WORKERS": str(workers),
        "SHOP_MEDIA": str(folder / "media"),
        "SHOP_SECRET": "tests " * 12,
        "STRIPE_SECRET_KEY": SECRET_KEY,
        "STRIPE_WEBHOOK_SECRET": WEBHOOK_SECRET,
        "STRIPE_API_BASE": f"http://127.0.0.1:{sandbox_port.number}",
    }
    options = SandboxOptions(
        port=sandbox_port.number,
        webhook_url=f"http://127.0.0.1:{unused.number}/webhooks/stripe",
        webhook_secret=WEBHOOK_SECRET,
        secret_key=SECRET_KEY,
    )
    with pytest.MonkeyPatch.context() as patched:
        _use(databases, environment, patched)
        async with (
            open_for_business(sandbox_port),
            sandbox_port.serving(create_sandbox(options)),
            Sandbox(options.origin).connected() as sandbox,
            opened(sandbox, folder / "faults", environment, tally, under) as here,
        ):
            yield here
    settings.cache_clear()
    await databases.drop(url)


def _use(databases: Databases, environment: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    databases.use(environment["DATABASE_URL"])
    # What this process does in a test's name must not die at the steps that are set for the house.
    ours = {name: value for name, value in environment.items() if name != "SHOP_FAULTPOINTS"}
    for name, value in ours.items():
        monkeypatch.setenv(name, value)
    settings.cache_clear()


def seeds(config: pytest.Config, default: int) -> int:
    """`--seeds=N`, or the variable SEEDS as `make proof SEEDS=N` passes it."""
    given = config.getoption("--seeds")
    return int(given if given is not None else os.environ.get("SEEDS") or default)
