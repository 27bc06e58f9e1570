"""When the reconciler asks Stripe about a try, and how far back it reads what Stripe has told."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import pytest

from shop import clock
from shop.errors import GatewayRefused, GatewayUnreachable
from shop.payments import background, events, lease, reconcile, refunds
from shop.payments.facts import EventFacts
from shop.payments.handling import KINDS
from shop.payments.reconcile import Report
from shop.payments.stripe_gateway import StripeGateway
from shop.payments.tables import Attempt, Installation, StripeEvent
from tests.journeys.steps import becomes
from tests.payments.by_hand import a_payment, a_refund, a_try, an_order

MADE = datetime(2026, 1, 1, tzinfo=UTC)
SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)


def due(state: str, after: timedelta, *, checked: timedelta | None = None) -> bool:
    """Whether a try that ends 35 minutes after it was made is asked about."""
    attempt = Attempt(
        _ignore_missing=True,
        state=state,
        created_at=MADE,
        expires_at=MADE + 35 * MINUTE,
        checked_at=None if checked is None else MADE + checked,
    )
    return reconcile._due(attempt, MADE + after)


def test_a_try_whose_call_was_not_answered_is_asked_about_after_a_minute() -> None:
    assert not due("creating", 60 * SECOND)
    assert due("creating", 61 * SECOND)
    assert due("creating", 61 * SECOND, checked=60 * SECOND)


def test_an_open_page_is_asked_about_every_two_minutes_and_when_its_time_is_up() -> None:
    assert not due("open", 2 * MINUTE)
    assert due("open", 2 * MINUTE + SECOND)
    assert not due("open", 10 * MINUTE, checked=8 * MINUTE)
    assert due("open", 10 * MINUTE + SECOND, checked=8 * MINUTE)
    assert not due("open", 35 * MINUTE - SECOND, checked=34 * MINUTE)
    assert due("open", 35 * MINUTE, checked=34 * MINUTE)


def test_a_bank_is_asked_about_every_hour() -> None:
    assert not due("processing", HOUR)
    assert due("processing", HOUR + SECOND)
    assert not due("processing", 5 * HOUR, checked=4 * HOUR)
    assert due("processing", 5 * HOUR + SECOND, checked=4 * HOUR)


def test_a_round_says_what_it_looked_at() -> None:
    assert str(Report()) == "0 events, 0 attempts and 0 refunds looked at, 0 without an answer"
    told = str(Report(events=1, attempts=2, refunds=3, unanswered=4))
    assert told == "1 events, 2 attempts and 3 refunds looked at, 4 without an answer"


class Stripe:
    """Tells one event of ours and some that are none of ours; remembers how far back it was asked."""

    livemode = False

    def __init__(self) -> None:
        self.since: list[datetime] = []
        self.problem: Exception | None = None

    async def events(self, kinds: tuple[str, ...], since: datetime) -> AsyncIterator[EventFacts]:
        assert kinds == KINDS
        self.since.append(since)
        if self.problem:
            raise self.problem
        yield EventFacts("evt_1", "a.kind", livemode=False, account=None)
        yield EventFacts("evt_live", "a.kind", livemode=True, account=None)
        yield EventFacts("evt_connected", "a.kind", livemode=False, account="acct_1")


@pytest.fixture
def stripe(environment: None) -> Stripe:
    return Stripe()


async def read(stripe: Stripe, *, everything: bool = False) -> Report:
    report = Report()
    await reconcile._read_events(cast("StripeGateway", stripe), report, everything)
    return report


async def read_to() -> datetime | None:
    [row] = await Installation.select(Installation.events_read_to)
    return cast("datetime | None", row["events_read_to"])


async def the_ids() -> list[str]:
    return [row["event_id"] for row in await StripeEvent.select(StripeEvent.event_id)]


def around(found: datetime, wanted: datetime) -> bool:
    return abs(found - wanted) < 30 * SECOND


async def test_what_stripe_has_told_is_noted_where_it_is_for_us(stripe: Stripe) -> None:
    assert (await read(stripe)).unanswered == 0
    assert await the_ids() == ["evt_1"]
    found = await read_to()
    assert found is not None
    assert around(found, clock.now())


async def test_it_is_read_every_ten_minutes_from_an_hour_before_the_last_time(stripe: Stripe) -> None:
    await read(stripe)
    first = clock.now()
    clock.move(10 * MINUTE - 30 * SECOND)
    await read(stripe)
    assert len(stripe.since) == 1
    clock.move(31 * SECOND)
    await read(stripe)
    assert len(stripe.since) == 2
    assert around(stripe.since[0], first - HOUR)
    assert around(stripe.since[1], first - HOUR)


async def test_no_more_than_twenty_nine_days_are_read(stripe: Stripe) -> None:
    await read(stripe)
    clock.move(timedelta(days=40))
    await read(stripe)
    assert around(stripe.since[1], clock.now() - timedelta(days=29))


async def test_the_operator_s_round_reads_it_whenever_it_is_asked_to(stripe: Stripe) -> None:
    await read(stripe)
    await read(stripe, everything=True)
    assert len(stripe.since) == 2


async def test_of_two_processes_one_reads_it(stripe: Stripe) -> None:
    await lease.take("events", "the other", 10 * MINUTE)
    await read(stripe)
    assert stripe.since == []
    await read(stripe, everything=True)
    assert len(stripe.since) == 1


async def test_without_an_answer_it_is_read_again_ten_minutes_later_and_not_before(stripe: Stripe) -> None:
    stripe.problem = GatewayUnreachable("no answer")
    report = Report(unanswered=1)
    await reconcile._read_events(cast("StripeGateway", stripe), report, everything=False)
    assert report.unanswered == 2
    assert await read_to() is None
    assert (await read(stripe)).unanswered == 0
    clock.move(10 * MINUTE)
    stripe.problem = None
    await read(stripe)
    assert await the_ids() == ["evt_1"]


async def test_a_key_that_may_not_read_it_leaves_nothing_unanswered(stripe: Stripe) -> None:
    stripe.problem = GatewayRefused(403, "denied")
    assert (await read(stripe)).unanswered == 0
    assert await read_to() is None


async def test_a_step_that_breaks_is_counted_and_the_next_one_is_taken() -> None:
    async def step(problem: Exception | None) -> None:
        if problem:
            raise problem

    report = Report()
    for problem in (GatewayUnreachable(), RuntimeError(), GatewayRefused(400, ""), None):
        await reconcile._answered(report, step(problem))
    assert report.unanswered == 3


async def test_inside_the_server_one_process_reconciles_round_after_round(
    environment: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    import asyncio

    rounds: list[Any] = []
    taken: list[Any] = []

    async def run_once(gateway: Any) -> None:
        rounds.append(gateway)
        if len(rounds) == 1:
            raise RuntimeError("the first round breaks")

    async def take(*given: Any) -> bool:
        taken.append(given)
        return len(taken) != 2

    assert background.PAUSE == 10
    monkeypatch.setattr(background, "PAUSE", 0.001)
    monkeypatch.setattr(reconcile, "run_once", run_once)
    monkeypatch.setattr(lease, "take", take)
    stripe = Stripe()
    running = asyncio.create_task(background.reconciling(cast("StripeGateway", stripe)))

    async def enough() -> bool:
        return len(rounds) >= 3

    await becomes(enough)
    running.cancel()
    await asyncio.wait([running])
    *taken, given_back = taken
    assert set(rounds) == {stripe}
    assert len(rounds) in (len(taken) - 1, len(taken) - 2)
    [(name, holder, lasts)] = set(taken)
    assert (name, lasts) == ("reconcile", timedelta(seconds=60))
    assert len(holder) == 43
    assert given_back == ("reconcile", holder, timedelta())


async def test_each_thing_that_is_looked_at_is_counted(
    stripe: Stripe, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def no_answer(*_: object) -> None:
        raise GatewayUnreachable

    monkeypatch.setattr(reconcile, "_look_at", no_answer)
    monkeypatch.setattr(reconcile, "close_leftover", no_answer)
    monkeypatch.setattr(refunds, "carry_out", no_answer)
    for number in range(4):
        await events.noted(EventFacts(f"evt_{number}", "a.kind", livemode=False, account=None))
    for _ in range(3):
        await a_try(await an_order())
    # Its page can still be paid.
    ended = await an_order(status="paid")
    await a_try(ended)
    payment = await a_payment(ended)
    for _ in range(2):
        await a_refund(payment)
    stripe.problem = GatewayRefused(403, "denied")
    report = await reconcile.run_once(cast("StripeGateway", stripe), everything=True)
    assert str(report) == "4 events, 4 attempts and 2 refunds looked at, 7 without an answer"
    assert await StripeEvent.count().where(StripeEvent.result == "not ours") == 4
    await reconcile.run_once(cast("StripeGateway", stripe), everything=True)
    assert len(stripe.since) == 2


@pytest.mark.parametrize(
    ("state", "ends", "opens", "done"),
    [
        ("open", HOUR, None, "settled"),
        ("open", -SECOND, None, "ended"),
        ("processing", -SECOND, None, "settled"),
        ("creating", HOUR, "open", "opened, settled"),
        ("creating", -SECOND, "open", "opened, ended"),
        ("creating", HOUR, "failed", "opened"),
        ("creating", HOUR, "paid", "opened"),
    ],
)
async def test_what_is_done_about_a_try_that_is_due(
    state: str, ends: timedelta, opens: str | None, done: str, stripe: Stripe, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All of it in the reconciler's name, and nothing where opening it has brought it to its end."""
    attempt = await a_try(await an_order(), state, expires_at=clock.now() + ends)
    if opens == "failed":
        attempt.session_id = None
    steps: list[Any] = []

    async def open_page(given: object, attempt: Attempt, actor: str) -> Attempt:
        steps.append(("opened", given, actor))
        attempt.state = str(opens)
        return attempt

    async def end_session(given: object, session_id: str, actor: str) -> None:
        steps.append(("ended", given, actor))
        assert session_id == attempt.session_id

    async def settle(given: object, session_id: str, *, actor: str) -> None:
        steps.append(("settled", given, actor))
        assert session_id == attempt.session_id

    for step in (open_page, end_session, settle):
        monkeypatch.setattr(reconcile, step.__name__, step)
    await reconcile._look_at(cast("StripeGateway", stripe), attempt)
    assert steps == [(step, stripe, "reconciler") for step in done.split(", ")]
