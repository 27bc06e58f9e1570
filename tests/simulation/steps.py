"""What can happen, drawn by chance and told in a sentence.

A step that makes no sense now does nothing, so that any part of a history is a history.
"""

import random
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

from shop.errors import GatewayRefused, GatewayUnreachable, OrderMoved, RefundRefused, RefundTooLarge
from shop.orders.tables import Line, Order
from shop.payments import staff
from shop.payments.reconcile import run_once
from shop.payments.settle import record
from tests.simulation.world import GOODS, PEOPLE, World

OUTCOMES = ("card_success", "card_success", "decline", "delayed", "refund_fails", "dispute")
FAULTS: tuple[dict[str, Any], ...] = (
    {"close": "before"},
    {"close": "after"},
    {"status": 500},
    {"status": 500, "effect": True},
    {"status": 503, "should_retry": False},
    {"status": 429, "should_retry": False},
    {"garbage": True},
    {"pay_first": "card_success", "method": "POST", "path": "/v1/checkout/sessions"},
)
MINUTES = (1, 3, 20, 40, 60 * 25)


@dataclass(frozen=True)
class Step:
    """`a`, `b`, `c` are whatever the deed makes of them; something interrupts it at named step `at`."""

    deed: str
    who: str = "ada"
    a: int = 0
    b: int = 0
    c: int = 0
    at: int | None = None
    rival: "Step | None" = None

    def __str__(self) -> str:
        said = f"{self.who}: {self.deed.replace('_', ' ')} ({self.a}, {self.b}, {self.c})"
        if self.at is None:
            return said
        return (
            said
            + f", at its named step {self.at} "
            + (f"comes [{self.rival}]" if self.rival else "the process dies")
        )


WEIGHTS = {
    "adds": 12, "changes": 3, "looks_and_pays": 16, "pays_what_was_looked_at": 4, "looks": 2, "continues": 5,
    "reopens": 6, "pays_at_stripe": 20, "comes_back": 8, "a_session_ends": 3, "a_debit_settles": 5,
    "news_arrives": 20, "old_news_arrives": 4, "time_passes": 4, "stripe_fails": 4, "stripe_works": 4,
    "reconciler": 8, "staff_refunds": 4, "staff_cancels": 3, "stripe_refunds": 2, "a_refund_ends": 1,
    "the_shop_gives_up": 4,
}  # fmt: skip
# How many named steps a deed comes past, more or less.
COMES_PAST = {
    "looks_and_pays": 4, "pays_what_was_looked_at": 4, "continues": 4, "reopens": 5, "comes_back": 6,
    "news_arrives": 8, "old_news_arrives": 5, "reconciler": 8, "staff_refunds": 6, "staff_cancels": 6,
}  # fmt: skip


def drawn(seed: int) -> list[Step]:
    chance = random.Random(seed)
    opening = [
        Step(deed, who, chance.randrange(3), 0) for who in PEOPLE for deed in ("adds", "looks_and_pays")
    ]
    kept = [step for step in opening if chance.random() < 0.8]
    return kept + [_drawn(chance, rival=True) for _ in range(chance.randint(8, 40))]


def _drawn(chance: random.Random, *, rival: bool) -> Step:
    [deed] = chance.choices(list(WEIGHTS), list(WEIGHTS.values()))
    who, (a, b, c) = chance.choice(PEOPLE), [chance.randrange(1000) for _ in range(3)]
    fate, at = chance.random(), chance.randrange(COMES_PAST.get(deed, 1))
    if not rival or deed not in COMES_PAST or fate > 0.5:
        return Step(deed, who, a, b, c)
    if fate < 0.2:
        return Step(deed, who, a, b, c, at)
    return Step(deed, who, a, b, c, at, _drawn(chance, rival=False))


async def play(world: World, step: Step) -> None:
    deed = DEEDS[step.deed](world, step)
    if step.at is None:
        await deed
        return
    rival = step.rival
    await world.interrupted(deed, step.at, None if rival is None else lambda: play(world, rival))


async def adds(world: World, step: Step) -> None:
    await send(
        world, step, "/cart/lines", {"variant": list(GOODS)[step.a % 3].upper(), "quantity": step.b % 3 + 1}
    )


async def changes(world: World, step: Step) -> None:
    page = await world.people[step.who].get("/cart")
    note(world, step, page.status_code)
    lines = await Line.select(Line.token).where(Line.order.status == "cart").order_by(Line.id)
    if lines:
        line = lines[step.a % len(lines)]["token"]
        await send(world, step, f"/cart/lines/{line}", {"quantity": step.b % 4})


async def looks(world: World, step: Step) -> None:
    page = await world.people[step.who].open("/checkout")
    note(world, step, page.status)
    if page.path == "/checkout":
        fields = page.form(action="/checkout").fields()
        world.agreed[step.who] = fields | {"email": world.people[step.who].email}


async def pays_what_was_looked_at(world: World, step: Step) -> None:
    if step.who in world.agreed:
        await send(world, step, "/checkout", dict(world.agreed[step.who]))


async def looks_and_pays(world: World, step: Step) -> None:
    await looks(world, step)
    await pays_what_was_looked_at(world, step)


async def continues(world: World, step: Step) -> None:
    await to_an_order(world, step, "payment")


async def reopens(world: World, step: Step) -> None:
    await to_an_order(world, step, "reopen")


