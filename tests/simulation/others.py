"""What Stripe, the merchant, the shop itself and time do."""

from collections.abc import Awaitable
from contextlib import suppress
from dataclasses import replace
from typing import Any

from shop.errors import GatewayRefused, GatewayUnreachable, OrderMoved, RefundRefused, RefundTooLarge
from shop.orders.tables import Order
from shop.payments import staff
from shop.payments.reconcile import run_once
from shop.payments.settle import record
from tests.simulation.at_stripe import Json
from tests.simulation.history import Step
from tests.simulation.world import World

OUTCOMES = (
    "card_success", "card_success", "card_success", "decline", "delayed", "delayed", "refund_fails",
    "refund_pending", "dispute",
)  # fmt: skip
FAULTS: tuple[dict[str, Any], ...] = (
    {"close": "before"},
    {"close": "after"},
    {"status": 500},
    {"status": 500, "effect": True},
    {"status": 503, "should_retry": False},
    {"status": 429, "should_retry": False},
    {"garbage": True},
    {"status": 400, "method": "POST", "path": "/v1/checkout/sessions"},
    {"status": 400, "method": "POST", "path": "/v1/refunds"},
    {"pay_first": "card_success", "method": "POST", "path": "/v1/checkout/sessions"},
)
# Less and more than a page stays open, less and more than a day.
MINUTES = (1, 3, 20, 40, 60 * 25)
A_WHILE, A_PAGE, A_DAY = 5, 35, 60 * 24


async def pays_at_stripe(world: World, step: Step) -> None:
    if session := await _one(world, step, "checkout.session", "open"):
        outcome = OUTCOMES[step.b % len(OUTCOMES)]
        # One in many is charged another amount than the one that was asked for.
        instead = {"amount_total": 100} if step.c % 25 == 0 else {}
        await world.stripe.control(f"sessions/{session['id']}/pay", outcome=outcome, **instead)


async def a_session_ends(world: World, step: Step) -> None:
    if session := await _one(world, step, "checkout.session", "open"):
        await world.stripe.control(f"sessions/{session['id']}/expire")


async def a_debit_settles(world: World, step: Step) -> None:
    if intent := await _one(world, step, "payment_intent", "processing"):
        succeeds = step.b % 3 > 0
        await world.stripe.control(f"payments/{intent['id']}/settle", succeeds=succeeds)
        world.happened[f"delayed payments that {'succeed' if succeeds else 'fail'}"] += 1


async def stripe_refunds(world: World, step: Step) -> None:
    if intent := await _one(world, step, "payment_intent", "succeeded"):
        goes = ("succeeded", "pending", "failed")[step.b % 3]
        amount = None if step.c % 3 == 0 else 300
        await world.stripe.control(f"payments/{intent['id']}/refund", amount=amount, goes=goes)


async def a_refund_ends(world: World, step: Step) -> None:
    if refund := await _one(world, step, "refund", "pending"):
        await world.stripe.control(f"refunds/{refund['id']}/finish", succeeds=step.b % 2 == 0)


async def a_dispute_begins(world: World, step: Step) -> None:
    if intent := await _one(world, step, "payment_intent", "succeeded"):
        await world.stripe.control(f"payments/{intent['id']}/dispute")


async def a_dispute_ends(world: World, step: Step) -> None:
    if dispute := await _one(world, step, "dispute", "needs_response"):
        await world.stripe.control(f"disputes/{dispute['id']}/close", status=("lost", "won")[step.b % 2])


async def _one(world: World, step: Step, kind: str, status: str) -> Json | None:
    found = [each for each in await world.stripe.objects(kind) if each["status"] == status]
    return found[step.a % len(found)] if found else None


async def news_arrives(world: World, step: Step) -> None:
    """Not in the order in which it happened, and a part of it never."""
    if unheard := await world.unheard():
        event = unheard[step.a % len(unheard)]
        world.happened["events that come after a later one"] += event is not unheard[0]
        await _brought(world, event)


async def old_news_arrives(world: World, step: Step) -> None:
    if events := await world.stripe.objects("event"):
        event = events[step.a % len(events)]
        world.happened["events that come again"] += event["id"] in world.heard
        await _brought(world, event)


