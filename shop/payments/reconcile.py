"""Asks Stripe about all that should have ended by now: a lost event costs minutes, not an order.

May run anywhere, any number of times, beside anything: all it does goes through settle.
"""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from shop import clock
from shop.errors import GatewayRefused, GatewayUnreachable
from shop.orders.log import RECONCILER
from shop.orders.tables import Order
from shop.payments import attempts, events, lease, refunds
from shop.payments.aftermath import close_leftover, end_session
from shop.payments.handling import KINDS, handle
from shop.payments.opening import open_page
from shop.payments.settle import settle
from shop.payments.stripe_gateway import StripeGateway
from shop.payments.tables import Attempt, Installation
from shop.web.cookies import mint

log = logging.getLogger("shop")

CREATING_AFTER = timedelta(seconds=60)
OPEN_EVERY = timedelta(minutes=2)
PROCESSING_EVERY = timedelta(hours=1)
EVENTS_EVERY = timedelta(minutes=10)
OVERLAP = timedelta(hours=1)
REACHES_BACK = timedelta(days=29)


@dataclass(slots=True)
class Report:
    """How many things were looked at, and how many of them Stripe gave no answer about."""

    events: int = 0
    attempts: int = 0
    refunds: int = 0
    unanswered: int = 0

    def __str__(self) -> str:
        return (
            f"{self.events} events, {self.attempts} attempts and {self.refunds} refunds looked at,"
            f" {self.unanswered} without an answer"
        )


async def run_once(gateway: StripeGateway, *, everything: bool = False) -> Report:
    """One round; `everything` looks at what was looked at just now, too."""
    report = Report()
    await _read_events(gateway, report, everything)
    for event in await events.due(everything=everything):
        report.events += 1
        await handle(gateway, event)
    # What each of them leaves to be done is found by the two questions after it.
    for attempt in await _due_attempts(everything):
        report.attempts += 1
        await _answered(report, _look_at(gateway, attempt))
    for token in await refunds.requested():
        report.refunds += 1
        await _answered(report, refunds.carry_out(gateway, token))
    for order in await _ended_with_a_live_attempt():
        await _answered(report, close_leftover(gateway, order))
    return report


async def _answered(report: Report, step: Any) -> None:
    try:
        await step
    except (GatewayUnreachable, GatewayRefused) as problem:
        report.unanswered += 1
        log.warning("reconciling: %s: %s", type(problem).__name__, problem)
    except Exception:
        # One row that cannot be dealt with must not keep all the others waiting.
        report.unanswered += 1
        log.exception("reconciling")


async def _look_at(gateway: StripeGateway, attempt: Attempt) -> None:
    """Opens what was never answered, closes what has run out, and reads everything else again."""
    if attempt.state == "creating":
        attempt = await _opened(gateway, attempt)
    if attempt.session_id is None or attempt.state not in attempts.LIVE:
        return
    if attempt.state == "open" and attempt.expires_at <= clock.now():
        await end_session(gateway, attempt.session_id, RECONCILER)
    else:
        await settle(gateway, attempt.session_id, actor=RECONCILER)


async def _opened(gateway: StripeGateway, attempt: Attempt) -> Attempt:
    try:
        return await open_page(gateway, attempt, RECONCILER)
    except GatewayRefused:
        # Stripe's answer is an answer: the order is its shopper's again.
        return await attempts.by_token(attempt.token)


async def _due_attempts(everything: bool) -> list[Attempt]:
    now = clock.now()
    live = await Attempt.objects().where(Attempt.state.is_in(list(attempts.LIVE))).order_by(Attempt.id)
    return [attempt for attempt in live if everything or _due(attempt, now)]


def _due(attempt: Attempt, now: datetime) -> bool:
    last = attempt.checked_at or attempt.created_at
    if attempt.state == "creating":
        return now - attempt.created_at > CREATING_AFTER
    if attempt.state == "open":
        return attempt.expires_at <= now or now - last > OPEN_EVERY
    return now - last > PROCESSING_EVERY


async def _ended_with_a_live_attempt() -> list[int]:
    """Orders that are paid, cancelled or to be cancelled, and that somebody could still pay."""
    ended = Order.status.is_in(["paid", "cancelled"]) | Order.cancelling_at.is_not_null()
    rows = await Attempt.select(Attempt.order).where(
        (Attempt.state == "open") & Attempt.order.is_in(Order.select(Order.id).where(ended))
    )
    return [row["order"] for row in rows]


async def _read_events(gateway: StripeGateway, report: Report, everything: bool) -> None:
    """Notes what Stripe says it has told us and nobody heard."""
    now = clock.now()
    row = await Installation.select(Installation.events_read_to).first()
    assert row is not None, "the first migration wrote it"
    read_to = row["events_read_to"]
    if not everything and read_to is not None and now - read_to < EVENTS_EVERY:
        return
    if not everything and not await lease.take("events", mint(), EVENTS_EVERY):
        # The last try found no answer; it is not repeated at every round.
        return
    since = max((read_to or now) - OVERLAP, now - REACHES_BACK)
    try:
        async for event in gateway.events(KINDS, since):
            if event.livemode == gateway.livemode and event.account is None:
                await events.noted(event)
    except GatewayRefused as problem:
        # A restricted key need not show them; every payment is asked for by itself all the same.
        log.warning("Stripe does not show its events to this key: %s", problem)
        return
    except GatewayUnreachable as problem:
        report.unanswered += 1
        log.warning("Stripe's events could not be read: %s", problem)
        return
    await Installation.update({Installation.events_read_to: now}).where(Installation.id == 1)
