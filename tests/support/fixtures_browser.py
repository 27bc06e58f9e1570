"""Fixtures: a page in a real browser, with JavaScript and without."""

from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack

import pytest
from playwright.async_api import Browser, Page

from tests.support.browser import Complaints, NoBrowser, started, window
from tests.support.fixtures_shop import Shop
from tests.support.skipping import cannot_run


@pytest.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    async with AsyncExitStack() as leaving:
        try:
            here = await leaving.enter_async_context(started())
        except NoBrowser as reason:
            cannot_run(str(reason))
        yield here


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def javascript(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.fixture
def complaints() -> Iterator[Complaints]:
    heard = Complaints()
    yield heard
    assert heard.unexpected() == []


@pytest.fixture
async def page(browser: Browser, shop: Shop, javascript: bool, complaints: Complaints) -> AsyncIterator[Page]:
    async with window(browser, shop.url, javascript=javascript, complaints=complaints) as first:
        yield first
