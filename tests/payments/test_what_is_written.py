"""Each row and each letter that money leaves behind, column by column."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from piccolo.table import Table

from shop.mail.tables import Letter
from shop.orders.letters import about
from shop.orders.tables import Log, Order
from shop.payments import attempts, refunds
from shop.payments.installation import shop_id
from shop.payments.tables import Attempt, Dispute, Payment, Refund
from shop.settings import settings
from tests.journeys.steps import buy, fill_cart, go_to_pay, pay_by_card, the_order
from tests.journeys.stripe_side import believed_expired, control, nothing_is_delivered, pay, session
from tests.support.fixtures_shop import Shop
from tests.support.goods import Goods
from tests.support.sandbox import Sandbox
from tests.support.shoppers import Shopper


async def the_row(table: type[Table], *without: str) -> dict[str, Any]:
    [row] = await table.select()
    return {name: value for name, value in row.items() if name not in ("id", *without)}


async def letters(kind: str) -> list[tuple[str, str, dict[str, Any]]]:
    rows = await Letter.select(Letter.key, Letter.recipient, Letter.facts).where(Letter.kind == kind)
    return [(row["key"], row["recipient"], json.loads(row["facts"])) for row in rows]


async def log() -> list[tuple[str, str, str]]:
    rows = await Log.select(Log.actor, Log.what, Log.why).order_by(Log.id)
    return [(row["actor"], row["what"], row["why"]) for row in rows]


def just_now(moment: datetime) -> bool:
    return timedelta() <= datetime.now(UTC) - moment < timedelta(seconds=30)


@pytest.fixture
async def waiting(ada: Shopper, goods: Goods, sandbox: Sandbox) -> str:
    """The session in which ada is to pay €24.68 for two mugs."""
    await goods("mug", price=1234, stock=5)
    await fill_cart(ada, "Mug", 2)
    return await go_to_pay(ada)


async def test_a_try_at_paying(waiting: str, ada: Shopper, sandbox: Sandbox) -> None:
    at_stripe = await session(sandbox, waiting)
    order = await the_order()
    row = await the_row(Attempt, "parameters", "idempotency_key", "created_at", "expires_at", "checked_at")
    token = row.pop("token")
    assert row == {
        "order": order.id,
        "order_version": order.version,
        "state": "open",
        "amount": 2468,
        "currency": "EUR",
        "livemode": False,
        "session_id": waiting,
        "session_url": at_stripe["url"],
        "payment_intent_id": None,
        "ended_at": None,
        "why": None,
    }
    assert at_stripe["metadata"] == {"shop": await shop_id(), "order": order.number, "attempt": token}
    attempt = await attempts.by_token(token)
    assert just_now(attempt.created_at)
    assert just_now(attempt.checked_at)
    assert attempt.expires_at.microsecond == 0
    assert just_now(attempt.expires_at - timedelta(minutes=35))
    assert {len(token), len(attempt.idempotency_key)} == {43}
    assert token != attempt.idempotency_key


async def test_what_is_asked_of_stripe(waiting: str, ada: Shopper, sandbox: Sandbox) -> None:
    order = await the_order()
    [attempt] = await Attempt.objects()
    metadata = {"shop": await shop_id(), "order": order.number, "attempt": attempt.token}
    here = settings().url
    asked = attempts.asked(attempt)
    [line] = asked.pop("line_items")
    assert line["quantity"] == 2
    assert {name: line["price_data"][name] for name in ("currency", "unit_amount", "product_data")} == {
        "currency": "eur",
        "unit_amount": 1234,
        "product_data": {"name": "Mug"},
    }
    wanted = {
        "mode": "payment",
        "locale": "en",
        "client_reference_id": order.number,
        "metadata": metadata,
        "payment_intent_data": {"metadata": metadata},
        "customer_email": ada.email,
        "success_url": here + "/checkout/return?session_id={CHECKOUT_SESSION_ID}",
        "cancel_url": f"{here}/orders/{order.token}?cancelled=1",
        "expires_at": int(attempt.expires_at.timestamp()),
    }
    assert {name: asked.get(name) for name in wanted} == wanted


async def test_a_payment_and_its_order(waiting: str, sandbox: Sandbox) -> None:
    paid = await pay(sandbox, waiting)
    [attempt] = await Attempt.objects()
    order = await the_order()
    row = await the_row(Payment, "received_at")
    charge = row.pop("charge_id")
    assert charge == order.stripe_charge_id
    assert charge.startswith("ch_")
    assert row == {
        "order": order.id,
        "attempt": attempt.id,
        "session_id": waiting,
        "payment_intent_id": paid["payment_intent"],
        "amount": 2468,
        "currency": "EUR",
        "problem": None,
    }
    assert just_now((await Payment.select())[0]["received_at"])
    assert (order.stripe_session_id, order.stripe_payment_intent_id) == (waiting, paid["payment_intent"])
    assert (attempt.state, attempt.payment_intent_id) == ("paid", paid["payment_intent"])
    assert attempt.why is None
    assert just_now(attempt.ended_at)
    assert await log() == [
        ("shopper", "pending", "placed"),
        ("shopper", "attempt open", waiting),
        ("stripe", "paid", f"paid by {waiting}"),
        ("stripe", "attempt paid", waiting),
    ] or await log() == [
        ("shopper", "pending", "placed"),
        ("shopper", "attempt open", waiting),
        ("stripe", "attempt paid", waiting),
        ("stripe", "paid", f"paid by {waiting}"),
    ]


async def test_a_refund_that_was_made_at_stripe(waiting: str, ada: Shopper, sandbox: Sandbox) -> None:
    paid = await pay(sandbox, waiting)
    made = (await control(sandbox, f"payments/{paid['payment_intent']}/refund", amount=468))["result"]
    row = await the_row(Refund, "token", "idempotency_key", "checked_at")
    [payment] = await Payment.objects()
    assert row == {
        "payment": payment.id,
        "stripe_refund_id": made["id"],
        "amount": 468,
        "currency": "EUR",
        "state": "succeeded",
        "requested_by": "stripe",
        "why": "made at Stripe",
        "created_at": datetime.fromtimestamp(made["created"], UTC),
    }
    [refund] = await Refund.objects()
    assert just_now(refund.checked_at)
    facts = {"order": about(await the_order()), "why": "", "amount": 468, "currency": "EUR"}
    assert await letters("refunded") == [(f"refund:{refund.token}", ada.email, facts)]


async def test_a_refund_that_was_made_at_stripe_and_fails(waiting: str, sandbox: Sandbox) -> None:
    paid = await pay(sandbox, waiting)
    intent = paid["payment_intent"]
    done = await control(sandbox, f"payments/{intent}/refund", amount=468, goes="pending")
    await control(sandbox, f"refunds/{done['result']['id']}/finish", succeeds=False)
    [refund] = await Refund.objects()
    assert refund.state == "failed"
    facts = {"order": about(await the_order()), "why": "", "amount": 468, "currency": "EUR"}
    facts |= {"asked": "made at Stripe", "payment": intent}
    assert await letters("refund failed") == [(f"refund:{refund.token}:failed", "merchant", facts)]


async def test_a_dispute(waiting: str, sandbox: Sandbox) -> None:
    paid = await pay(sandbox, waiting)
    made = (await control(sandbox, f"payments/{paid['payment_intent']}/dispute"))["result"]
    [payment] = await Payment.objects()
    assert await the_row(Dispute) == {
        "payment": payment.id,
        "stripe_dispute_id": made["id"],
        "status": "needs_response",
        "reason": "fraudulent",
        "amount": 2468,
        "currency": "EUR",
        "refundable": made["is_charge_refundable"],
        "created_at": datetime.fromtimestamp(made["created"], UTC),
    }
    facts = {"order": about(await the_order()), "dispute": made["id"], "reason": "fraudulent"}
    facts |= {"amount": 2468, "currency": "EUR"}
    assert await letters("disputed") == [(f"dispute:{made['id']}", "merchant", facts)]
    assert ("stripe", "dispute", f"{made['id']}: fraudulent") in await log()
    await control(sandbox, f"disputes/{made['id']}/close", status="lost")
    assert [row["status"] for row in await Dispute.select(Dispute.status)] == ["lost"]
    assert len([row for row in await log() if row[1] == "dispute"]) == 1


async def test_money_that_paid_for_nothing(waiting: str, ada: Shopper, shop: Shop, sandbox: Sandbox) -> None:
    """The first page was paid after the second one."""
    await believed_expired(shop, waiting)
    await go_to_pay(ada)
    await pay_by_card(ada)
    second = await pay(sandbox, waiting)
    why = "the order had been paid already"
    [first, late] = await Payment.objects().order_by(Payment.id)
    assert first.problem is None
    assert (late.problem, late.session_id) == (why, waiting)
    [refund] = await Refund.objects()
    row = await the_row(Refund, "token", "idempotency_key", "checked_at", "stripe_refund_id", "created_at")
    assert row == {
        "payment": late.id,
        "amount": 2468,
        "currency": "EUR",
        "state": "succeeded",
        "requested_by": "shop",
        "why": why,
    }
    assert just_now(refund.created_at)
    assert {len(refund.token), len(refund.idempotency_key)} == {43}
    facts = {"order": about(await the_order()), "why": why, "amount": 2468, "currency": "EUR"}
    assert await letters("given back") == [
        (f"refund:{refund.token}", ada.email, facts),
        (f"refund:{refund.token}:merchant", "merchant", facts),
    ]
    assert await letters("refunded") == []
    assert ("stripe", "refund", f"{waiting}: {why}") in await log()
    order = await the_order()
    assert order.stripe_payment_intent_id != second["payment_intent"]


async def test_only_what_is_left_of_money_that_paid_for_nothing_goes_back(
    waiting: str, ada: Shopper, shop: Shop, sandbox: Sandbox
) -> None:
    await believed_expired(shop, waiting)
    await go_to_pay(ada)
    await pay_by_card(ada)
    await nothing_is_delivered(sandbox)
    second = await pay(sandbox, waiting)
    await control(sandbox, f"payments/{second['payment_intent']}/refund", amount=468)
    await ada.get(f"/checkout/return?session_id={waiting}")
    found = await Refund.select(Refund.amount, Refund.requested_by).order_by(Refund.amount)
    assert [(row["amount"], row["requested_by"]) for row in found] == [(468, "stripe"), (2000, "shop")]


async def test_a_review(waiting: str, sandbox: Sandbox) -> None:
    await pay(sandbox, waiting, amount_total=1)
    order = await the_order()
    problem = "the amount differs; the amount received differs"
    assert order.review == problem
    facts = {"order": {"number": order.number}, "session": waiting, "problem": problem}
    assert await letters("review") == [(f"session:{waiting}:review", "merchant", facts)]
    assert ("stripe", "review", problem) in await log()
    [payment] = await Payment.objects()
    assert (payment.problem, payment.amount, payment.order) == (problem, 1, order.id)


async def test_another_currency(waiting: str, sandbox: Sandbox) -> None:
    await pay(sandbox, waiting, currency="usd")
    assert (await the_order()).review == "the currency differs; the currency received differs"


async def test_a_bank_that_does_not_pay(waiting: str, ada: Shopper, sandbox: Sandbox) -> None:
    paid = await pay(sandbox, waiting, "delayed")
    intent = paid["payment_intent"]
    [attempt] = await Attempt.objects()
    assert (attempt.state, attempt.payment_intent_id) == ("processing", intent)
    assert attempt.ended_at is None
    await control(sandbox, f"payments/{intent}/settle", succeeds=False)
    [attempt] = await Attempt.objects()
    assert (attempt.state, attempt.why) == ("failed", "the bank did not pay")
    [(key, recipient, facts)] = await letters("payment failed")
    assert (key, recipient) == (f"attempt:{attempt.token}:failed", ada.email)
    assert facts["order"]["number"] == (await the_order()).number
    assert await log() == [
        ("shopper", "pending", "placed"),
        ("shopper", "attempt open", waiting),
        ("stripe", "attempt processing", waiting),
        ("stripe", "processing", "the bank has not confirmed the payment yet"),
        ("stripe", "attempt failed", "the bank did not pay"),
        ("stripe", "cart", "The bank did not confirm the payment."),
    ]


async def test_a_page_whose_time_ran_out(waiting: str, sandbox: Sandbox) -> None:
    await control(sandbox, f"sessions/{waiting}/expire")
    assert await log() == [
        ("shopper", "pending", "placed"),
        ("shopper", "attempt open", waiting),
        ("stripe", "attempt expired", "the session expired at Stripe"),
        ("stripe", "cart", "The time for paying ran out."),
    ]
    [attempt] = await Attempt.objects()
    assert attempt.why == "the session expired at Stripe"


async def test_an_order_that_was_taken_back(waiting: str, ada: Shopper, sandbox: Sandbox) -> None:
    await nothing_is_delivered(sandbox)
    await ada.follow("Back to the shop")
    await ada.submit("Change the order")
    assert (await log())[2:] == [
        ("shopper", "attempt expired", "the session expired at Stripe"),
        ("shopper", "cart", "You took the order back to change it."),
    ]


async def test_refunds_that_wait_for_their_call_are_known_by_order(
    ada: Shopper, ben: Shopper, goods: Goods, sandbox: Sandbox
) -> None:
    await goods("mug", price=1234, stock=5)
    await buy(ada, "Mug", 2)
    await buy(ben, "Mug", 1)
    first, second = await Order.objects().order_by(Order.id)
    for payment in await Payment.objects().order_by(Payment.id):
        await refunds.request(payment, 100, "staff:merchant@example.com", "w" * 301, token=f"of {payment.id}")
    tokens = [f"of {payment.id}" for payment in await Payment.objects().order_by(Payment.id)]
    assert await refunds.requested() == tokens
    assert await refunds.requested(first.id) == tokens[:1]
    assert await refunds.requested(second.id) == tokens[1:]
    assert await refunds.of_request(tokens[1]) == tokens[1]
    assert await refunds.of_request("another") is None
    [one, _] = await Refund.objects().order_by(Refund.id)
    assert (one.why, one.state, just_now(one.created_at)) == ("w" * 300, "requested", True)
    assert await refunds.promised(one.payment) == 100
    await Refund.update({Refund.state: "failed"}).where(Refund.id == one.id)
    assert await refunds.promised(one.payment) == 0
    assert await refunds.was_refused(tokens[0])
    assert not await refunds.was_refused(tokens[1])
    assert await refunds.requested() == tokens[1:]
    await Refund.delete(force=True)
