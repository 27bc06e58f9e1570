"""What people at Stripe's side give back or contest comes into our books by itself."""

import pytest

from shop.payments.reconcile import run_once
from shop.payments.tables import Dispute, Refund
from tests.journeys.steps import becomes, buy, fill_cart, go_to_pay, stock, the_mug, the_order
from tests.journeys.stripe_side import control, delivered, gateway, nothing_is_delivered, pay
from tests.support.fixtures_shop import Shop
from tests.support.goods import Goods
from tests.support.sandbox import Sandbox
from tests.support.shoppers import Shopper


@pytest.fixture
async def payment(ada: Shopper, goods: Goods, sandbox: Sandbox) -> str:
    """Ada has bought two mugs for €24.68."""
    await goods("mug", price=1234, stock=5)
    await buy(ada, "Mug", 2)
    return str((await the_order()).stripe_payment_intent_id)


async def states() -> list[tuple[str, int]]:
    rows = await Refund.select(Refund.state, Refund.amount).order_by(Refund.id)
    return [(row["state"], row["amount"]) for row in rows]


async def test_a_part_given_back_is_shown_and_the_order_stays_paid(
    payment: str, ada: Shopper, sandbox: Sandbox
) -> None:
    await control(sandbox, f"payments/{payment}/refund", amount=1000)
    await ada.reload()
    assert "We returned €10.00 to you." in ada.page.says()
    assert (await the_order()).status == "paid"


async def test_given_back_in_two_parts(payment: str, ada: Shopper, sandbox: Sandbox) -> None:
    await control(sandbox, f"payments/{payment}/refund", amount=1000)
    await control(sandbox, f"payments/{payment}/refund")
    await ada.reload()
    assert "We returned €24.68 to you." in ada.page.says()
    assert await states() == [("succeeded", 1000), ("succeeded", 1468)]


@pytest.mark.parametrize("order", ["as_sent", "reversed", "shuffled"])
async def test_the_events_of_a_refund_may_come_in_any_order(
    order: str, payment: str, sandbox: Sandbox
) -> None:
    await nothing_is_delivered(sandbox)
    await control(sandbox, f"payments/{payment}/refund", amount=1000)
    await delivered(sandbox, order=order)
    assert await states() == [("succeeded", 1000)]


@pytest.mark.parametrize("kind", ["charge.refunded", "refund.created"])
async def test_any_one_event_of_a_refund_is_enough(kind: str, payment: str, sandbox: Sandbox) -> None:
    await nothing_is_delivered(sandbox)
    await control(sandbox, f"payments/{payment}/refund", amount=1000)
    assert await delivered(sandbox, kind) == [kind]
    assert await states() == [("succeeded", 1000)]


async def test_the_end_of_a_refund_alone_is_enough(payment: str, sandbox: Sandbox) -> None:
    await nothing_is_delivered(sandbox)
    done = await control(sandbox, f"payments/{payment}/refund", amount=1000, goes="pending")
    await control(sandbox, f"refunds/{done['result']['id']}/finish", succeeds=True)
    assert "refund.updated" in await delivered(sandbox, "refund.updated")
    assert await states() == [("succeeded", 1000)]


async def test_a_refund_that_nobody_told_us_of_is_found_by_the_reconciler(
    payment: str, shop: Shop, sandbox: Sandbox
) -> None:
    await nothing_is_delivered(sandbox)
    await control(sandbox, f"payments/{payment}/refund", amount=1000)
    await run_once(gateway(shop), everything=True)
    assert await states() == [("succeeded", 1000)]


async def test_a_refund_on_its_way_is_not_returned_yet(payment: str, ada: Shopper, sandbox: Sandbox) -> None:
    done = await control(sandbox, f"payments/{payment}/refund", amount=1000, goes="pending")
    await ada.reload()
    assert "We returned" not in ada.page.says()
    await control(sandbox, f"refunds/{done['result']['id']}/finish", succeeds=True)
    await ada.reload()
    assert "We returned €10.00" in ada.page.says()


async def test_a_refund_that_fails_later_is_not_returned(
    payment: str, ada: Shopper, sandbox: Sandbox
) -> None:
    done = await control(sandbox, f"payments/{payment}/refund", amount=1000)
    await control(sandbox, f"refunds/{done['result']['id']}/finish", succeeds=False)
    await ada.reload()
    assert "We returned" not in ada.page.says()
    assert await states() == [("failed", 1000)]


async def test_given_back_whole_the_stock_stays_sold(payment: str, sandbox: Sandbox) -> None:
    """What comes back in a parcel is counted by people."""
    await control(sandbox, f"payments/{payment}/refund")
    assert await stock(await the_mug()) == (3, 0)
    assert (await the_order()).status == "paid"


async def test_refunded_before_we_heard_of_the_payment_it_is_paid_and_not_shipped(
    ada: Shopper, goods: Goods, sandbox: Sandbox
) -> None:
    await goods("mug")
    await fill_cart(ada, "Mug", 2)
    session = await go_to_pay(ada)
    await nothing_is_delivered(sandbox)
    paid = await pay(sandbox, session)
    await control(sandbox, f"payments/{paid['payment_intent']}/refund")
    await delivered(sandbox)
    order = await the_order()
    assert order.status == "paid"
    assert "refunded" in str(order.review)
    assert [state for state, _ in await states()] == ["succeeded"]


async def test_a_dispute_is_on_our_books_until_it_is_closed(payment: str, sandbox: Sandbox) -> None:
    done = await control(sandbox, f"payments/{payment}/dispute")
    rows = await Dispute.select(Dispute.status, Dispute.amount)
    assert rows == [{"status": "needs_response", "amount": 2468}]
    await control(sandbox, f"disputes/{done['result']['id']}/close", status="lost")
    assert [row["status"] for row in await Dispute.select(Dispute.status)] == ["lost"]
    assert (await the_order()).status == "paid"


@pytest.mark.parametrize("order", ["as_sent", "reversed", "shuffled"])
async def test_the_events_of_a_dispute_may_come_in_any_order(
    order: str, payment: str, sandbox: Sandbox
) -> None:
    await nothing_is_delivered(sandbox)
    done = await control(sandbox, f"payments/{payment}/dispute")
    await control(sandbox, f"disputes/{done['result']['id']}/close", status="won")
    await delivered(sandbox, order=order)
    assert [row["status"] for row in await Dispute.select(Dispute.status)] == ["won"]


async def test_a_card_that_is_disputed_at_once_has_paid(ada: Shopper, goods: Goods, sandbox: Sandbox) -> None:
    await goods("mug")
    await fill_cart(ada, "Mug", 2)
    await pay(sandbox, await go_to_pay(ada), "dispute")
    assert (await the_order()).status == "paid"
    # The bank's word comes a moment after the payment.
    await becomes(Dispute.exists().run, seconds=10)
    assert await Dispute.count() == 1
