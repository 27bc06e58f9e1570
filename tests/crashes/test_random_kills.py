"""Shoppers buy as fast as they can while the shop's processes are killed at random."""

import asyncio
import os
import random
import time
from collections import Counter
from collections.abc import Awaitable

import httpx
import pytest

from shop.catalogue.tables import Variant
from shop.orders.tables import Order
from tests.support.house import DROPPED, Buyer, House

SECONDS = float(os.environ.get("KILL_SECONDS") or 120)
PEOPLE, STOCK = 6, 10_000
# What a shopper meets while the shop is being killed, beside answers; the last is uvloop's own, where the
# other side is gone before it has told its address.
NO_ANSWER = (*DROPPED, httpx.TimeoutException, AttributeError)


@pytest.mark.proof
async def test_two_minutes_of_random_kills_under_load_lose_nothing(house: House) -> None:
    goods = [await house.goods(stock=STOCK), await house.goods(stock=STOCK)]
    end = time.monotonic() + SECONDS
    answers: Counter[int] = Counter()
    shopping = [asyncio.ensure_future(buys(house, number, goods, end, answers)) for number in range(PEOPLE)]
    try:
        killed = await kills(house, end)
        await asyncio.gather(*shopping)
    finally:
        # Nobody goes on shopping in the next test.
        for each in shopping:
            each.cancel()
    await house.serves()
    await house.control("deliveries/flush")
    await house.reconcile(rounds=3)
    assert [status for status in answers if status >= 500 and status != 503] == []
    sold = await Order.count().where(Order.status == "paid")
    assert sold > PEOPLE
    await house.books_agree("Crashes: SIGKILL of random processes under load", killed)
    await house.books_agree("Crashes: orders paid under random kills", sold)
    await house.control("clock", advance=3600 * 2)
    await until_quiet(house)
    assert await Order.count().where(Order.status.is_in(["pending", "processing"])) == 0
    await house.books_agree()


async def kills(house: House, end: float) -> int:
    """Mostly one process, now and then all of them at once."""
    chance, killed = random.Random(9), 0
    while time.monotonic() < end:
        await asyncio.sleep(chance.uniform(0.2, 2.0))
        if chance.random() < 0.15:
            await house.killed()
            await house.open()
            killed += 1
        else:
            killed += house.kill_a_process(chance.randrange(4))
    return killed


async def buys(house: House, number: int, goods: list[Variant], end: float, answers: Counter[int]) -> None:
    chance = random.Random(number)
    ada = house.shopper(f"shopper{number}")
    while time.monotonic() < end:
        try:
            await one_purchase(house, ada, chance, goods, answers)
        except NO_ANSWER:
            # She tries again, as people do.
            await asyncio.sleep(0.05)


async def one_purchase(
    house: House, ada: Buyer, chance: random.Random, goods: list[Variant], answers: Counter[int]
) -> None:
    async def heard(request: Awaitable[httpx.Response]) -> httpx.Response:
        answer = await request
        answers[answer.status_code] += 1
        return answer

    variant = chance.choice(goods)
    await heard(ada.post("/cart/lines", {"variant": variant.sku, "quantity": chance.randint(1, 3)}))
    page = await ada.open("/checkout")
    if page.path != "/checkout" or page.status != 200:
        return
    agreed = page.form(action="/checkout").fields() | {"email": ada.email}
    answer = await heard(ada.presses_pay(agreed))
    _, at_stripe, session = answer.headers.get("location", "").partition("/c/pay/")
    if not at_stripe:
        return
    fate = chance.random()
    if fate < 0.75:
        await pays(house, session)
        await heard(ada.get(f"/checkout/return?session_id={session}"))
    elif fate < 0.9:
        await heard(ada.post(f"/orders/{agreed['order']}/reopen"))


async def pays(house: House, session: str) -> None:
    """On Stripe's page; a page that has closed meanwhile cannot be paid."""
    address = f"/_control/sessions/{session}/pay"
    await house.sandbox.client.post(address, json={"outcome": "card_success", "wait": False})


async def until_quiet(house: House) -> None:
    await house.control("deliveries/flush")
    await house.reconcile(rounds=3)
