"""The table of moves of an attempt: each one happens once, and leaves a row that says who and why."""

from typing import Any

import pytest

from shop.database import transaction
from shop.orders.tables import Log
from shop.payments import attempts
from shop.payments.facts import SessionFacts
from shop.payments.tables import Attempt
from tests.journeys.steps import fill_cart, go_to_pay, the_order
from tests.journeys.stripe_side import gateway
from tests.support.fixtures_shop import Shop
from tests.support.goods import Goods
from tests.support.sandbox import Sandbox
from tests.support.shoppers import Shopper

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
async def test_an_attempt_moves_by_its_table_and_once(
    before: str, ada: Shopper, goods: Goods, shop: Shop, sandbox: Sandbox
) -> None:
    await goods("mug")
    await fill_cart(ada, "Mug")
    session = await gateway(shop).session(await go_to_pay(ada))
    order = await the_order()
    attempt = await attempts.newest(order.id)
    assert attempt is not None
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
    await Attempt.update({Attempt.state: "open", Attempt.ended_at: None}).where(Attempt.id == attempt.id)
