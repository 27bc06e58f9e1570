"""One try at taking the money of an intent."""

from shop.sandbox import balance, events, ids, timers
from shop.sandbox.bank_accounts import BankAccount
from shop.sandbox.cards import Card, Decline
from shop.sandbox.sandbox import Act
from shop.sandbox.shapes import Body, shape


def succeed(act: Act, intent: Body, method: Body, behaviour: Card | BankAccount, authenticated: bool) -> Body:
    charge = _charge(act, intent, method, _details(intent, method, authenticated), _outcome(None))
    charge |= {"amount_captured": charge["amount"], "captured": True, "paid": True, "status": "succeeded"}
    charge["receipt_url"] = f"{act.origin}/payments/{intent['id']}"
    act.store.add("charge", charge)
    events.emit(act, "charge.succeeded", charge)
    # Captured asynchronously, so the balance transaction comes a moment later, by `charge.updated`.
    timers.start(act, 1, "book a charge", charge["id"])
    if behaviour.dispute:
        timers.start(act, 1, "open a dispute", charge["id"])
    return charge


def fail(act: Act, intent: Body, method: Body, decline: Decline) -> Body:
    charge = _charge(act, intent, method, _details(intent, method, False), _outcome(decline))
    charge |= {"failure_code": decline.code, "failure_message": decline.message, "status": "failed"}
    act.store.add("charge", charge)
    events.emit(act, "charge.failed", charge)
    return charge


def begin(act: Act, intent: Body, method: Body) -> Body:
    """A debit is on its way: neither paid nor refused for days."""
    charge = _charge(act, intent, method, _details(intent, method, False), None)
    charge |= {"status": "pending", "captured": True, "amount_captured": charge["amount"]}
    charge["receipt_url"] = f"{act.origin}/payments/{intent['id']}"
    act.store.add("charge", charge)
    events.emit(act, "charge.pending", charge)
    return charge


def finish(act: Act, charge: Body, behaviour: Card | BankAccount, succeeds: bool) -> Body:
    if succeeds:
        charge |= {"paid": True, "status": "succeeded", "outcome": _outcome(None)}
        events.emit(act, "charge.succeeded", act.store.change("charge", charge))
        timers.start(act, 1, "book a charge", charge["id"])
        if behaviour.dispute:
            timers.start(act, 1, "open a dispute", charge["id"])
    else:
        charge |= {
            "amount_captured": 0,
            "captured": False,
            "failure_code": "debit_not_authorized",
            "failure_message": "The customer has notified their bank that this payment was unauthorized.",
            "status": "failed",
        }
        events.emit(act, "charge.failed", act.store.change("charge", charge))
    return charge


def book(act: Act, charge: Body) -> None:
    booked = balance.charged(act, charge)
    charge["balance_transaction"] = booked["id"]
    events.emit(act, "charge.updated", act.store.change("charge", charge), {"balance_transaction": None})


def _charge(act: Act, intent: Body, method: Body, details: Body, outcome: Body | None) -> Body:
    billing = method["billing_details"]
    return shape(
        "charge",
        id=ids.new("ch_3" if method["type"] == "card" else "py_3"),
        amount=intent["amount"],
        amount_captured=0,
        amount_refunded=0,
        billing_details=shape(
            "charge.BillingDetails", **{name: billing[name] for name in ("address", "email", "name", "phone")}
        ),
        calculated_statement_descriptor="SANDBOX",
        captured=False,
        created=act.now,
        currency=intent["currency"],
        description=intent["description"],
        disputed=False,
        fraud_details={},
        metadata=dict(intent["metadata"]),
        outcome=outcome,
        paid=False,
        payment_intent=intent["id"],
        payment_method=method["id"],
        payment_method_details=details,
        receipt_email=intent["receipt_email"],
        refunded=False,
        shipping=intent["shipping"],
        statement_descriptor=intent["statement_descriptor"],
        statement_descriptor_suffix=intent["statement_descriptor_suffix"],
        status="pending",
        transfer_group=intent["transfer_group"],
    )


def _details(intent: Body, method: Body, authenticated: bool) -> Body:
    if method["type"] == "sepa_debit":
        debit = {name: value for name, value in method["sepa_debit"].items() if name != "generated_from"}
        return {"type": "sepa_debit", "sepa_debit": shape("charge.PaymentMethodDetails.SepaDebit", **debit)}
    card = method["card"]
    copied = (
        "brand",
        "country",
        "exp_month",
        "exp_year",
        "fingerprint",
        "funding",
        "last4",
        "regulated_status",
    )
    return {
        "type": "card",
        "card": shape(
            "charge.PaymentMethodDetails.Card",
            **{name: card[name] for name in copied},
            amount_authorized=intent["amount"],
            authorization_code="123456",
            checks=shape("charge.PaymentMethodDetails.Card.Checks", cvc_check="pass"),
            network=card["brand"],
            three_d_secure=_three_d_secure() if authenticated else None,
        ),
    }


def _three_d_secure() -> Body:
    return shape(
        "charge.PaymentMethodDetails.Card.ThreeDSecure",
        authentication_flow="challenge",
        electronic_commerce_indicator="05",
        result="authenticated",
        transaction_id=ids.new("", 36),
        version="2.2.0",
    )


def _outcome(decline: Decline | None) -> Body:
    if decline is None:
        return shape(
            "charge.Outcome",
            network_status="approved_by_network",
            risk_level="normal",
            risk_score=12,
            seller_message="Payment complete.",
            type="authorized",
        )
    return shape(
        "charge.Outcome",
        advice_code="try_again_later" if decline.decline_code == "insufficient_funds" else None,
        network_status="declined_by_network",
        reason=decline.decline_code or decline.code,
        risk_level="normal",
        risk_score=12,
        seller_message="The bank did not return any further details with this decline.",
        type="issuer_declined",
    )
