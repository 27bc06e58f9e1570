"""Which charge a refund may be of, and how much."""

from shop.money import Money, formatted
from shop.sandbox import emulated, errors
from shop.sandbox.sandbox import Act
from shop.sandbox.shapes import Body

EMULATED = ("amount", "charge", "expand", "metadata", "payment_intent", "reason")


def charge_of(act: Act, params: Body) -> Body:
    emulated.only(params, EMULATED)
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
