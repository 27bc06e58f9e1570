"""`python -m shop audit` and `reconcile`, as the operator hears them: each difference in a sentence."""

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta

import pytest

from shop import clock
from shop.database import current_engine
from shop.errors import GatewayUnreachable
from shop.payments import commands
from shop.payments.audit import differences
from shop.payments.tables import Installation, Payment, Refund
from tests.journeys.steps import buy, fill_cart, go_to_pay, the_order
from tests.journeys.stripe_side import (
    control,
    delivered,
    fails,
    gateway,
    nothing_is_delivered,
    pay,
    works_again,
)
from tests.support.fixtures_shop import Shop
from tests.support.goods import Goods
from tests.support.sandbox import Sandbox
from tests.support.shoppers import Shopper


@pytest.fixture
async def intent(ada: Shopper, goods: Goods, sandbox: Sandbox) -> AsyncIterator[str]:
    """Ada has paid €24.68 for two mugs. Whatever a test falsifies is put right afterwards."""
    await goods("mug", price=1234, stock=5)
    await buy(ada, "Mug", 2)
    [payment] = await Payment.select()
    yield str(payment["payment_intent_id"])
    if await Payment.exists().where(Payment.id == payment["id"]):
        await Payment.update({name: value for name, value in payment.items() if name != "id"}, force=True)
    else:
        await Payment.insert(Payment(**payment))


async def told(shop: Shop, days: int = 1) -> list[str]:
    return [difference async for difference in differences(gateway(shop), days)]


async def test_when_the_books_agree_nothing_is_said(intent: str, shop: Shop) -> None:
    assert await told(shop) == []


async def test_a_payment_that_is_missing_here_is_named(intent: str, shop: Shop) -> None:
    order = await the_order()
    await Payment.delete(force=True)
    assert await told(shop) == [
        f"{order.stripe_session_id} of order {order.number} is paid at Stripe ({intent}) and missing here."
    ]


async def test_another_amount_here_is_named(intent: str, shop: Shop) -> None:
    await Payment.update({Payment.amount: 2467}, force=True)
    assert await told(shop) == [f"{intent}: Stripe received 24.68 EUR, we recorded 24.67 EUR."]


async def test_another_currency_here_is_named(intent: str, shop: Shop) -> None:
    await Payment.update({Payment.currency: "USD"}, force=True)
    assert await told(shop) == [f"{intent}: Stripe received 24.68 EUR, we recorded 24.68 USD."]


async def test_money_that_went_back_unheard_is_named(intent: str, shop: Shop, sandbox: Sandbox) -> None:
    await nothing_is_delivered(sandbox)
    await control(sandbox, f"payments/{intent}/refund", amount=468)
    assert await told(shop) == [f"{intent}: Stripe has returned 4.68 EUR, we recorded 0.00 EUR."]
    await delivered(sandbox)
    assert await told(shop) == []


async def test_a_payment_that_stripe_does_not_know_is_named(intent: str, shop: Shop) -> None:
    await Payment.update({Payment.payment_intent_id: "pi_nobody"}, force=True)
    [missing, unknown] = await told(shop)
    assert missing.endswith(f"is paid at Stripe ({intent}) and missing here.")
    assert unknown == "pi_nobody is recorded here and unknown at Stripe."


async def test_a_payment_whose_session_was_never_paid_is_named(
    ada: Shopper, goods: Goods, shop: Shop, sandbox: Sandbox
) -> None:
    """A bank that has not decided: the session is complete, and nothing was received."""
    await goods("mug", price=1234, stock=5)
    await fill_cart(ada, "Mug", 2)
    waits = await pay(sandbox, await go_to_pay(ada), "delayed")
    payment = Payment(
        {
            Payment.payment_intent_id: waits["payment_intent"],
            Payment.session_id: waits["id"],
            Payment.amount: 2468,
            Payment.currency: "EUR",
            Payment.received_at: clock.now(),
        }
    )
    await payment.save()
    assert await told(shop) == [
        f"{waits['payment_intent']} is recorded as received here and not paid at Stripe."
    ]
    await payment.remove()


