"""Whoever loses against another transaction does it again, and it is done once."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from types import ModuleType
from typing import Any

import pytest

from shop.database import transaction
from shop.errors import GatewayRefused, Overtaken
from shop.orders import cart
from shop.orders.tables import Order
from shop.payments import attempts, lease, opening, refunds, settle, staff
from shop.payments.tables import Attempt, Payment, Refund
from tests.journeys.steps import buy, fill_cart, go_to_pay, history, press_pay, the_order
from tests.journeys.stripe_side import fails, gateway, nothing_is_delivered, pay, works_again
from tests.journeys.stripe_side import refunds as at_stripe
from tests.payments.by_hand import a_payment, a_try, an_order, log, said
from tests.support.fixtures_shop import Shop
from tests.support.goods import Goods
from tests.support.sandbox import Sandbox
from tests.support.shoppers import Shopper

BY = "staff:merchant@example.com"


def loses_once(module: ModuleType, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The module's next transaction is undone at its end; answers what became of each from now on."""
    tried: list[str] = []

    @asynccontextmanager
    async def with_a_rival() -> AsyncIterator[None]:
        async with transaction():
            yield
            if not tried:
                tried.append("lost")
                raise Overtaken
        tried.append("won")

    monkeypatch.setattr(module, "transaction", with_a_rival)
    return tried


@pytest.fixture
async def paid(ada: Shopper, goods: Goods, sandbox: Sandbox) -> Order:
    await goods("mug", price=1234, stock=5)
    await buy(ada, "Mug", 2)
    await nothing_is_delivered(sandbox)
    return await the_order()


@pytest.fixture
async def unanswered(ada: Shopper, goods: Goods, sandbox: Sandbox) -> Order:
    """Stripe did not answer when ada pressed Pay; it does now."""
    await goods("mug", price=1234, stock=5)
    await fill_cart(ada, "Mug", 2)
    await nothing_is_delivered(sandbox)
    await fails(sandbox, "POST", "/v1/checkout/sessions", status=503, close=None, should_retry=False)
    await press_pay(ada)
    await works_again(sandbox)
    return await the_order()


@pytest.mark.parametrize("module", [staff, refunds, settle], ids=["asked", "made", "settled"])
async def test_money_is_given_back_once(
    module: ModuleType, paid: Order, shop: Shop, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried = loses_once(module, monkeypatch)
    await staff.refund(gateway(shop), paid, 100, BY, "broken", "form")
    assert tried == ["lost", "won"]
    assert [row["state"] for row in await Refund.select(Refund.state)] == ["succeeded"]
    assert [refund["amount"] for refund in await at_stripe(sandbox)] == [100]


@pytest.mark.parametrize("module", [staff, opening, settle], ids=["wished", "opened", "settled"])
async def test_an_order_is_cancelled_once(
    module: ModuleType, unanswered: Order, shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried = loses_once(module, monkeypatch)
    cancelled = await staff.cancel(gateway(shop), unanswered, BY, "by telephone")
    assert tried == ["lost", "won"]
    assert cancelled.status == "cancelled"
    assert await history(cancelled) == ["pending", "cancelling", "cancelled"]


async def test_a_refusal_is_written_once(
    unanswered: Order, shop: Shop, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    await fails(sandbox, "POST", "/v1/checkout/sessions", status=400, close=None)
    attempt = await attempts.live(unanswered.id)
    assert attempt is not None
    tried = loses_once(opening, monkeypatch)
    with pytest.raises(GatewayRefused):
        await opening.open_page(gateway(shop), attempt)
    assert tried == ["lost", "won"]
    assert await history(unanswered) == ["pending", "cart"]


async def test_a_task_is_taken_once(environment: None, monkeypatch: pytest.MonkeyPatch) -> None:
    tried = loses_once(lease, monkeypatch)
    assert await lease.take("reconcile", "first", timedelta(minutes=1)) is True
    assert tried == ["lost", "won"]


async def test_a_payment_is_taken_once(
    ada: Shopper, goods: Goods, shop: Shop, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    await goods("mug", price=1234, stock=5)
    await fill_cart(ada, "Mug", 2)
    session = await go_to_pay(ada)
    await nothing_is_delivered(sandbox)
    await pay(sandbox, session)
    tried = loses_once(settle, monkeypatch)
    assert (await settle.settle(gateway(shop), session)).result == "paid"
    assert tried == ["lost", "won"]
    assert await Payment.count() == 1
    assert await history(await the_order()) == ["pending", "paid"]


async def opened(order: Order, attempt: Attempt) -> None:
    await opening._opened(attempt, await said(order, attempt), "test")


async def failed(order: Order, attempt: Attempt) -> None:
    await opening._failed(attempt, "a test", "test")


async def settled(order: Order, attempt: Attempt) -> None:
    await settle.record(await said(order, attempt))


async def asked(order: Order, attempt: Attempt) -> None:
    payment = await a_payment(order, attempt)
    await staff._ask(order, payment, 100, BY, "broken", "form")


async def wished(order: Order, attempt: Attempt) -> None:
    await staff._wish(order, BY, "by telephone")


async def became(order: Order, attempt: Attempt) -> None:
    await refunds._became("token", "failed", None)


@pytest.mark.parametrize(
    ("step", "module", "holds", "rows"),
    [
        (opened, opening, False, 1),
        (failed, opening, True, 2),
        (settled, settle, True, 1),
        (asked, staff, True, 1),
        (wished, staff, False, 1),
        (became, refunds, False, 0),
    ],
)
async def test_each_step_that_loses_is_taken_again_and_leaves_its_rows_once(
    step: Any, module: ModuleType, holds: bool, rows: int, environment: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Those that decide by what they read hold the order first, so that the rival waits."""
    order = await an_order()
    attempt = await a_try(order, "creating")
    held: list[int] = []

    async def hold(which: int) -> None:
        held.append(which)
        await cart.hold(which)

    if holds:
        monkeypatch.setattr(module, "hold", hold)
    tried = loses_once(module, monkeypatch)
    await step(order, attempt)
    assert tried == ["lost", "won"]
    assert held == ([order.id] * 2 if holds else [])
    assert len(await log(order)) == rows
