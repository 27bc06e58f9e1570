"""Every page in every state can be used by everybody, as far as a machine can find that out."""

import pytest
from playwright.async_api import Page as Window
from playwright.async_api import expect

from tests.access.looking import complaints_of_axe, show
from tests.access.markup import complaints_about
from tests.access.states import MUG, SCENES, World, core

pytestmark = pytest.mark.one_database

# A telephone that shows everything four times as large, a tablet, a desk.
NARROW, USUAL, WIDE = 320, 768, 1920
EVERYWHERE = [(width, scheme) for width in (NARROW, USUAL, WIDE) for scheme in ("light", "dark")]


@pytest.mark.proof
async def test_the_pages_on_the_way_of_a_purchase_are_for_everybody(world: World, pane: Window) -> None:
    said = []
    await pane.set_viewport_size({"width": NARROW, "height": 900})
    async for name, page in core(world):
        said += [f"{name}: {wrong}" for wrong in complaints_about(page)]
        await show(pane, page)
        said += [f"{name}: {wrong}" for wrong in await complaints_of_axe(pane)]
    assert not said, "\n".join(said)


@pytest.mark.proof
@pytest.mark.parametrize("scene", SCENES)
async def test_every_page_in_every_state_is_for_everybody(world: World, pane: Window, scene: str) -> None:
    said = []
    async for name, page in SCENES[scene](world):
        said += [f"{name}: {wrong}" for wrong in complaints_about(page)]
        await show(pane, page)
        said += [f"{name}, {wrong}" for wrong in await _everywhere(pane)]
    assert not said, "\n".join(said)


@pytest.mark.proof
async def test_the_drawer_is_for_everybody(world: World, pane: Window) -> None:
    await pane.goto(MUG)
    await pane.get_by_role("button", name="Add to cart").click()
    await expect(pane.get_by_role("dialog")).to_be_visible()
    said = await _everywhere(pane)
    assert not said, "\n".join(said)


async def _everywhere(pane: Window) -> list[str]:
    said = []
    for width, scheme in EVERYWHERE:
        await pane.set_viewport_size({"width": width, "height": 900})
        await pane.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        said += [f"{width}, {scheme}: {wrong}" for wrong in await complaints_of_axe(pane)]
    return said