async def test_another_shop_s_payments_are_left_out(intent: str, shop: Shop) -> None:
    ours = await Installation.select(Installation.shop).first()
    assert ours is not None
    await Installation.update({Installation.shop: "another"}, force=True)
    await Payment.delete(force=True)
    assert await told(shop) == []
    await Installation.update({Installation.shop: ours["shop"]}, force=True)


async def test_only_so_many_days_are_looked_through(intent: str, shop: Shop) -> None:
    await Payment.delete(force=True)
    clock.move(timedelta(days=1, minutes=1))
    assert await told(shop, days=1) == []
    assert len(await told(shop, days=2)) == 1


async def test_a_payment_of_a_session_that_began_before_the_days_is_asked_for_by_itself(
    intent: str, shop: Shop
) -> None:
    clock.move(timedelta(days=1, minutes=1))
    await Payment.update({Payment.received_at: clock.now()}, force=True)
    assert await told(shop, days=1) == []
    await Payment.update({Payment.payment_intent_id: "pi_nobody"}, force=True)
    assert await told(shop, days=1) == ["pi_nobody is recorded here and unknown at Stripe."]
    await Payment.update({Payment.received_at: clock.now() - timedelta(days=1, minutes=1)}, force=True)
    assert await told(shop, days=1) == []


@pytest.fixture
async def alone(shop: Shop) -> AsyncIterator[None]:
    """A command opens the database for itself, as a process of its own does."""
    await current_engine().close_connection_pool()
    yield
    await current_engine().start_connection_pool()


async def test_the_command_says_each_difference_and_counts_by_its_exit_code(
    intent: str, alone: None, sandbox: Sandbox
) -> None:
    said: list[str] = []
    assert await commands.audit(1, said.append) == 0
    assert said == []
    await Payment.update({Payment.amount: 1}, force=True)
    await nothing_is_delivered(sandbox)
    await control(sandbox, f"payments/{intent}/refund", amount=468)
    assert await commands.audit(1, said.append) == 1
    assert [line.startswith(f"{intent}: ") for line in said] == [True, True]
    await Payment.update({Payment.amount: 2468}, force=True)
    await fails(sandbox, "GET")
    assert await commands.audit(1, said.append) == 3
    assert said[-1].startswith("Stripe did not answer: ")
    await works_again(sandbox)


async def test_the_reconciler_s_command_says_what_it_looked_at(
    intent: str, ada: Shopper, alone: None, sandbox: Sandbox
) -> None:
    """An order that waits, and a refund whose call was never made."""
    await fill_cart(ada, "Mug", 1)
    await go_to_pay(ada)
    payment = await Payment.objects().first()
    assert payment is not None
    refund = {
        Refund.token: "asked",
        Refund.payment: payment.id,
        Refund.idempotency_key: "asked",
        Refund.amount: 100,
        Refund.currency: "EUR",
        Refund.requested_by: "staff:merchant@example.com",
        Refund.why: "a test",
        Refund.created_at: clock.now(),
    }
    await Refund.insert(Refund(refund))
    said: list[str] = []
    await fails(sandbox, status=503, close=None, should_retry=False)
    assert await commands.reconcile(said.append) == 1
    assert said.pop() == "reconciled: 0 events, 1 attempts and 1 refunds looked at, 3 without an answer"
    await works_again(sandbox)
    assert await commands.reconcile(said.append) == 0
    assert said == ["reconciled: 0 events, 1 attempts and 1 refunds looked at, 0 without an answer"]
    assert [row["state"] for row in await Refund.select(Refund.state)] == ["succeeded"]


async def test_a_command_closes_what_it_opened(environment: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without its pool PostgreSQL would be greeted anew for each question."""
    steps: list[str] = []

    class Opened:
        def __getattr__(self, name: str) -> Callable[[], Awaitable[None]]:
            async def step() -> None:
                steps.append(name)

            return step

    monkeypatch.setattr(commands, "current_engine", Opened)
    monkeypatch.setattr(commands, "StripeGateway", lambda _: Opened())
    with pytest.raises(GatewayUnreachable):
        async with commands._gateway():
            steps.append("asks")
            raise GatewayUnreachable
    assert steps == ["start_connection_pool", "asks", "close", "close_connection_pool"]
