"""Orders, tries at paying them and what Stripe says of them, without a page and without a call."""

from itertools import count
from typing import Any

from shop import clock
from shop.orders.tables import Log, Order
from shop.payments.facts import IntentFacts, RefundFacts, SessionFacts
from shop.payments.installation import shop_id
from shop.payments.tables import Attempt, Payment, Refund

numbers = count(1)


async def an_order(guest: str = "ada", status: str = "pending", **otherwise: Any) -> Order:
    """Of €24.68 for nothing that lies in the shop."""
    now, number = clock.now(), next(numbers)
    common: dict[str, Any] = {"version": 3, "locale": "en", "currency": "EUR", "created_at": now}
    common |= {"number": f"N{number:07}", "placed_at": now, "lines_total": 2468, "total": 2468}
    common |= {"paid_at": now if status == "paid" else None, "email": f"{guest}@example.com"}
    order = Order(**(common | {"token": f"order-{number}", "status": status, "guest_key": guest} | otherwise))
    await order.save()
    return order


async def a_try(order: Order, state: str = "open", /, **otherwise: Any) -> Attempt:
    now, number = clock.now(), next(numbers)
    common: dict[str, Any] = {"order": order.id, "order_version": order.version, "amount": order.total}
    common |= {"currency": "EUR", "livemode": False, "parameters": "{}", "created_at": now, "expires_at": now}
    common |= {"token": f"try-{number}", "idempotency_key": f"key-{number}", "session_id": f"cs_{number}"}
    attempt = Attempt(**(common | {"state": state} | otherwise))
    await attempt.save()
    return attempt


async def a_payment(order: Order | None, attempt: Attempt | None = None, **otherwise: Any) -> Payment:
    common: dict[str, Any] = {"order": order.id if order else None, "amount": 2468, "currency": "EUR"}
    common |= {"attempt": attempt.id if attempt else None, "received_at": clock.now()}
    common |= {"session_id": attempt.session_id if attempt else None}
    payment = Payment(**(common | {"payment_intent_id": f"pi_{next(numbers)}"} | otherwise))
    await payment.save()
    return payment


async def a_refund(payment: Payment, **otherwise: Any) -> Refund:
    number = next(numbers)
    common: dict[str, Any] = {"payment": payment.id, "amount": 100, "currency": "EUR", "why": "broken"}
    common |= {"token": f"refund-{number}", "idempotency_key": f"key-{number}", "created_at": clock.now()}
    refund = Refund(**(common | {"requested_by": "staff:merchant@example.com"} | otherwise))
    await refund.save()
    return refund


async def said(order: Order, attempt: Attempt, /, **otherwise: Any) -> SessionFacts:
    """What Stripe says of a try's session: it waits for the shopper."""
    now = clock.now()
    common: dict[str, Any] = {"id": attempt.session_id or f"cs_{next(numbers)}", "url": None}
    common |= {"livemode": False, "mode": "payment", "status": "open", "payment_status": "unpaid"}
    common |= {"shop": await shop_id(), "order": order.number, "reference": order.number}
    common |= {"attempt": attempt.token, "amount": 2468, "currency": "EUR"}
    return SessionFacts(**(common | {"created": now, "expires_at": now} | otherwise))


async def said_paid(order: Order, attempt: Attempt, /, **otherwise: Any) -> SessionFacts:
    paid = {"status": "complete", "payment_status": "paid", "intent": money()}
    return await said(order, attempt, **(paid | otherwise))


def money(**otherwise: Any) -> IntentFacts:
    common: dict[str, Any] = {"id": f"pi_{next(numbers)}", "status": "succeeded", "received": 2468}
    common |= {"currency": "EUR", "charge_id": f"ch_{next(numbers)}", "returned": 0, "disputed": False}
    return IntentFacts(**(common | otherwise))


def back(**otherwise: Any) -> RefundFacts:
    """Money that has gone back, as Stripe tells of it."""
    common: dict[str, Any] = {"id": f"re_{next(numbers)}", "amount": 100, "currency": "EUR"}
    common |= {"status": "succeeded", "token": "", "created": clock.now()}
    return RefundFacts(**(common | otherwise))


async def now(order: Order) -> Order:
    found = await Order.objects().where(Order.id == order.id).first()
    assert found is not None
    return found


async def log(order: Order) -> list[tuple[str, str, str]]:
    rows = await Log.select(Log.actor, Log.what, Log.why).where(Log.order == order.id).order_by(Log.id)
    return [(row["actor"], row["what"], row["why"]) for row in rows]
