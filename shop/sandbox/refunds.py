"""Money on its way back."""

from shop.money import Money, formatted
from shop.sandbox import balance, errors, events, ids, metadata, payment_methods, timers
from shop.sandbox.cards import Card
from shop.sandbox.sandbox import Act
from shop.sandbox.shapes import Body, shape

SOON = 5


def create(act: Act, params: Body) -> Body:
    for name in (
        "customer",
        "currency",
        "instructions_email",
        "origin",
        "refund_application_fee",
        "reverse_transfer",
    ):
        if params.get(name):
            raise errors.not_emulated(name)
    charge = refundable_charge(act, params)
    amount = amount_of(charge, params)
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


def refundable_charge(act: Act, params: Body) -> Body:
    if "charge" in params and "payment_intent" in params:
        raise errors.invalid(
            "You may only specify one of these parameters: charge, payment_intent.",
            "charge",
            "parameters_exclusive",
        )
    if "charge" in params:
        charge = act.store.find("charge", params["charge"])
        if charge is None:
            raise errors.no_such("charge", params["charge"], "charge")
    elif "payment_intent" in params:
        charge = _charge_of_intent(act, params["payment_intent"])
    else:
        raise errors.invalid(
            "One of the following params should be provided for this request: payment_intent or charge.",
            code="parameter_missing",
        )
    _check_refundable(act, charge)
    return charge


def _charge_of_intent(act: Act, intent_id: str) -> Body:
    intent = act.store.find("payment_intent", intent_id)
    if intent is None:
        raise errors.no_such("payment_intent", intent_id, "payment_intent")
    charge = act.store.find("charge", intent["latest_charge"] or "")
    if charge is None or charge["status"] != "succeeded":
        raise errors.unexpected_state(
            f"This PaymentIntent ({intent_id}) does not have a successful charge to refund.",
            param="payment_intent",
        )
    return charge


def _check_refundable(act: Act, charge: Body) -> None:
    if charge["status"] != "succeeded":
        raise errors.invalid(
            f"Charge {charge['id']} is not refundable: its status is {charge['status']}.",
            code="charge_not_refundable",
        )
    for dispute in act.store.all("dispute", ("$.charge =", charge["id"])):
        if not dispute["is_charge_refundable"] and dispute["status"] != "won":
            raise errors.invalid(
                f"Charge {charge['id']} has been charged back; cannot issue a refund.", code="charge_disputed"
            )
    if charge["refunded"]:
        raise errors.invalid(
            f"Charge {charge['id']} has already been refunded.", code="charge_already_refunded"
        )


def amount_of(charge: Body, params: Body) -> int:
    left = charge["amount"] - charge["amount_refunded"]
    amount = int(params.get("amount", left))
    if amount < 1:
        raise errors.invalid("Invalid positive integer", "amount", "parameter_invalid_integer")
    if amount > left:
        asked, most = (formatted(Money(part, charge["currency"].upper()), "en") for part in (amount, left))
        raise errors.invalid(
            f"Refund amount ({asked}) is greater than unrefunded amount on charge ({most})", "amount"
        )
    return amount


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
