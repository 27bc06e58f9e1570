"""The table of moves of an attempt: each one happens once, and leaves a row that says who and why."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from shop import clock
from shop.database import transaction
from shop.delivery.ways import Way
from shop.orders.tables import Log
from shop.payments import attempts
from shop.payments.facts import SessionFacts
from shop.payments.tables import Attempt
from shop.settings import settings
from tests.payments.by_hand import a_try, an_order, said
from tests.payments.test_asking import HOME, PLACED

pytestmark = pytest.mark.usefixtures("environment")

STATES = ("creating", "open", "processing", "paid", "failed", "expired")
ALLOWED = {
    ("creating", "open"), ("creating", "processing"), ("creating", "paid"), ("creating", "failed"),
    ("creating", "expired"), ("open", "processing"), ("open", "paid"), ("open", "failed"),
    ("open", "expired"),
    ("processing", "paid"), ("processing", "failed"), ("failed", "paid"), ("expired", "paid"),
}  # fmt: skip
VERBS: dict[str, Any] = {
    "open": attempts.opened,
    "processing": attempts.processing,
    "paid": attempts.paid,
    "failed": attempts.failed,
    "expired": attempts.expired,
}


async def move(attempt: Attempt, after: str, session: SessionFacts) -> bool:
    async with transaction():
        if after in ("failed", "expired"):
            return bool(await VERBS[after](attempt, "test", "because"))
        return bool(await VERBS[after](attempt, session, "test"))


@pytest.mark.parametrize("before", STATES)
async def test_an_attempt_moves_by_its_table_and_once(before: str) -> None:
    order = await an_order()
    attempt = await a_try(order)
    session = await said(order, attempt)
    for after in VERBS:
        fresh: dict[Any, Any] = {
            Attempt.state: before,
            Attempt.checked_at: None,
            Attempt.ended_at: None,
            Attempt.why: None,
        }
        await Attempt.update(fresh).where(Attempt.id == attempt.id)
        await Log.delete().where(Log.actor == "test")
        moved = [await move(attempt, after, session), await move(attempt, after, session)]
        now = await attempts.by_token(attempt.token)
        rows = await Log.select(Log.what, Log.order, Log.why).where(Log.actor == "test")
        if (before, after) in ALLOWED:
            assert moved == [True, False]
            assert now.state == after
            assert now.checked_at is not None
            assert (now.ended_at is not None) == (after in ("paid", "failed", "expired"))
            why = now.why if after in ("failed", "expired") else session.id
            assert rows == [{"what": f"attempt {after}", "order": order.id, "why": why}]
        else:
            assert moved == [False, False]
            assert now.state == before
            assert rows == []


@pytest.mark.parametrize("end", [attempts.failed, attempts.expired])
async def test_why_a_try_has_ended_is_cut_to_its_column(end: Any) -> None:
    attempt = await a_try(await an_order())
    async with transaction():
        assert await end(attempt, "test", "w" * 301) is True
    assert (await attempts.by_token(attempt.token)).why == "w" * 300


@pytest.mark.parametrize("key", ["sk_test_0123456789", "sk_live_0123456789"])
async def test_a_try_knows_its_moment_and_whether_its_money_is_real(
    key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A payment of the other mode would never be believed."""
    monkeypatch.setenv("STRIPE_SECRET_KEY", key)
    monkeypatch.delenv("STRIPE_API_BASE")
    settings.cache_clear()
    clock.move(timedelta(days=1))
    before = clock.now()
    order = await an_order()
    async with transaction():
        attempt = await attempts.start(replace(PLACED, order=order.id))
    assert attempt.livemode is ("live" in key)
    assert before <= attempt.created_at <= clock.now()
    assert (attempt.state, attempt.session_id or "", attempt.order_version) == ("creating", "", 1)


async def test_what_is_paid_for_delivery_and_where_it_goes_is_asked_of_stripe() -> None:
    order = await an_order()
    way = Way("post", "Post", 490, pickup=False, tax_class="standard")
    async with transaction():
        attempt = await attempts.start(replace(PLACED, order=order.id, way=way, to=HOME))
    asked = attempts.asked(attempt)
    [option] = asked["shipping_options"]
    assert option["shipping_rate_data"]["fixed_amount"] == {"amount": 490, "currency": "eur"}
    assert asked["payment_intent_data"]["shipping"]["name"] == HOME.name
    assert asked["payment_intent_data"]["metadata"] == asked["metadata"]
