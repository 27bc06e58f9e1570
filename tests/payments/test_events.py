"""The ledger of events: kept once, tried again after growing pauses, and in the end left to people."""

from datetime import timedelta
from typing import Any

import pytest

from shop import clock
from shop.payments import events
from shop.payments.facts import EventFacts
from shop.payments.tables import StripeEvent

SECONDS = (5, 15, 60, 300, 900, 3600, 3600, 7200, 14400)
FACTS = EventFacts(
    id="evt_1",
    kind="checkout.session.completed",
    livemode=False,
    account=None,
    session_id="cs_1",
    payment_intent_id="pi_1",
    charge_id="ch_1",
    attempt="token",
    shop="ours",
)


@pytest.fixture(autouse=True)
def with_the_books(environment: None) -> None:
    """Every test here has a database of its own, and a clock that it may move."""


async def the_row() -> dict[str, Any]:
    [row] = await StripeEvent.select()
    return dict(row)


async def due_ids(*, everything: bool = False) -> list[str]:
    return [event.id for event in await events.due(everything=everything)]


def plain(event_id: str) -> EventFacts:
    return EventFacts(event_id, "a.kind", livemode=False, account=None)


async def test_an_event_is_kept_with_all_that_it_is_about() -> None:
    before = clock.now()
    assert await events.noted(FACTS) is True
    row = await the_row()
    assert {name: row[name] for name in row if name not in ("received_at", "try_after")} == {
        "event_id": "evt_1",
        "kind": "checkout.session.completed",
        "session_id": "cs_1",
        "payment_intent_id": "pi_1",
        "charge_id": "ch_1",
        "attempt": "token",
        "shop": "ours",
        "tries": 0,
        "problem": None,
        "result": None,
        "processed_at": None,
        "given_up_at": None,
    }
    assert before <= row["received_at"] <= clock.now()
    assert row["try_after"] == row["received_at"] + timedelta(seconds=5)


async def test_the_longest_kind_that_is_kept_has_a_hundred_letters() -> None:
    await events.noted(EventFacts("evt_1", "k" * 101, livemode=False, account=None))
    assert (await the_row())["kind"] == "k" * 100


async def test_noted_again_it_is_the_same_and_still_to_be_done() -> None:
    await events.noted(FACTS)
    first = await the_row()
    clock.move(timedelta(hours=1))
    assert await events.noted(FACTS) is True
    assert await the_row() == first


async def test_what_is_done_needs_nothing_when_it_comes_again() -> None:
    await events.noted(FACTS)
    await events.noted(plain("evt_2"))
    await events.done("evt_1", "paid")
    assert await events.noted(FACTS) is False
    assert await events.noted(plain("evt_2")) is True
    clock.move(timedelta(minutes=1))
    assert await due_ids() == ["evt_2"]


async def test_the_first_result_stands() -> None:
    await events.noted(FACTS)
    await events.done("evt_1", "paid" + "!" * 100)
    row = await the_row()
    assert row["result"] == "paid" + "!" * 96
    clock.move(timedelta(minutes=1))
    await events.done("evt_1", "known")
    await events.not_yet("evt_1", "too late")
    assert await the_row() == row


async def test_a_result_ends_what_went_wrong_before() -> None:
    await events.noted(FACTS)
    for _ in range(len(SECONDS) + 1):
        await events.not_yet("evt_1", "no answer")
    assert (await the_row())["given_up_at"] is not None
    before = clock.now()
    await events.done("evt_1", "paid")
    row = await the_row()
    assert (row["problem"], row["given_up_at"], row["result"]) == (None, None, "paid")
    assert before <= row["processed_at"] <= clock.now()


async def test_without_an_event_nothing_is_done() -> None:
    await events.noted(FACTS)
    await events.done(None, "paid")
    assert (await the_row())["processed_at"] is None


async def test_the_pauses_grow_and_after_the_last_one_it_is_left_to_people() -> None:
    await events.noted(FACTS)
    for number, pause in enumerate(SECONDS, start=1):
        before = clock.now()
        await events.not_yet("evt_1", f"try {number}")
        row = await the_row()
        assert (row["tries"], row["problem"], row["given_up_at"]) == (number, f"try {number}", None)
        assert before <= row["try_after"] - timedelta(seconds=pause) <= clock.now()
    before = clock.now()
    await events.not_yet("evt_1", "x" * 501)
    row = await the_row()
    assert (row["tries"], row["problem"]) == (10, "x" * 500)
    assert before <= row["given_up_at"] <= clock.now()
    assert before <= row["try_after"] - timedelta(seconds=SECONDS[-1]) <= clock.now()


async def test_only_the_event_that_failed_waits_longer() -> None:
    await events.noted(FACTS)
    await events.noted(plain("evt_2"))
    await events.not_yet("evt_1", "no answer")
    await events.not_yet("evt_unknown", "no answer")
    rows = await StripeEvent.select(StripeEvent.tries).order_by(StripeEvent.event_id)
    assert [row["tries"] for row in rows] == [1, 0]


async def test_an_event_is_due_after_its_pause_and_not_before() -> None:
    await events.noted(FACTS)
    assert await due_ids() == []
    clock.move(timedelta(seconds=5))
    assert await events.due(everything=False) == [FACTS]


async def test_the_oldest_come_first_and_a_hundred_at_once() -> None:
    for number in range(102):
        await events.noted(plain(f"evt_{number}"))
    clock.move(timedelta(seconds=6))
    assert await due_ids() == [f"evt_{number}" for number in range(100)]
    assert len(await due_ids(everything=True)) == 100
    assert [event.id for event in await events.due(2, everything=False)] == ["evt_0", "evt_1"]


async def test_what_was_given_up_is_due_only_when_everything_is() -> None:
    await events.noted(FACTS)
    await events.noted(plain("evt_2"))
    await events.noted(plain("evt_3"))
    await events.done("evt_3", "not ours")
    for _ in range(len(SECONDS) + 1):
        await events.not_yet("evt_1", "no answer")
    clock.move(timedelta(days=1))
    assert await due_ids() == ["evt_2"]
    assert await due_ids(everything=True) == ["evt_1", "evt_2"]
