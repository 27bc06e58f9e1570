"""What people and tests do to a sandbox from outside, on the dashboard and by the controls alike."""

from collections.abc import Callable

from shop.sandbox import checkout, deliveries, disputes, endpoints, play, refund_parameters, refunds, sessions
from shop.sandbox.checkout import NotOpenError
from shop.sandbox.deliverer import PATIENCE
from shop.sandbox.errors import ApiError
from shop.sandbox.rooms import Rooms
from shop.sandbox.sandbox import Act
from shop.sandbox.shapes import Body

MOST_WAIT = min(PATIENCE, 10.0)


class RefusedError(Exception):
    """It cannot be done, and the message says why."""


async def do(rooms: Rooms, change: Callable[[Act], Body | None], *, wait: bool) -> Body:
    """Makes the change; waiting, until every event of it was sent once, so that a test can go on to look."""
    try:
        with rooms.sandbox.act() as act:
            result = change(act) or {}
    except NotOpenError as problem:
        raise RefusedError("The session is not open, or asks for nothing.") from problem
    except ApiError as problem:
        raise RefusedError(str(problem)) from problem
    if wait:
        await rooms.deliverer.first_attempts(act.emitted, MOST_WAIT)
    return {"result": result, "events": act.emitted}


def pay(session_id: str, outcome: str, email: str | None, instead: Body) -> Callable[[Act], Body]:
    if outcome not in play.OUTCOMES:
        raise RefusedError(f"There is no outcome {outcome}; there are {', '.join(play.OUTCOMES)}.")
    return lambda act: play.pay(
        act, _found(act, "checkout.session", session_id)["id"], outcome, instead, email
    )


def answer(session_id: str, confirmed: bool) -> Callable[[Act], Body]:
    return lambda act: checkout.answer_bank(act, _found(act, "checkout.session", session_id)["id"], confirmed)


def expire(session_id: str) -> Callable[[Act], Body]:
    return lambda act: sessions.expire(act, _found(act, "checkout.session", session_id))


def settle(intent_id: str, succeeds: bool) -> Callable[[Act], Body]:
    def change(act: Act) -> Body:
        intent = _found(act, "payment_intent", intent_id)
        checkout.settle(act, intent, succeeds)
        return intent

    return change


def refund(intent_id: str, amount: int | None, goes: str) -> Callable[[Act], Body]:
    """As a colleague would in Stripe's own dashboard, where the shop hears of it by events alone."""
    if goes not in ("succeeded", "failed", "pending", "requires_action"):
        raise RefusedError("A refund goes succeeded, failed, pending or requires_action.")
    params = {"payment_intent": intent_id} | ({} if amount is None else {"amount": amount})

    def change(act: Act) -> Body:
        charge = refund_parameters.charge_of(act, params)
        return refunds.begin(act, charge, refund_parameters.amount_of(charge, params), goes, None, {})

    return change


def finish_refund(refund_id: str, succeeds: bool) -> Callable[[Act], Body]:
    def change(act: Act) -> Body:
        found = _found(act, "refund", refund_id)
        if succeeds:
            refunds.finish(act, found)
        else:
            refunds.fail(act, found)
        return found

    return change


def dispute(intent_id: str, reason: str) -> Callable[[Act], Body]:
    def change(act: Act) -> Body:
        intent = _found(act, "payment_intent", intent_id)
        charge = act.store.find("charge", intent["latest_charge"] or "")
        if charge is None or charge["status"] != "succeeded":
            raise RefusedError("There is no successful charge to dispute.")
        return disputes.begin(act, charge, reason)

    return change


def close_dispute(dispute_id: str, status: str) -> Callable[[Act], Body]:
    if status not in ("won", "lost"):
        raise RefusedError("A dispute is won or lost.")
    return lambda act: disputes.close(act, _found(act, "dispute", dispute_id), status)


def escalate_dispute(dispute_id: str) -> Callable[[Act], Body]:
    return lambda act: disputes.escalate(act, _found(act, "dispute", dispute_id))


def resend(event_id: str) -> Callable[[Act], Body]:
    """To every endpoint that listens, delivered before or not."""

    def change(act: Act) -> Body:
        event = _found(act, "event", event_id)
        act.emitted.append(event_id)
        sent = [
            deliveries.again(act, event, endpoint)["id"]
            for endpoint in endpoints.listening_to(act.store, event["type"])
        ]
        return {"deliveries": sent}

    return change


def _found(act: Act, kind: str, name: str) -> Body:
    body = act.store.find(kind, name)
    if body is None:
        raise RefusedError(f"There is no {kind} {name}.")
    return body
