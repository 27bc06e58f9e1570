"""A process of the shop is ended by SIGKILL at every named step; then all that was on its way arrives."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

import httpx
import pytest

from shop.catalogue.tables import Variant
from shop.orders.tables import Line, Order
from shop.payments.settle import record
from tests.support.house import DROPPED, Buyer, House, becomes, session_of, until

MUGS, STOCK = 2, 5


@dataclass
class Scene:
    house: House
    ada: Buyer
    mug: Variant

    async def order(self) -> Order:
        """Ada's; it is the first."""
        found = await Order.objects().order_by(Order.id).first()
        assert found is not None
        return found

    async def goes_to_stripe(self) -> str:
        return session_of(await self.ada.presses_pay())


Journey = Callable[[Scene], Awaitable[None]]


async def presses_pay(scene: Scene) -> None:
    await cut_off(scene.ada.presses_pay())


async def is_refused(scene: Scene) -> None:
    """Stripe will not have the session, and the shop dies while it gives the order back."""
    await scene.house.control("faults", method="POST", path="/v1/checkout/sessions", status=400)
    await cut_off(scene.ada.presses_pay())


async def pays(scene: Scene) -> None:
    """The news of her payment kills its reader; it comes once more by itself."""
    await scene.house.pays(await scene.goes_to_stripe(), wait=False)


async def pays_by_debit(scene: Scene) -> None:
    await scene.house.pays(await scene.goes_to_stripe(), "delayed", wait=False)


async def comes_back(scene: Scene) -> None:
    session = await scene.goes_to_stripe()
    await scene.house.events_wait()
    await scene.house.pays(session)
    await cut_off(scene.ada.get(f"/checkout/return?session_id={session}"))


async def changes_her_mind(scene: Scene) -> None:
    await scene.goes_to_stripe()
    await scene.house.events_wait()
    await cut_off(scene.ada.post(f"/orders/{(await scene.order()).token}/reopen"))


async def has_run_out_of_time(scene: Scene) -> None:
    session = await scene.goes_to_stripe()
    await scene.house.control(f"sessions/{session}/expire", wait=False)


async def pays_too_late(scene: Scene) -> None:
    """She had been given up and ben has all the mugs: her money goes back by itself."""
    session = await scene.goes_to_stripe()
    await record(replace(await scene.house.gateway.session(session), status="expired"))
    await scene.house.shopper("ben").begins_to_pay(scene.mug, STOCK)
    await scene.house.pays(session, wait=False)


async def cut_off(request: Awaitable[httpx.Response]) -> None:
    """The process that would have answered is dead."""
    with pytest.raises(DROPPED):
        await request


PLACE = ("place-written", "create-before", "create-after", "create-stored")
EVENT = ("event-before", "event-noted", "settle-read", "settle-written", "settle-committed")
SETTLE = ("settle-read", "settle-written", "settle-committed")
EXPIRE = ("expire-before", "expire-after", *SETTLE)
REFUND = ("settle-written", "settle-committed", "refund-before", "refund-after", "refund-stored")
DEATHS: list[tuple[Journey, tuple[str, ...]]] = [
    (presses_pay, PLACE),
    (is_refused, ("refused-written",)),
    (pays, EVENT),
    (pays_by_debit, SETTLE),
    (comes_back, SETTLE),
    (changes_her_mind, EXPIRE),
    (has_run_out_of_time, EVENT),
    (pays_too_late, REFUND),
]
# Enough for a short test.
SHORT = [(presses_pay, "create-after"), (pays, "settle-read")]
every_death = pytest.mark.parametrize(
    ("journey", "step"),
    [
        pytest.param(
            journey,
            step,
            id=f"{journey.__name__} {step}",
            marks=[] if (journey, step) in SHORT else [pytest.mark.proof],
        )
        for journey, steps in DEATHS
        for step in steps
    ],
)


@every_death
async def test_one_process_dies_and_the_others_find_all(journey: Journey, step: str, house: House) -> None:
    scene = await begun(house)
    await dies(scene, journey, step)
    await all_arrives(house)
    await house.books_agree(f"Crashes: one process is killed at {step}")
    await goes_on(scene, journey)


@pytest.mark.proof
@every_death
async def test_all_processes_die_and_the_next_ones_find_all(
    journey: Journey, step: str, lone_house: House
) -> None:
    scene = await begun(lone_house)
    await dies(scene, journey, step)
    await lone_house.killed()
    await lone_house.open()
    await all_arrives(lone_house)
    await lone_house.books_agree(f"Crashes: all processes are killed when one is at {step}")
    await goes_on(scene, journey)


async def begun(house: House) -> Scene:
    mug = await house.goods(stock=STOCK)
    ada = house.shopper("ada")
    await ada.puts_into_cart(mug, MUGS)
    return Scene(house, ada, mug)


async def dies(scene: Scene, journey: Journey, step: str) -> None:
    scene.house.faults.kill_at(step)
    await journey(scene)
    await until(lambda: scene.house.faults.has_killed(step), f"a process died at {step}")


async def all_arrives(house: House) -> None:
    await house.works_again()
    await house.events_arrive()
    await house.control("deliveries/rules", hold=[])
    await house.control("deliveries/flush")
    await house.reconcile()


async def goes_on(scene: Scene, journey: Journey) -> None:
    """Ada has what she paid for, or can still buy it; too late, she has her money and her cart."""
    house, order = scene.house, await scene.order()
    if journey is pays_too_late:
        [returned] = await house.objects("refund")
        assert (order.status, returned["amount"]) == ("cart", order.total)
        return
    if order.status == "processing":
        [intent] = await house.objects("payment_intent")
        await house.control(f"payments/{intent['id']}/settle", succeeds=True)
    if order.status == "pending":
        await house.pays(session_of(await scene.ada.post(f"/orders/{order.token}/payment")))
    if order.status == "cart":
        await house.pays(await scene.goes_to_stripe())

    async def is_hers() -> bool:
        return (await scene.order()).status == "paid"

    await becomes(is_hers, "ada has her mugs")
    assert [line["quantity"] for line in await Line.select(Line.quantity)] == [MUGS]
    await house.reconcile()
    await house.books_agree()
