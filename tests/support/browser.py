"""The browser: the system's own where there is one, else the one that Playwright has downloaded."""

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, BrowserContext, ConsoleMessage, Error, Page, async_playwright

HOW_TO_ENABLE = "no browser: `apt install chromium` (or `.venv/bin/playwright install chromium`) enables this"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--no-first-run",
]

# For tests about one of the two only.
with_javascript = pytest.mark.parametrize("javascript", [True], indirect=True, ids=["with JavaScript"])
# The same without JavaScript is played by `make proof`: it takes as long again.
mostly_with_javascript = pytest.mark.parametrize(
    "javascript",
    [True, pytest.param(False, marks=pytest.mark.proof)],
    indirect=True,
    ids=["with JavaScript", "without JavaScript"],
)
without_javascript = pytest.mark.parametrize("javascript", [False], indirect=True, ids=["without JavaScript"])


class NoBrowser(Exception):
    """The tests that need one are skipped."""


@asynccontextmanager
async def started() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        program = executable()
        if program is None and not Path(playwright.chromium.executable_path).exists():
            raise NoBrowser(HOW_TO_ENABLE)
        browser = await playwright.chromium.launch(executable_path=program, args=ARGS)
        try:
            yield browser
        finally:
            await browser.close()


def executable() -> str | None:
    given = os.environ.get("CHROMIUM")
    found = (shutil.which(name) for name in NAMES)
    return given or next((path for path in found if path), None)


# Chromium says this of itself, also where scripts are off, when the next page shows before the picture of the
# last one is ready; the page is shown without its transition then.
OF_ITSELF = "Transition was aborted because of invalid state. Page already revealed"


class Complaints:
    """What the browser's console says against the pages. Whatever is left at the end fails the test."""

    def __init__(self) -> None:
        self._heard: list[str] = []
        self._expected: list[str] = []

    def expect(self, part: str) -> None:
        """A refused form is logged as "Failed to load resource: … 422"; such a test says so here."""
        self._expected.append(part)

    def listen(self, page: Page) -> None:
        page.on("console", self._console)
        page.on("pageerror", self._broken)

    def unexpected(self) -> list[str]:
        return [said for said in self._heard if not any(part in said for part in self._expected)]

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self._heard.append(f"{message.type}: {message.text} ({message.location.get('url')})")

    def _broken(self, problem: Error) -> None:
        if OF_ITSELF not in str(problem):
            self._heard.append(f"script: {problem}")


@asynccontextmanager
async def window(
    browser: Browser, shop_url: str, *, javascript: bool, complaints: Complaints, **more: Any
) -> AsyncIterator[Page]:
    """`more` is what Playwright calls it: `viewport`, `has_touch`, …"""
    context: BrowserContext = await browser.new_context(
        base_url=shop_url, java_script_enabled=javascript, reduced_motion="reduce", **more
    )
    context.set_default_timeout(10_000)
    context.on("page", complaints.listen)
    try:
        yield await context.new_page()
    finally:
        await context.close()
