"""Money on its way back."""

from shop.sandbox import balance, errors, events, ids, metadata, payment_methods, refund_parameters, timers
from shop.sandbox.cards import Card
from shop.sandbox.sandbox import Act
from shop.sandbox.shapes import Body, shape

SOON = 5


def create(act: Act, params: Body) -> Body:
    charge = refund_parameters.charge_of(act, params)
    amount = refund_parameters.amount_of(charge, params)
    method = act.store.find("payment_method", charge["payment_method"]) or {"id": ""}
    behaviour = payment_methods.behaviour_of(act.store, method["id"])
    goes = behaviour.refund if isinstance(behaviour, Card) else "pending"
    return begin(act, charge, amount, goes, params.get("reason"), metadata.fresh(params))


def begin(act: Act, charge: Body, amount: int, goes: str, reason: str | None, given: dict[str, str]) -> Body:
    """`goes`: `succeeded`, `failed` (after it seemed to succeed), `pending` or `requires_action` first."""
    refund = shape(
        "refund",
        id=ids.new("re_3" if charge["id"].startswith("ch_") else "pyr_1"),
        amount=amount,
        charge=charge["id"],
        created=act.now,
        currency=charge["currency"],
        metadata=given,
        payment_intent=charge["payment_intent"],
        payment_method=charge["payment_method"],
        reason=reason,
        status=goes if goes in ("pending", "requires_action") else "succeeded",
    )
    if charge["id"].startswith("ch_"):
        refund["destination_details"] = _destination("pending")
    if goes == "pending":
        refund["pending_reason"] = "processing"
    if refund["status"] == "succeeded":
        refund["balance_transaction"] = balance.refunded(act, refund)["id"]
    act.store.add("refund", refund)
    events.emit(act, "refund.created", refund)
    _count(act, charge, amount)
    if goes != "requires_action":
        timers.start(act, SOON, "fail a refund" if goes == "failed" else "finish a refund", refund["id"])
    return refund


def update(act: Act, refund: Body, params: Body) -> Body:
    before = dict(refund)
    refund["metadata"] = metadata.merged(refund["metadata"], params)
    act.store.change("refund", refund)
    if refund != before:
        _tell_update(act, before, refund)
    return refund


def cancel(act: Act, refund: Body) -> Body:
    if refund["status"] != "requires_action":
        raise errors.invalid(
            f"Refund {refund['id']} cannot be canceled: only refunds with a status of requires_action can "
            f"be, and its status is {refund['status']}.",
            "refund",
        )
    _stop(act, refund, "canceled", "refund.updated", {})
    return refund


def finish(act: Act, refund: Body) -> None:
    """A pending refund arrives; one that had arrived gets its reference from the bank."""
    if refund["status"] not in ("pending", "succeeded"):
        return
    timers.cancel(act, "finish a refund", refund["id"])
    before = dict(refund)
    if refund["status"] == "pending":
        refund.pop("pending_reason", None)
        refund |= {"status": "succeeded", "balance_transaction": balance.refunded(act, refund)["id"]}
    if "destination_details" in refund:
        refund["destination_details"] = _destination("available")
    act.store.change("refund", refund)
    _tell_update(act, before, refund)


def fail(act: Act, refund: Body) -> None:
    """The bank sends the money back: it is the account's again."""
    if refund["status"] not in ("pending", "succeeded", "requires_action"):
        return
    for waiting in ("finish a refund", "fail a refund"):
        timers.cancel(act, waiting, refund["id"])
    given = {"failure_reason": "expired_or_canceled_card"}
    if refund["status"] == "succeeded":
        given["failure_balance_transaction"] = balance.refund_failed(act, refund)["id"]
    _stop(act, refund, "failed", "refund.failed", given)


def _stop(act: Act, refund: Body, status: str, event: str, given: Body) -> None:
    before = dict(refund)
    refund.pop("pending_reason", None)
    refund |= {"status": status} | given
    act.store.change("refund", refund)
    charge = act.store.find("charge", refund["charge"])
    if charge is not None:
        charge |= {"amount_refunded": charge["amount_refunded"] - refund["amount"], "refunded": False}
        act.store.change("charge", charge)
    previous = events.changes(before, refund)
    events.emit(act, event, refund, previous if event == "refund.updated" else None)
    events.emit(act, "charge.refund.updated", refund, previous)


def _count(act: Act, charge: Body, amount: int) -> None:
    before = {"amount_refunded": charge["amount_refunded"], "refunded": charge["refunded"]}
    charge["amount_refunded"] += amount
    charge["refunded"] = charge["amount_refunded"] == charge["amount"]
    act.store.change("charge", charge)
    previous = {name: value for name, value in before.items() if charge[name] != value}
    events.emit(act, "charge.refunded", charge, previous)


def _tell_update(act: Act, before: Body, refund: Body) -> None:
    previous = events.changes(before, refund)
    events.emit(act, "refund.updated", refund, previous)
    events.emit(act, "charge.refund.updated", refund, previous)


def _destination(status: str) -> Body:
    card = {"type": "refund", "reference_status": status, "reference_type": "acquirer_reference_number"}
    if status == "available":
        card["reference"] = "4242424242424242424242"
    return {"type": "card", "card": card}
