"""An order on paper: what was bought from whom, black on white, without what only a screen can do."""

import pytest
from playwright.async_api import Page as Window
from playwright.async_api import expect

from tests.access.looking import show
from tests.access.states import BERLIN, World
from tests.journeys.steps import buy, fill_cart

pytestmark = [pytest.mark.one_database, pytest.mark.proof]


async def test_ada_prints_her_order(world: World, pane: Window) -> None:
    ada = world.ada
    await fill_cart(ada, "towels")
    await show(pane, await buy(ada, "mug", 2, **BERLIN))
    await pane.emulate_media(media="print", color_scheme="dark")
    for shown in (".order__seller", ".order__number", ".bought__line", ".totals", ".order__facts"):
        await expect(pane.locator(shown).first).to_be_visible()
    for only_on_screens in ("body > header", "body > footer", "main .button", "main img"):
        for one in await pane.locator(only_on_screens).all():
            await expect(one).to_be_hidden()
    await expect(pane.locator("body")).to_have_css("color", "rgb(0, 0, 0)")
    await expect(pane.locator("html")).to_have_css("background-color", "rgb(255, 255, 255)")
    await expect(pane.locator(".bought__line").first).to_have_css("break-inside", "avoid")
