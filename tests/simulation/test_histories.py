"""Random histories of shoppers, Stripe, clocks, faults and crashes; the books are the judge of each.

`pytest tests/simulation --seeds=200`, `make proof SEEDS=10000`; `--seed=17` plays that one again. A history
that ends badly is made as short as it can be and printed.
"""

from collections import Counter
from collections.abc import AsyncIterator, Sequence

import pytest

from shop import clock, faultpoints
from shop.database import current_engine
from shop.payments import stripe_gateway
from tests.simulation.steps import WANTS, Step, drawn, play
from tests.simulation.world import World
from tests.support.fixtures_proof import seeds
from tests.support.tally import Tally

FEW, MANY = 25, 500


@pytest.fixture
async def world(environment: None, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[World]:
    monkeypatch.setattr(stripe_gateway, "RETRIES", 0)
    await current_engine().start_connection_pool()
    made = World()
    monkeypatch.setattr(faultpoints, "reach", made.reached)
    yield made
    await made.end()
    await current_engine().close_connection_pool()
    clock.reset()


async def test_random_histories(
    world: World, pytestconfig: pytest.Config, proving: bool, tally: Tally
) -> None:
    one = pytestconfig.getoption("--seed")
    chosen = range(seeds(pytestconfig, MANY if proving else FEW)) if one is None else [one]
    for seed in chosen:
        history = drawn(seed)
        lost = await lost_by(world, history)
        tally.add("Histories: random shoppers, Stripe, clocks, faults and crashes", 1, len(lost))
        for what, times in (await happened(world, history)).items():
            tally.add(f"Histories: {what}", times, len(lost))
        if lost:
            shortest = await shortened(world, history)
            told = "\n".join(str(step) for step in shortest)
            lost = await lost_by(world, shortest)
            pytest.fail(
                f"seed {seed}, its shortest history:\n{told}\nlost:\n" + "\n".join(lost), pytrace=False
            )


async def lost_by(world: World, history: Sequence[Step]) -> list[str]:
    await world.begin()
    found: list[str] = []
    for step in history:
        before = await world.pieces()
        world.answers.clear()
        await play(world, step)
        found += [
            f"{deed} was answered {status}" for deed, status in world.answers if is_wrong(world, status)
        ]
        wants = {step.deed, step.rival.deed if step.rival else ""} & WANTS
        after = await world.pieces()
        if not wants and before != after:
            found.append(f"[{step}] changed what people want from {before} to {after}")
    await world.comes_to_rest()
    return found + await world.differences()


def is_wrong(world: World, status: int) -> bool:
    """A shopper may be asked to come again while Stripe is away, and never sees anything worse."""
    return status >= 500 and not (world.away and status in {502, 503})


async def shortened(world: World, history: Sequence[Step]) -> list[Step]:
    """Leaves out whatever the bad end does not need: halves first, then less and less."""
    shortest = list(history)
    size = len(shortest) // 2
    while size:
        start = 0
        while start < len(shortest):
            shorter = shortest[:start] + shortest[start + size :]
            if await lost_by(world, shorter):
                shortest = shorter
            else:
                start += size
        size //= 2
    return shortest


async def happened(world: World, history: Sequence[Step]) -> Counter[str]:
    jumps = sum(step.deed == "time_passes" for step in history)
    calls = await world.failures()
    return world.happened + Counter({"jumps of the clock": jumps, "calls that Stripe failed": calls})
