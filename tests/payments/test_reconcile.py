"""What nobody told us is asked for: by time, by one process, and on Stripe's word only."""

import asyncio
from datetime import timedelta

import pytest

from shop import clock
from shop.payments import lease
from shop.payments.attempts import TIME_TO_PAY
from shop.payments.reconcile import OPEN_EVERY, run_once
from shop.payments.tables import Attempt
from tests.journeys.steps import fill_cart, go_to_pay, history, stock, the_mug, the_order
from tests.journeys.stripe_side import (
    asked,
    expire,
    fails,
    gateway,
    nothing_is_delivered,
    pay,
    session,
    works_again,
)
from tests.support.fixtures_shop import Shop
from tests.support.goods import Goods
from tests.support.sandbox import Sandbox
from tests.support.shoppers import Shopper


@pytest.fixture
async def waiting(ada: Shopper, goods: Goods, sandbox: Sandbox) -> str:
    """Ada's order of two of five mugs waits for its payment; nothing that Stripe tells arrives."""
    await goods("mug", stock=5)
    await fill_cart(ada, "Mug", 2)
    await nothing_is_delivered(sandbox)
    return await go_to_pay(ada)


async def reads(sandbox: Sandbox) -> int:
    return len(await asked(sandbox, "GET", "/v1/checkout/sessions/"))


async def test_an_open_page_is_left_alone_for_two_minutes(waiting: str, shop: Shop, sandbox: Sandbox) -> None:
    before = await reads(sandbox)
    await run_once(gateway(shop))
    assert await reads(sandbox) == before
    clock.move(OPEN_EVERY + timedelta(seconds=1))
    await run_once(gateway(shop))
    assert await reads(sandbox) == before + 1
    await run_once(gateway(shop))
    assert await reads(sandbox) == before + 1


async def test_a_page_whose_time_is_up_is_closed_at_stripe_before_its_stock_is_free(
    waiting: str, shop: Shop, sandbox: Sandbox
) -> None:
    clock.move(TIME_TO_PAY + timedelta(seconds=1))
    await run_once(gateway(shop))
    assert (await session(sandbox, waiting))["status"] == "expired"
    assert await history(await the_order()) == ["pending", "cart"]
    assert await stock(await the_mug()) == (5, 0)


async def test_time_alone_frees_nothing_while_stripe_does_not_answer(
    waiting: str, shop: Shop, sandbox: Sandbox
) -> None:
    clock.move(TIME_TO_PAY + timedelta(hours=1))
    await fails(sandbox, status=503, close=None, should_retry=False)
    report = await run_once(gateway(shop))
    assert report.unanswered > 0
    assert (await the_order()).status == "pending"
    assert await stock(await the_mug()) == (5, 2)
    await works_again(sandbox)


async def test_paid_in_the_last_moment_it_is_paid_and_not_freed(
    waiting: str, shop: Shop, sandbox: Sandbox
) -> None:
    await pay(sandbox, waiting)
    clock.move(TIME_TO_PAY + timedelta(seconds=1))
    await run_once(gateway(shop))
    assert (await the_order()).status == "paid"
    assert await stock(await the_mug()) == (3, 0)


async def test_a_page_that_ended_without_our_hearing_of_it_gives_the_cart_back(
    waiting: str, shop: Shop, sandbox: Sandbox
) -> None:
    await expire(sandbox, waiting)
    await run_once(gateway(shop), everything=True)
    assert (await the_order()).status == "cart"


async def test_paying_and_the_end_of_its_time_at_once_leave_one_truth(
    waiting: str, shop: Shop, sandbox: Sandbox
) -> None:
    clock.move(TIME_TO_PAY + timedelta(seconds=1))

    async def pay_if_open() -> None:
        await sandbox.client.post(f"/_control/sessions/{waiting}/pay", json={})

    await asyncio.gather(run_once(gateway(shop)), pay_if_open(), run_once(gateway(shop)))
    await run_once(gateway(shop), everything=True)
    at_stripe = (await session(sandbox, waiting))["payment_status"]
    assert (await the_order()).status == ("paid" if at_stripe == "paid" else "cart")


async def test_many_rounds_at_once_do_what_one_does(waiting: str, shop: Shop, sandbox: Sandbox) -> None:
    await pay(sandbox, waiting)
    await asyncio.gather(*[run_once(gateway(shop), everything=True) for _ in range(5)])
    assert await history(await the_order()) == ["pending", "paid"]


async def test_a_round_says_what_it_looked_at(waiting: str, shop: Shop, sandbox: Sandbox) -> None:
    report = await run_once(gateway(shop), everything=True)
    assert (report.attempts, report.unanswered) == (1, 0)
    assert str(report).endswith("0 without an answer")


async def test_a_finished_order_is_not_asked_about(waiting: str, shop: Shop, sandbox: Sandbox) -> None:
    await pay(sandbox, waiting)
    await run_once(gateway(shop), everything=True)
    before = await reads(sandbox)
    assert await Attempt.count().where(Attempt.state == "paid") == 1
    report = await run_once(gateway(shop), everything=True)
    assert report.attempts == 0
    assert await reads(sandbox) == before


async def test_one_of_many_processes_holds_the_lease(shop: Shop) -> None:
    minute = timedelta(minutes=1)
    taken = await asyncio.gather(*[lease.take("reconcile", f"process {n}", minute) for n in range(5)])
    assert taken.count(True) == 1
    holder = f"process {taken.index(True)}"
    assert await lease.take("reconcile", holder, minute)
    assert not await lease.take("reconcile", "another", minute)
    clock.move(timedelta(minutes=2))
    assert await lease.take("reconcile", "another", minute)
    assert not await lease.take("reconcile", holder, minute)
