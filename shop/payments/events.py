"""The ledger of what Stripe told us: noted first, acted on afterwards, tried again until it has a result."""

from datetime import timedelta

from shop import clock
from shop.payments.facts import EventFacts
from shop.payments.tables import StripeEvent

# Pauses grow from seconds to hours; after the last one the event is left to people.
PAUSES = tuple(timedelta(seconds=seconds) for seconds in (5, 15, 60, 300, 900, 3600, 3600, 7200, 14400))


async def noted(event: EventFacts) -> bool:
    """Keeps the event; False where it has its result already, so nothing is left to do."""
    now = clock.now()
    await StripeEvent.insert(
        StripeEvent(
            {
                StripeEvent.event_id: event.id,
                StripeEvent.kind: event.kind[:100],
                StripeEvent.session_id: event.session_id,
                StripeEvent.payment_intent_id: event.payment_intent_id,
                StripeEvent.charge_id: event.charge_id,
                StripeEvent.attempt: event.attempt,
                StripeEvent.shop: event.shop,
                StripeEvent.received_at: now,
                StripeEvent.try_after: now + PAUSES[0],
            }
        )
    ).on_conflict(action="DO NOTHING")
    row = await StripeEvent.select(StripeEvent.processed_at).where(StripeEvent.event_id == event.id).first()
    return row is not None and row["processed_at"] is None


async def done(event_id: str | None, result: str) -> None:
    """Inside the transaction that holds the event's effect."""
    if event_id is not None:
        await StripeEvent.update(
            {
                StripeEvent.processed_at: clock.now(),
                StripeEvent.result: result[:100],
                StripeEvent.problem: None,
                StripeEvent.given_up_at: None,
            }
        ).where((StripeEvent.event_id == event_id) & StripeEvent.processed_at.is_null())


async def not_yet(event_id: str, problem: str) -> None:
    """The try failed: another follows later, and after many the event waits for people."""
    row = await StripeEvent.select(StripeEvent.tries).where(StripeEvent.event_id == event_id).first()
    if row is None:
        return
    tries = row["tries"] + 1
    given_up = tries > len(PAUSES)
    await StripeEvent.update(
        {
            StripeEvent.tries: tries,
            StripeEvent.problem: problem[:500],
            StripeEvent.try_after: clock.now() + PAUSES[min(tries, len(PAUSES)) - 1],
            StripeEvent.given_up_at: clock.now() if given_up else None,
        }
    ).where((StripeEvent.event_id == event_id) & StripeEvent.processed_at.is_null())


async def due(limit: int = 100, *, everything: bool) -> list[EventFacts]:
    """Events without a result whose time has come, or all of them, given up or not; oldest first."""
    waiting = StripeEvent.processed_at.is_null()
    its_time = StripeEvent.given_up_at.is_null() & (StripeEvent.try_after <= clock.now())
    rows = (
        await StripeEvent.select()
        .where(waiting if everything else waiting & its_time)
        .order_by(StripeEvent.received_at)
        .limit(limit)
    )
    return [
        EventFacts(
            id=row["event_id"],
            kind=row["kind"],
            livemode=False,
            account=None,
            session_id=row["session_id"],
            payment_intent_id=row["payment_intent_id"],
            charge_id=row["charge_id"],
            attempt=row["attempt"],
            shop=row["shop"],
        )
        for row in rows
    ]
