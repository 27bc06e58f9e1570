"""Stripe's events get lost, come twice, late, early and in any order: the books do not mind."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from shop.orders.tables import Log, Order
from shop.payments.tables import Attempt, StripeEvent
from tests.support.house import Buyer, House, session_of

DAY = timedelta(days=1).total_seconds()
# What happens to ada's payment, and what her order is then, if only somebody hears of it.
Story = Callable[[House, str], Awaitable[None]]


async def paid(house: House, session: str) -> None:
    await house.pays(session)


async def declined_then_paid(house: House, session: str) -> None:
    await house.pays(session, "decline")
    await house.pays(session)


async def debit_succeeds(house: House, session: str) -> None:
    await settled(house, session, succeeds=True)


async def debit_fails(house: House, session: str) -> None:
    await settled(house, session, succeeds=False)


async def runs_out(house: House, session: str) -> None:
    await house.control(f"sessions/{session}/expire")


async def refunded_at_stripe(house: House, session: str) -> None:
    done = await house.pays(session)
    await house.control(f"payments/{done['result']['payment_intent']}/refund", amount=500)


async def refunds_fail(house: House, session: str) -> None:
    done = await house.pays(session)
    intent = done["result"]["payment_intent"]
    await house.control(f"payments/{intent}/refund", amount=500)
    again = await house.control(f"payments/{intent}/refund", amount=700, goes="pending")
    await house.control(f"refunds/{again['result']['id']}/finish", succeeds=False)


async def disputed_and_won(house: House, session: str) -> None:
    done = await house.pays(session)
    opened = await house.control(f"payments/{done['result']['payment_intent']}/dispute")
    await house.control(f"disputes/{opened['result']['id']}/close", status="won")


async def settled(house: House, session: str, *, succeeds: bool) -> None:
    done = await house.pays(session, "delayed")
    await house.control(f"payments/{done['result']['payment_intent']}/settle", succeeds=succeeds)


STORIES: list[tuple[Story, str]] = [
    (paid, "paid"),
    (declined_then_paid, "paid"),
    (debit_succeeds, "paid"),
    (debit_fails, "cart"),
    (runs_out, "cart"),
    (refunded_at_stripe, "paid"),
    (refunds_fail, "paid"),
    (disputed_and_won, "paid"),
]
every_story = pytest.mark.parametrize(
    ("story", "ends"), [pytest.param(story, ends, id=story.__name__) for story, ends in STORIES]
)


async def to_stripe(house: House) -> tuple[Buyer, str]:
    mug = await house.goods(stock=5, price=1200)
    ada = house.shopper("ada")
    return ada, await ada.begins_to_pay(mug, 2)


async def status() -> str:
    """Of the order that was begun first: PostgreSQL lists rows as they were written last."""
    order = await Order.objects().order_by(Order.id).first()
    assert order is not None
    return str(order.status)


async def moves() -> list[str]:
    known = ("pending", "processing", "paid", "cart")
    rows = await Log.select(Log.what).order_by(Log.id)
    return [row["what"] for row in rows if row["what"] in known]


@every_story
async def test_all_events_are_lost(story: Story, ends: str, house: House) -> None:
    _, session = await to_stripe(house)
    await house.control("deliveries/rules", drop={"*": 1000})
    await story(house, session)
    assert await status() == "pending"
    assert await StripeEvent.count() == 0
    await house.reconcile()
    assert await status() == ends
    await house.books_agree("Webhooks: every event is lost")


@every_story
async def test_all_events_come_twice(story: Story, ends: str, house: House) -> None:
    _, session = await to_stripe(house)
    await house.control("deliveries/rules", duplicate={"*": 1000})
    await story(house, session)
    await house.control("deliveries/flush")
    assert await status() == ends
    happened = await moves()
    assert len(happened) == len(set(happened))
    await house.books_agree("Webhooks: every event comes twice")


@pytest.mark.proof
@every_story
@pytest.mark.parametrize("order", ["reversed", *["shuffled"] * 2])
async def test_events_come_in_any_order(story: Story, ends: str, order: str, house: House) -> None:
    _, session = await to_stripe(house)
    await house.events_wait()
    await story(house, session)
    arrived = await house.events_arrive(order=order)
    assert [each["attempts"][-1]["status"] for each in arrived] == [200] * len(arrived)
    assert await status() == ends
    await house.books_agree("Webhooks: events come in another order")


@pytest.mark.proof
@every_story
async def test_events_come_three_days_late(story: Story, ends: str, house: House) -> None:
    _, session = await to_stripe(house)
    await house.events_wait()
    await story(house, session)
    await house.control("clock", advance=3 * DAY)
    assert await status() == "pending"
    await house.events_arrive()
    assert await status() == ends
    await house.books_agree("Webhooks: events come three days late")


@pytest.mark.parametrize(
    "fault", [{"deliver_first": True}, {"pay_first": "card_success"}, {"pay_first": "delayed"}]
)
async def test_events_come_before_the_call_is_answered(fault: dict[str, object], house: House) -> None:
    mug = await house.goods(stock=5)
    ada = house.shopper("ada")
    await ada.puts_into_cart(mug)
    await house.control("faults", method="POST", path="/v1/checkout/sessions", **fault)
    answer = await ada.presses_pay()
    assert answer.status_code == 303
    wanted = {"card_success": "paid", "delayed": "processing"}.get(str(fault.get("pay_first")), "pending")
    assert await status() == wanted
    assert await Attempt.count() == len(await house.objects("checkout.session")) == 1
    await house.books_agree("Webhooks: events come before the call is answered")


async def test_the_answer_to_the_call_never_comes(house: House) -> None:
    """The session is made, and the connection breaks at every one of the client's own repeats."""
    mug = await house.goods(stock=5)
    ada = house.shopper("ada")
    await ada.puts_into_cart(mug)
    await house.control("faults", method="POST", path="/v1/checkout/sessions", close="after", times=3)
    answer = await ada.presses_pay()
    assert answer.status_code in {303, 503}
    await house.works_again()
    await house.reconcile()
    [session] = await house.objects("checkout.session")
    await house.pays(session["id"])
    assert await status() == "paid"
    await house.books_agree("Webhooks: the answer to the call never comes")


