"""What two of them may do to one order at the same time; the slower one is overtaken at a named step."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta

import httpx

from shop.catalogue.tables import Variant
from shop.errors import OrderMoved
from shop.orders.tables import Line, Order
from shop.payments import staff
from tests.support.house import Buyer, House

IN_CART = 2


@dataclass
class Scene:
    """Ada's two mugs: in her cart, or waiting for her on Stripe's page."""

    house: House
    mug: Variant
    ada: Buyer
    agreed: dict[str, str] = field(default_factory=dict)
    put_in: int = IN_CART
    answers: list[httpx.Response] = field(default_factory=list)

    async def order(self) -> Order:
        found = await Order.objects().where(Order.token == self.agreed["order"]).first()
        assert found is not None
        return found

    async def session(self) -> str | None:
        sessions = await self.house.objects("checkout.session")
        return str(sessions[-1]["id"]) if sessions else None

    async def sends(self, address: str, fields: dict[str, object] | None = None) -> None:
        self.answers.append(await self.ada.post(address, fields))


Deed = Callable[[Scene], Awaitable[None]]


async def presses_pay(scene: Scene) -> None:
    await scene.sends("/checkout", dict(scene.agreed))


async def continues(scene: Scene) -> None:
    await scene.sends(f"/orders/{scene.agreed['order']}/payment")


async def reopens(scene: Scene) -> None:
    await scene.sends(f"/orders/{scene.agreed['order']}/reopen")


async def puts_another_in(scene: Scene) -> None:
    await scene.sends("/cart/lines", {"variant": scene.mug.sku, "quantity": 1})
    scene.put_in += 1


async def comes_back(scene: Scene) -> None:
    session = await scene.session()
    if session is not None:
        scene.answers.append(await scene.ada.get(f"/checkout/return?session_id={session}"))


async def pays_at_stripe(scene: Scene) -> None:
    """And her bank is quicker than anything else; a page that is closed cannot be paid."""
    session = await scene.session()
    if session is not None and await _is_open(scene, session):
        await scene.house.pays(session)


async def pays_by_debit(scene: Scene) -> None:
    session = await scene.session()
    if session is not None and await _is_open(scene, session):
        await scene.house.pays(session, "delayed")


async def time_runs_out(scene: Scene) -> None:
    session = await scene.session()
    if session is not None and await _is_open(scene, session):
        await scene.house.control(f"sessions/{session}/expire")


async def reconciler(scene: Scene) -> None:
    await scene.house.reconcile(rounds=1)


async def staff_cancels(scene: Scene) -> None:
    try:
        await staff.cancel(
            scene.house.gateway, await scene.order(), "staff:merchant@example.com", "by telephone"
        )
    except OrderMoved:
        assert (await scene.order()).status != "pending"


async def _is_open(scene: Scene, session: str) -> bool:
    found = await scene.house.sandbox.read(f"/v1/checkout/sessions/{session}")
    return bool(found["status"] == "open")


async def in_cart(house: House) -> Scene:
    mug = await house.goods(stock=5)
    ada = house.shopper("ada")
    await ada.puts_into_cart(mug, IN_CART)
    return Scene(house, mug, ada, await ada.looks_over())


async def at_stripe(house: House) -> Scene:
    scene = await in_cart(house)
    await presses_pay(scene)
    return scene


async def overtaken(scene: Scene, slower: Deed, step: str, faster: Deed) -> None:
    """`slower` is held at `step` until all of `faster` has happened."""
    scene.house.faults.hold_at(step)
    held = asyncio.create_task(_done(slower, scene))
    try:
        await scene.house.faults.all_held_at(step)
        await faster(scene)
    finally:
        scene.house.faults.let_go()
        await held


async def _done(deed: Deed, scene: Scene) -> None:
    await deed(scene)


async def ends_well(scene: Scene, race: str) -> None:
    """Whatever happened, the books agree now, and again after all pages have closed; nothing was refused
    with an error; and all that ada put in is in her cart or was sold to her.
    """
    house = scene.house
    assert [answer.status_code for answer in scene.answers if answer.status_code >= 500] == []
    await house.reconcile()
    await house.books_agree()
    for intent in await house.objects("payment_intent"):
        if intent["status"] == "processing":
            await house.control(f"payments/{intent['id']}/settle", succeeds=True)
    await house.control("clock", advance=timedelta(hours=2).total_seconds())
    await house.reconcile()
    assert await Order.count().where(Order.status.is_in(["pending", "processing"])) == 0
    pieces = sum(line["quantity"] for line in await Line.select(Line.quantity))
    assert pieces == scene.put_in, f"ada put {scene.put_in} in, {pieces} are left"
    await house.books_agree(f"Races: {race}")
