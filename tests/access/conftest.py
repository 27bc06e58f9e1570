"""The demonstration's shelves in a shop that sends parcels, and a window that any answer is shown in."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser
from playwright.async_api import Page as Window

from shop.demo.load import load
from tests.access.states import World
from tests.delivery.shop_toml import sending
from tests.support.browser import Complaints, window
from tests.support.fixtures_shop import Shop
from tests.support.sandbox import Sandbox
from tests.support.shoppers import Guests


@pytest.fixture
def more_settings(tmp_path: Path) -> dict[str, str]:
    return sending(tmp_path)


@pytest.fixture
async def world(shop: Shop, guest: Guests, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> World:
    await load()
    return World(guest, monkeypatch)


@pytest.fixture
async def pane(browser: Browser, shop: Shop, complaints: Complaints) -> AsyncIterator[Window]:
    # The state is what is looked at, whatever its status.
    complaints.expect("the server responded with a status of")
    async with window(browser, shop.url, javascript=True, complaints=complaints) as opened:
        yield opened