@pytest.mark.proof
async def test_events_come_while_nobody_is_in(house: House) -> None:
    _, session = await to_stripe(house)
    await house.killed()
    await house.pays(session)
    await house.open()
    await house.control("deliveries/flush")
    assert await status() == "paid"
    await house.books_agree("Webhooks: events come while the shop is down")


async def test_stripe_is_away_for_an_hour(house: House) -> None:
    """The catalogue and the cart go on, Pay explains, and all is found afterwards."""
    ada, session = await to_stripe(house)
    await house.control("deliveries/rules", drop={"*": 1000})
    await house.pays(session)
    await house.control("faults", path="/v1/*", times=None, status=503, should_retry=False)
    ben = house.shopper("ben")
    bowl = await house.goods(stock=5)
    await ben.puts_into_cart(bowl)
    assert (await ben.open("/")).status == 200
    answer = await ben.presses_pay()
    assert answer.status_code == 503
    assert "Nothing was charged" in answer.text
    assert (await ada.get(f"/checkout/return?session_id={session}")).status_code == 303
    await house.reconcile()
    assert await Order.count().where(Order.status == "pending") == 2
    await house.works_again()
    await house.control("deliveries/rules", drop={})
    await house.reconcile()
    assert await status() == "paid"
    order = await Order.objects().where(Order.status == "pending").first()
    assert order is not None
    await house.pays(session_of(await ben.post(f"/orders/{order.token}/payment")))
    await house.books_agree("Webhooks: Stripe is away while shoppers pay")
