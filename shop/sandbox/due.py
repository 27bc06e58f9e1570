"""What happens by itself when its time has come."""

from collections.abc import Callable

from shop.sandbox import charges, checkout, disputes, payment_methods, refunds, sessions, timers
from shop.sandbox.bank_accounts import BankAccount
from shop.sandbox.sandbox import Act, Sandbox
from shop.sandbox.shapes import Body


def run(sandbox: Sandbox) -> list[str]:
    """One thing may make another due at once, so it looks again until nothing is left; answers the events."""
    emitted: list[str] = []
    while ready := timers.due(sandbox.store, sandbox.clock.exactly()):
        for timer in ready:
            with sandbox.act() as act:
                act.store.remove("timer", timer["id"])
                kind, happens = HAPPENS[timer["what"]]
                subject = act.store.find(kind, timer["subject"])
                if subject is not None:
                    happens(act, subject)
            emitted += act.emitted
    return emitted


def _end(act: Act, session: Body) -> None:
    if session["status"] == "open":
        sessions.expire(act, session)


def _settle(act: Act, intent: Body) -> None:
    behaviour = payment_methods.behaviour_of(act.store, intent["payment_method"] or "")
    if intent["status"] == "processing" and isinstance(behaviour, BankAccount):
        checkout.settle(act, intent, behaviour.succeeds)


def _dispute(act: Act, charge: Body) -> None:
    behaviour = payment_methods.behaviour_of(act.store, charge["payment_method"])
    if behaviour.dispute:
        disputes.begin(act, charge, behaviour.dispute)


HAPPENS: dict[str, tuple[str, Callable[[Act, Body], None]]] = {
    "book a charge": ("charge", charges.book),
    "end a session": ("checkout.session", _end),
    "fail a refund": ("refund", refunds.fail),
    "finish a refund": ("refund", refunds.finish),
    "open a dispute": ("charge", _dispute),
    "settle a debit": ("payment_intent", _settle),
}
