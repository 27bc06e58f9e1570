"""Random histories of shoppers, Stripe, clocks, faults and crashes; a small model and the books judge each.

`pytest tests/simulation --seeds=200`, `make proof SEEDS=10000`; `--seed=17` plays that one again. A history
that ends badly is made as short as it can be and printed with what was answered.
"""

from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import replace
from types import SimpleNamespace

import pytest
from argon2 import PasswordHasher

from shop import clock, faultpoints
from shop.confirmation import coming_back, ways_on
from shop.customers import passwords
from shop.database import current_engine
from shop.payments import opening, routes, stripe_gateway
from shop.sandbox import clock as stripes_clock
from tests.simulation import customers, others, shoppers, tables
from tests.simulation.history import WEIGHTS, Step, drawn
from tests.simulation.world import FIRST_DAY, Crashed, World
from tests.support.fixtures_proof import seeds
from tests.support.tally import Tally

FEW, MANY = 25, 500
DEEDS: dict[str, Callable[[World, Step], Awaitable[object]]] = {
    deed.__name__: deed for deed in (*shoppers.DEEDS, *customers.DEEDS, *others.DEEDS)
}


@pytest.fixture
async def world(environment: None, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[World]:
    monkeypatch.setattr(stripe_gateway, "RETRIES", 0)
    # Time is what a history says it is, however busy this machine.
    for waits in (coming_back, ways_on, opening, routes):
        monkeypatch.setattr(waits, "BUDGET", 600.0)
    # How slowly a password is compared changes nothing here.
    monkeypatch.setattr(passwords, "HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    stands_still = SimpleNamespace(time=FIRST_DAY.timestamp)
    monkeypatch.setattr(stripes_clock, "time", stands_still)
    monkeypatch.setattr(clock, "now", lambda: FIRST_DAY + clock._offset)
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
        tally.add("Histories: random histories", 1, len(lost))
        for what, times in world.happened.items():
            tally.add(f"Histories: {what}", times, len(lost))
        if lost:
            lost = await lost_by(world, await shortened(world, history))
            told = "\n".join(world.trail)
            pytest.fail(
                f"seed {seed}, its shortest history:\n{told}\nlost:\n" + "\n".join(lost), pytrace=False
            )


async def test_a_seed_is_one_history(world: World) -> None:
    """Played again, every answer and every named step is the same."""
    for seed in range(3):
        await lost_by(world, drawn(seed))
        first = list(world.trail)
        await lost_by(world, drawn(seed))
        assert first == world.trail


def test_every_deed_is_drawn() -> None:
    assert set(WEIGHTS) == set(DEEDS)


async def lost_by(world: World, history: Sequence[Step]) -> list[str]:
    await world.begin()
    for step in history:
        await world.passes(seconds=1)
        world.was_away = world.away
        await play(world, step)
        await world.looks_around()
    world.happened += Counter({"events that never come": len(await world.unheard())})
    world.happened["calls that Stripe fails"] = await world.stripe.failures()
    await world.comes_to_rest()
    world.happened += await tables.what_came()
    return await world.differences()


async def play(world: World, step: Step) -> None:
    rival = step.rival
    if step.at is not None:
        world.lies_in_wait(step.at, None if rival is None else lambda: play(world, rival))
    world.trail.append(str(step))
    try:
        await DEEDS[step.deed](world, step)
    except Crashed:
        world.trail.append(f"    {step.who}'s {step.deed.replace('_', ' ')} ends there")


async def shortened(world: World, history: Sequence[Step]) -> list[Step]:
    """Leaves out whatever the bad end does not need: halves first, then less and less, then interruptions."""
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
    for number, step in enumerate(shortest):
        calm = [*shortest[:number], replace(step, at=None, rival=None), *shortest[number + 1 :]]
        if step.at is not None and await lost_by(world, calm):
            shortest = calm
    return shortest