async def _brought(world: World, event: Json) -> None:
    late = world.now.timestamp() - event["created"]
    world.happened["events that come more than a day late"] += late > A_DAY * 60
    await world.brings(event)


async def stripe_fails(world: World, step: Step) -> None:
    await _is_away(world, **{"times": step.b % 4 + 1, **FAULTS[step.a % len(FAULTS)]})


async def stripe_is_away(world: World, step: Step) -> None:
    world.happened["times that Stripe is away until it works again"] += 1
    await _is_away(world, close="before", times=10_000)


async def _is_away(world: World, **fault: Any) -> None:
    world.away = world.was_away = True
    await world.stripe.control("faults", **fault)


async def stripe_works(world: World, step: Step) -> None:
    await world.works_again()


async def time_passes(world: World, step: Step) -> None:
    minutes = MINUTES[step.a % len(MINUTES)]
    world.happened["jumps of the clock"] += 1
    world.happened["jumps of the clock past the end of a payment page"] += A_PAGE < minutes < A_DAY
    world.happened["jumps of the clock past a day"] += minutes > A_DAY
    # Stripe opens no page any more for what was asked so long ago, and nobody has looked after that.
    world.is_behind |= minutes > A_WHILE
    await world.passes(minutes=minutes)


async def reconciler(world: World, step: Step) -> None:
    world.happened["rounds of the reconciler"] += 1
    await run_once(world.gateway, everything=step.a % 3 == 0)
    world.is_behind = False


async def the_shop_gives_up(world: World, step: Step) -> None:
    """It believes that a page has closed which has not: money may still come."""
    if session := await _one(world, step, "checkout.session", "open"):
        with suppress(GatewayUnreachable, GatewayRefused):
            known = await world.gateway.session(session["id"])
            await record(replace(known, status="expired"))


async def staff_refunds(world: World, step: Step) -> None:
    """In part or whole, with the key of a new form."""
    order = await _an_order(step.a, "paid" if step.b % 4 else None)
    if order is not None:
        form = f"form-{len(world.forms)}"
        world.forms.append((order.token, None if step.b % 2 else 500, form))
        await _refund(world, *world.forms[-1])


async def staff_refunds_again(world: World, step: Step) -> None:
    """The same form is sent once more."""
    if world.forms:
        world.happened["refunds that staff ask for again with the same key"] += 1
        await _refund(world, *world.forms[step.a % len(world.forms)])


async def _refund(world: World, token: str, amount: int | None, form: str) -> None:
    order = await Order.objects().where(Order.token == token).first()
    if order is not None:
        await _by_staff(staff.refund(world.gateway, order, amount, "staff:merchant", "broken", form))
    made = [each for each in await world.stripe.objects("refund") if each["metadata"].get("refund") == form]
    if len(made) > 1:
        world.wrong.append(f"{form} was refunded {len(made)} times")


async def staff_cancels(world: World, step: Step) -> None:
    order = await _an_order(step.a, "pending" if step.b % 3 else None)
    if order is not None:
        await _by_staff(staff.cancel(world.gateway, order, "staff:merchant", "by telephone"))


async def _an_order(number: int, status: str | None) -> Order | None:
    wanted = Order.number.is_not_null() if status is None else Order.status == status
    orders = await Order.objects().where(wanted).order_by(Order.id)
    return orders[number % len(orders)] if orders else None


async def _by_staff(deed: Awaitable[Any]) -> None:
    """What staff are told in a sentence is no fault."""
    with suppress(OrderMoved, RefundRefused, RefundTooLarge, GatewayUnreachable, GatewayRefused):
        await deed


DEEDS = (
    pays_at_stripe, a_session_ends, a_debit_settles, stripe_refunds, a_refund_ends, a_dispute_begins,
    a_dispute_ends, news_arrives, old_news_arrives, stripe_fails, stripe_is_away, stripe_works, time_passes,
    reconciler, the_shop_gives_up, staff_refunds, staff_refunds_again, staff_cancels,
)  # fmt: skip