async def to_an_order(world: World, step: Step, what: str) -> None:
    """Mostly their own; a stranger finds nothing there."""
    order = await an_order(step.a, "pending" if step.b % 4 else None)
    if order is not None:
        if step.c % 5:
            step = replace(step, who=world.whose(order))
        await send(world, step, f"/orders/{order.token}/{what}", {})


async def pays_at_stripe(world: World, step: Step) -> None:
    sessions = [each for each in await world.objects("checkout.session") if each["status"] == "open"]
    if sessions:
        outcome = OUTCOMES[step.b % len(OUTCOMES)]
        # One in many is charged another amount than the one that was asked for.
        instead = {"amount_total": 100} if step.c % 25 == 0 else {}
        session = sessions[step.a % len(sessions)]["id"]
        await world.control(f"sessions/{session}/pay", outcome=outcome, **instead)


async def comes_back(world: World, step: Step) -> None:
    sessions = await world.objects("checkout.session")
    if sessions:
        session = sessions[step.a % len(sessions)]["id"]
        answer = await world.people[step.who].get(f"/checkout/return?session_id={session}")
        note(world, step, answer.status_code)


async def a_session_ends(world: World, step: Step) -> None:
    sessions = [each for each in await world.objects("checkout.session") if each["status"] == "open"]
    if sessions:
        await world.control(f"sessions/{sessions[step.a % len(sessions)]['id']}/expire")


async def a_debit_settles(world: World, step: Step) -> None:
    waiting = [each for each in await world.objects("payment_intent") if each["status"] == "processing"]
    if waiting:
        intent = waiting[step.a % len(waiting)]["id"]
        await world.control(f"payments/{intent}/settle", succeeds=step.b % 3 > 0)


async def news_arrives(world: World, step: Step) -> None:
    unheard = [event for event in await world.objects("event") if event["id"] not in world.heard]
    if unheard:
        await world.tells(unheard[step.a % len(unheard)])


async def old_news_arrives(world: World, step: Step) -> None:
    events = await world.objects("event")
    if events:
        await world.tells(events[step.a % len(events)])


async def time_passes(world: World, step: Step) -> None:
    await world.passes(MINUTES[step.a % len(MINUTES)])


async def stripe_fails(world: World, step: Step) -> None:
    world.away = True
    await world.control("faults", **{"times": step.b % 4 + 1, **FAULTS[step.a % len(FAULTS)]})


async def stripe_works(world: World, step: Step) -> None:
    await world.works_again()


async def reconciler(world: World, step: Step) -> None:
    await run_once(world.gateway, everything=step.a % 3 == 0)


async def staff_refunds(world: World, step: Step) -> None:
    order = await an_order(step.a, "paid" if step.b % 4 else None)
    if order is not None:
        amount = None if step.b % 2 else 500
        await by_staff(staff.refund(world.gateway, order, amount, "staff:mo", "broken", f"form-{step.c}"))


async def staff_cancels(world: World, step: Step) -> None:
    order = await an_order(step.a)
    if order is not None:
        await by_staff(staff.cancel(world.gateway, order, "staff:mo", "by telephone"))


async def stripe_refunds(world: World, step: Step) -> None:
    paid = [each for each in await world.objects("payment_intent") if each["status"] == "succeeded"]
    if paid:
        goes = ("succeeded", "pending", "failed")[step.b % 3]
        await world.control(f"payments/{paid[step.a % len(paid)]['id']}/refund", amount=300, goes=goes)


async def a_refund_ends(world: World, step: Step) -> None:
    waiting = [each for each in await world.objects("refund") if each["status"] == "pending"]
    if waiting:
        await world.control(
            f"refunds/{waiting[step.a % len(waiting)]['id']}/finish", succeeds=step.b % 2 == 0
        )


async def send(world: World, step: Step, address: str, fields: dict[str, object]) -> None:
    answer = await world.people[step.who].post(address, fields)
    note(world, step, answer.status_code)


def note(world: World, step: Step, status: int) -> None:
    world.answers.append((step.deed, status))


async def the_shop_gives_up(world: World, step: Step) -> None:
    """It believes that a page has closed which has not: money may still come."""
    sessions = [each for each in await world.objects("checkout.session") if each["status"] == "open"]
    if sessions:
        with suppress(GatewayUnreachable, GatewayRefused):
            known = await world.gateway.session(sessions[step.a % len(sessions)]["id"])
            await record(replace(known, status="expired"))


async def an_order(number: int, status: str | None = None) -> Order | None:
    wanted = Order.number.is_not_null() if status is None else Order.status == status
    orders = await Order.objects().where(wanted).order_by(Order.id)
    return orders[number % len(orders)] if orders else None


async def by_staff(deed: Awaitable[Any]) -> None:
    """What staff are told in a sentence is no fault."""
    with suppress(OrderMoved, RefundRefused, RefundTooLarge, GatewayUnreachable, GatewayRefused):
        await deed


DEEDS: dict[str, Callable[[World, Step], Awaitable[None]]] = {
    deed.__name__: deed
    for deed in (
        adds, changes, looks_and_pays, pays_what_was_looked_at, looks, continues, reopens, pays_at_stripe,
        comes_back, a_session_ends, a_debit_settles, news_arrives, old_news_arrives, time_passes,
        stripe_fails, stripe_works, reconciler, staff_refunds, staff_cancels, stripe_refunds, a_refund_ends,
        the_shop_gives_up,
    )
}  # fmt: skip
# These may change how many pieces somebody wants; nothing else may.
WANTS = {"adds", "changes", "looks_and_pays", "pays_what_was_looked_at"}
