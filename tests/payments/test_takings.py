"""What is decided about money, once, by the order that it came for and the try that it belongs to."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from shop import clock
from shop.database import transaction
from shop.mail.tables import Letter
from shop.orders import moves
from shop.payments import attempts, ledger, letters, settle, takings
from shop.payments.facts import DisputeFacts
from shop.payments.tables import Attempt, Dispute, Payment, Refund
from tests.payments.by_hand import (
    a_payment,
    a_refund,
    a_try,
    an_order,
    back,
    log,
    money,
    now,
    said,
    said_paid,
)

pytestmark = pytest.mark.usefixtures("environment")

ALL_OF_IT = {
    "mode": "setup",
    "livemode": True,
    "attempt": "x",
    "order": "x",
    "amount": 1,
    "currency": "USD",
    "id": "cs_another",
}


async def state(attempt: Attempt) -> str:
    return (await attempts.by_token(attempt.token)).state


@pytest.mark.parametrize("known", [True, False], ids=["stored", "not stored yet"])
async def test_money_for_a_session_ends_its_try_and_is_kept_once(known: bool) -> None:
    order = await an_order()
    attempt = await a_try(order, **({} if known else {"state": "creating", "session_id": None}))
    session = await said_paid(order, attempt)
    clock.move(timedelta(days=1))
    before = clock.now()
    results = [await settle.record(session) for _ in range(2)]
    assert [settled.result for settled in results] == ["paid", "known"]
    assert (await now(order)).status == "paid"
    found = await attempts.by_token(attempt.token)
    assert (found.state, found.session_id) == ("paid", session.id)
    assert session.intent is not None
    ids = (session.intent.id, session.intent.charge_id)
    assert found.payment_intent_id == session.intent.id
    [payment] = await Payment.objects()
    assert (payment.payment_intent_id, payment.charge_id) == ids
    assert before <= payment.received_at <= clock.now()
    paid = await now(order)
    assert (paid.stripe_payment_intent_id, paid.stripe_charge_id) == ids


async def test_whether_a_payment_was_kept_just_now() -> None:
    order = await an_order()
    attempt = await a_try(order)
    session = await said_paid(order, attempt)
    assert await takings.keep(session, attempt, order, "") is True
    assert await takings.keep(session, attempt, order, "") is False
    assert await takings.keep(replace(session, intent=None), attempt, order, "") is False


async def test_money_of_another_session_leaves_the_try_s_own_page_open() -> None:
    order = await an_order()
    attempt = await a_try(order)
    other = await said_paid(order, attempt, id="cs_another")
    assert (await settle.record(other)).result == "flagged"
    assert await state(attempt) == "open"
    assert (await now(order)).review == "another session is this attempt's"


async def test_a_session_is_its_try_s_whatever_try_it_names() -> None:
    ben_s, ada_s = await an_order("ben"), await an_order()
    of_ben, attempt = await a_try(ben_s, "creating", session_id=None), await a_try(ada_s)
    session = replace(await said_paid(ada_s, attempt), attempt=of_ben.token)
    assert (await settle.record(session)).order == ada_s.id
    assert (await now(ada_s)).review == "it names another attempt"
    assert await state(of_ben) == "creating"


async def test_all_that_can_disagree_at_once_still_fits_its_column() -> None:
    order = await an_order()
    attempt = await a_try(order)
    session = await said_paid(order, attempt, **ALL_OF_IT)
    session = replace(session, intent=money(status="canceled", received=1, currency="USD"))
    async with transaction():
        assert await takings.take(order, attempt, session, "stripe", ours=True) == "flagged"
    review = (await now(order)).review
    assert review is not None
    assert (review.count(";"), len(review) <= 300) == (9, True)
    assert [row["problem"] for row in await Payment.select(Payment.problem)] == [review]


@pytest.mark.parametrize(
    ("status", "why"),
    [
        ("paid", "the order had been paid already"),
        ("cancelled", "the order had been cancelled"),
        ("pending", "the order was changed after this payment was begun"),
    ],
)
async def test_why_money_goes_back_by_itself(status: str, why: str) -> None:
    order = await an_order(status=status, locale="de")
    attempt = await a_try(order, "expired", order_version=2)
    assert (await settle.record(await said_paid(order, attempt))).result == f"given back: {why}"
    assert [row["why"] for row in await Refund.select(Refund.why)] == [why]
    told = await Letter.select(Letter.recipient, Letter.locale).order_by(Letter.id)
    assert [(row["recipient"], row["locale"]) for row in told] == [(order.email, "de"), ("merchant", "en")]


def test_the_reasons_that_a_letter_gives() -> None:
    assert [letters.CHANGED, letters.SOLD_OUT, letters.PAID_ALREADY, letters.CANCELLED] == [
        "the order was changed after this payment was begun",
        "what was ordered is sold out by now",
        "the order had been paid already",
        "the order had been cancelled",
    ]
    assert (letters.SHOP, letters.FAILED) == ("shop", ("failed", "canceled"))


def test_the_words_for_what_is_not_over_yet() -> None:
    assert ledger.UNDER_WAY == ("pending", "requires_action")
    assert attempts.LIVE == ("creating", "open", "processing")
    assert moves.HELD == ("pending", "processing")
    assert set(attempts.MOVES) == {*attempts.LIVE, "paid", "failed", "expired"}


@pytest.mark.parametrize(
    ("status", "gone", "stays"),
    [("pending", 2467, True), ("pending", 2468, False), ("processing", 2468, False), ("paid", 2468, True)],
)
async def test_a_review_ends_when_all_of_the_money_has_gone_back_and_the_order_waits(
    status: str, gone: int, stays: bool
) -> None:
    order = await an_order(status=status, review="the amount differs")
    attempt = await a_try(order, "paid")
    paid = await said_paid(order, attempt)
    await a_payment(order, attempt, payment_intent_id=paid.intent.id if paid.intent else "")
    assert paid.intent is not None
    await settle.record(replace(paid, intent=replace(paid.intent, refunds=(back(amount=gone),))))
    assert ((await now(order)).review is not None) is stays
    assert (await now(order)).status == (status if stays else "cart")


async def test_what_is_returned_while_another_page_can_be_paid_leaves_the_order_waiting_for_that() -> None:
    order = await an_order(review="another session is this attempt's")
    attempt = await a_try(order)
    other = await said_paid(order, attempt, id="cs_another", intent=money(refunds=(back(amount=2468),)))
    await settle.record(other)
    found = await now(order)
    assert (found.status, found.review or "") == ("pending", "")
    await settle.record(await said(order, attempt, status="expired"))
    assert (await now(order)).status == "cart"


async def test_a_refund_whose_answer_was_lost_is_known_by_its_token() -> None:
    order = await an_order(status="paid")
    payment, other = await a_payment(order), await a_payment(order)
    asked, of_other = await a_refund(payment), await a_refund(other)
    attempt = await a_try(order, "paid")
    for token in (asked.token, of_other.token):
        made = back(id=f"re_{token}", token=token)
        session = await said_paid(order, attempt, intent=money(id=payment.payment_intent_id, refunds=(made,)))
        async with transaction():
            await ledger.copy_refunds(session)
    rows = await Refund.select(Refund.token, Refund.stripe_refund_id, Refund.state).order_by(Refund.id)
    assert [tuple(row.values()) for row in rows[:2]] == [
        (asked.token, f"re_{asked.token}", "succeeded"),
        (of_other.token, None, "requested"),
    ]
    assert (len(rows), rows[2]["stripe_refund_id"]) == (3, f"re_{of_other.token}")


async def test_of_a_payment_that_is_not_on_our_books_nothing_is_copied() -> None:
    order = await an_order()
    attempt = await a_try(order)
    for intent in (None, money(refunds=(back(),))):
        session = await said_paid(order, attempt, intent=intent)
        async with transaction():
            assert await ledger.copy_refunds(session) is None
            await ledger.copy_returns(order, session, "stripe")
    assert await Refund.count() == 0


async def test_stripe_s_words_are_cut_to_their_columns() -> None:
    order = await an_order()
    attempt = await a_try(order)
    dispute = DisputeFacts("dp_1", 100, "EUR", "s" * 51, "r" * 101, refundable=True, created=clock.now())
    intent = money(refunds=(back(status="s" * 21),), disputes=(dispute,))
    await settle.record(await said_paid(order, attempt, intent=intent))
    [refund] = await Refund.objects()
    assert refund.state == "s" * 20
    [found] = await Dispute.objects()
    assert (found.status, found.reason, found.refundable) == ("s" * 50, "r" * 100, True)


async def test_ours_without_a_try_is_looked_at_where_money_came_and_otherwise_not() -> None:
    order = await an_order()
    attempt = await a_try(order)
    unknown = await said(order, attempt, id="cs_unknown", attempt="unknown")
    waits = replace(unknown, status="complete", intent=money(status="processing", received=0))
    for session in (unknown, waits, replace(unknown, status="complete", payment_status="paid")):
        assert (await settle.record(session)).result == "ours, unknown attempt"
    assert await Payment.count() == 0
    assert await Letter.count() == 0


async def test_while_the_bank_decides_the_order_waits_and_each_look_is_dated() -> None:
    order = await an_order()
    attempt = await a_try(order)
    decides = await said(order, attempt, status="complete", intent=money(status="processing", received=0))
    await settle.record(decides, actor="somebody")
    assert ((await now(order)).status, await state(attempt)) == ("processing", "processing")
    for session in (decides, replace(decides, intent=None)):
        clock.move(timedelta(hours=1))
        before = clock.now()
        await settle.record(session)
        looked = (await attempts.by_token(attempt.token)).checked_at
        assert looked is not None
        assert looked >= before
    assert [what for _, what, _ in await log(order)] == ["attempt processing", "processing"]


async def test_an_open_page_is_noted_in_the_name_of_whoever_asked_and_each_look_is_dated() -> None:
    order = await an_order()
    attempt = await a_try(order, "creating", session_id=None)
    session = await said(order, attempt)
    await settle.record(session, actor="somebody")
    assert await log(order) == [("somebody", "attempt open", session.id)]
    clock.move(timedelta(hours=1))
    before = clock.now()
    await settle.record(session)
    looked = (await attempts.by_token(attempt.token)).checked_at
    assert looked is not None
    assert looked >= before


async def test_a_bank_that_says_no_is_told_in_the_language_of_the_order() -> None:
    order = await an_order(locale="de")
    attempt = await a_try(order, "processing")
    await settle.record(await said(order, attempt, status="complete", intent=money(status="canceled")))
    [letter] = await Letter.objects()
    assert (letter.kind, letter.recipient, letter.locale) == ("payment failed", order.email, "de")
    assert (await now(order)).status == "cart"


async def test_the_cart_that_an_order_joins_when_it_comes_back_goes_in_the_same_name() -> None:
    order, other = await an_order(), await an_order(status="cart")
    attempt = await a_try(order)
    await settle.record(await said(order, attempt, status="expired"), actor="somebody")
    assert ((await now(order)).status, (await now(other)).status) == ("cart", "cancelled")
    assert [(actor, what) for actor, what, _ in await log(other)] == [("somebody", "cancelled")]


@pytest.mark.parametrize("sign", [{"returned": 100}, {"disputed": True}], ids=["refunded", "disputed"])
@pytest.mark.parametrize(("status", "state"), [("pending", "open"), ("cart", "expired")], ids=["", "late"])
async def test_paid_and_refunded_or_disputed_before_we_saw_it_is_looked_at(
    sign: dict[str, Any], status: str, state: str
) -> None:
    order = await an_order(status=status)
    attempt = await a_try(order, state)
    session = await said_paid(order, attempt, intent=money(**sign))
    assert (await settle.record(session, actor="somebody")).result == "paid"
    why = "it was refunded or disputed before we saw the payment"
    assert (await now(order)).review == why
    assert ("somebody", "review", why) in await log(order)
    assert await reviews() == [(session.id, order.number, why)]


async def test_paid_before_it_could_be_cancelled_the_merchant_is_told() -> None:
    order = await an_order(cancelling_at=clock.now())
    attempt = await a_try(order)
    session = await said_paid(order, attempt)
    assert (await settle.record(session)).result == "paid"
    assert (await now(order)).cancelling_at is None
    assert await reviews() == [(session.id, order.number, "it was paid before it could be cancelled")]


async def test_money_that_belongs_to_no_try_of_ours_is_told_to_the_merchant() -> None:
    order = await an_order()
    attempt = await a_try(order)
    problem = "cs_unknown was paid and belongs to no attempt of ours"
    session = await said_paid(order, attempt)
    for strange in (
        replace(session, id="cs_unknown", attempt="unknown"),
        replace(session, id="cs_of_nobody", attempt="", order="", intent=money()),
    ):
        assert (await settle.record(strange)).result == "flagged: unknown attempt"
    told = [
        ("cs_unknown", order.number, problem),
        ("cs_of_nobody", "", problem.replace("unknown", "of_nobody")),
    ]
    assert await reviews() == told
    assert await log(order) == [("stripe", "review", problem)]
    rows = await Payment.objects().order_by(Payment.id)
    assert [(row.order, row.attempt) for row in rows] == [(order.id, None), (None, None)]
    # An event about its charge finds it.
    assert session.intent is not None
    assert rows[0].charge_id == session.intent.charge_id


async def reviews() -> list[tuple[str, str, str]]:
    """The session, the order and the problem of each letter that asks the merchant to look."""
    rows = await Letter.select(Letter.key, Letter.recipient, Letter.facts).where(Letter.kind == "review")
    told = [json.loads(row["facts"]) for row in rows]
    assert [row["key"] for row in rows] == [f"session:{each['session']}:review" for each in told]
    return [(each["session"], each["order"]["number"], each["problem"]) for each in told]


async def test_of_money_that_should_not_have_come_what_is_left_goes_back_and_is_told() -> None:
    order = await an_order(status="paid")
    session = await said_paid(order, await a_try(order, "expired"), intent=money(returned=468))
    await settle.record(session)
    assert [row["amount"] for row in await Refund.select(Refund.amount)] == [2000]
    facts = [json.loads(row["facts"]) for row in await Letter.select(Letter.facts)]
    assert [(each["amount"], each["currency"]) for each in facts] == [(2000, "EUR")] * 2


@pytest.mark.parametrize(
    ("which", "version", "stands"), [(1, 3, True), (0, 3, False), (1, 2, False)], ids=str
)
async def test_late_money_pays_where_it_came_for_the_newest_try_at_the_order_as_it_is(
    which: int, version: int, stands: bool
) -> None:
    order = await an_order(status="cart")
    tries = [await a_try(order, "expired", order_version=version) for _ in range(2)]
    settled = await settle.record(await said_paid(order, tries[which]))
    why = "the order was changed after this payment was begun"
    assert settled.result == ("paid" if stands else f"given back: {why}")
    assert (await now(order)).status == ("paid" if stands else "cart")


@pytest.mark.parametrize(("version", "amount"), [(3, 2467), (2, 2468)])
async def test_a_waiting_order_is_paid_only_as_it_was_when_the_try_began(version: int, amount: int) -> None:
    order = await an_order()
    attempt = await a_try(order, order_version=version, amount=amount)
    session = await said_paid(order, attempt, amount=amount, intent=money(received=amount))
    why = "the order was changed after this payment was begun"
    assert (await settle.record(session)).result == f"given back: {why}"


@pytest.mark.parametrize(
    ("status", "review", "becomes"),
    [("pending", None, "cart"), ("pending", "the amount differs", "pending"), ("paid", None, "paid")],
)
async def test_only_an_order_that_waits_and_is_in_order_comes_back_when_its_page_ends(
    status: str, review: str | None, becomes: str
) -> None:
    order = await an_order(status=status, review=review)
    await settle.record(await said(order, await a_try(order), status="expired"))
    assert (await now(order)).status == becomes
