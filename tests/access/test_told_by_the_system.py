"""What a reader has told their system about motion and colours holds in the shop."""

import pytest
from playwright.async_api import Page as Window
from playwright.async_api import expect

from shop.catalogue.tables import Variant
from tests.access.keyboard import tab_to
from tests.access.states import MUG, World

pytestmark = [pytest.mark.one_database, pytest.mark.proof]

REMEMBER_MOTION = """window.moved = [];
for (const kind of ["transitionrun", "animationstart"])
  addEventListener(kind, (event) => moved.push(`${kind} ${event.target.className}`), true);"""


async def motion_of_an_add(pane: Window) -> list[str]:
    await pane.goto(MUG)
    await pane.evaluate(REMEMBER_MOTION)
    await pane.get_by_role("button", name="Add to cart").hover()
    await pane.get_by_role("button", name="Add to cart").click()
    await expect(pane.get_by_role("dialog")).to_be_visible()
    await pane.wait_for_timeout(400)
    moved: list[str] = await pane.evaluate("moved")
    return moved


async def test_who_wants_no_motion_sees_none(world: World, pane: Window) -> None:
    await pane.emulate_media(reduced_motion="no-preference")
    assert await motion_of_an_add(pane) != []
    await pane.emulate_media(reduced_motion="reduce")
    assert await motion_of_an_add(pane) == []


async def test_with_colours_of_the_readers_own_everything_can_be_told_apart(
    world: World, pane: Window
) -> None:
    await Variant.update({Variant.on_hand: 0}).where(Variant.sku == "MUG-MOSS")
    await pane.emulate_media(forced_colors="active")
    await pane.goto(MUG)
    await tab_to(pane, "Add to cart")
    assert await style(pane, "#add-button", "borderTopWidth") == "3px"
    assert await style(pane, ".choice--sold-out", "textDecorationLine") == "line-through"
    chosen, other = [
        await style(pane, choice, "borderTopWidth") + await style(pane, choice, "outlineStyle")
        for choice in (".choice[aria-current]", ".choice:not([aria-current])")
    ]
    assert chosen != other


async def style(pane: Window, selector: str, name: str) -> str:
    return str(await pane.locator(selector).first.evaluate("(it, name) => getComputedStyle(it)[name]", name))
