"""One of two rivals is held before and after every step, and the other one does all it wants meanwhile."""

import pytest

from tests.races import rivals
from tests.races.rivals import Deed, at_stripe, ends_well, in_cart, overtaken
from tests.support.house import House

AT_STRIPE: list[Deed] = [
    rivals.presses_pay,
    rivals.continues,
    rivals.reopens,
    rivals.puts_another_in,
    rivals.comes_back,
    rivals.pays_at_stripe,
    rivals.pays_by_debit,
    rivals.time_runs_out,
    rivals.reconciler,
    rivals.staff_cancels,
]


def steps(first: str, *others: str) -> pytest.MarkDecorator:
    """The most telling one always, the others in `make proof`."""
    longer = [pytest.param(step, marks=pytest.mark.proof) for step in others]
    return pytest.mark.parametrize("step", [first, *longer])


def name(deed: object) -> str:
    return getattr(deed, "__name__", str(deed))


def spoken(deed: Deed) -> str:
    return name(deed).replace("_", " ")


@steps("create-after", "create-before", "create-stored")
@pytest.mark.parametrize("faster", AT_STRIPE, ids=name)
async def test_ada_presses_pay_and_is_overtaken(step: str, faster: Deed, house: House) -> None:
    scene = await in_cart(house)
    await overtaken(scene, rivals.presses_pay, step, faster)
    await ends_well(scene, f"{spoken(faster)} while Pay is pressed")


@pytest.mark.proof
@steps("expire-after", "expire-before", "settle-read", "settle-committed")
@pytest.mark.parametrize("faster", AT_STRIPE, ids=name)
async def test_ada_changes_her_mind_and_is_overtaken(step: str, faster: Deed, house: House) -> None:
    scene = await at_stripe(house)
    await overtaken(scene, rivals.reopens, step, faster)
    await ends_well(scene, f"{spoken(faster)} while the order is reopened")


@steps("settle-read", "event-before", "event-noted", "settle-committed")
@pytest.mark.parametrize("faster", AT_STRIPE, ids=name)
async def test_the_news_of_her_payment_is_overtaken(step: str, faster: Deed, house: House) -> None:
    scene = await at_stripe(house)
    await overtaken(scene, rivals.pays_at_stripe, step, faster)
    await ends_well(scene, f"{spoken(faster)} while the news of the payment arrives")


@pytest.mark.proof
@steps("settle-read", "event-before", "event-noted", "settle-committed")
@pytest.mark.parametrize("faster", AT_STRIPE, ids=name)
async def test_the_news_that_time_ran_out_is_overtaken(step: str, faster: Deed, house: House) -> None:
    scene = await at_stripe(house)
    await overtaken(scene, rivals.time_runs_out, step, faster)
    await ends_well(scene, f"{spoken(faster)} while the news that time ran out arrives")


@pytest.mark.proof
@steps("settle-read", "settle-committed")
@pytest.mark.parametrize("faster", AT_STRIPE, ids=name)
async def test_ada_continues_and_is_overtaken(step: str, faster: Deed, house: House) -> None:
    scene = await at_stripe(house)
    await overtaken(scene, rivals.continues, step, faster)
    await ends_well(scene, f"{spoken(faster)} while the payment is continued")


@pytest.mark.proof
@steps("settle-read", "settle-committed")
@pytest.mark.parametrize("faster", AT_STRIPE, ids=name)
async def test_ada_comes_back_and_is_overtaken(step: str, faster: Deed, house: House) -> None:
    """She comes back before the news does."""
    scene = await at_stripe(house)
    await house.events_wait()
    await rivals.pays_at_stripe(scene)
    await house.control("deliveries/rules", hold=[])
    await overtaken(scene, rivals.comes_back, step, faster)
    await house.events_arrive()
    await ends_well(scene, f"{spoken(faster)} while the shopper comes back")
