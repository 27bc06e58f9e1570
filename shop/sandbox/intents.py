"""A payment intent: one wish to be paid, however many tries it takes."""

from shop.sandbox import charges, errors, events, ids, payment_methods, timers
from shop.sandbox.bank_accounts import BankAccount
from shop.sandbox.cards import Card, Decline, decline_of
from shop.sandbox.sandbox import Act
from shop.sandbox.shapes import Body, shape

FAILED_CONFIRMATION = Decline(
    "payment_intent_authentication_failure",
    None,
    "We are unable to authenticate your payment method. Please choose a different payment method and "
    "try again.",
)
FAILED_DEBIT = Decline(
    "payment_intent_payment_attempt_failed", None, "The payment failed: the bank did not honour the debit."
)


def create(act: Act, amount: int, currency: str, methods: list[str], **given: object) -> Body:
    intent_id = ids.new("pi_3")
    intent = shape(
        "payment_intent",
        id=intent_id,
        amount=amount,
        amount_capturable=0,
        amount_details={},
        amount_received=0,
        capture_method="automatic_async",
        client_secret=f"{intent_id}_secret_{ids.new('', 25)}",
        confirmation_method="automatic",
        created=act.now,
        currency=currency,
        payment_method_options=_method_options(methods),
        payment_method_types=methods,
        status="requires_payment_method",
        **{"metadata": {}, **given},
    )
    act.store.add("payment_intent", intent)
    events.emit(act, "payment_intent.created", intent)
    return intent


def confirm(act: Act, intent: Body, method: Body, return_url: str | None = None) -> Body:
    """Afterwards the status says what became of it, and `last_payment_error` why it failed."""
    behaviour = payment_methods.behaviour_of(act.store, method["id"])
    intent |= {"payment_method": method["id"], "last_payment_error": None, "next_action": None}
    if isinstance(behaviour, BankAccount):
        _begin_debit(act, intent, method, behaviour)
    elif behaviour.asks:
        _ask(act, intent, return_url)
    else:
        _charge(act, intent, method, behaviour, authenticated=False)
    return intent


def answer(act: Act, intent: Body, confirmed: bool) -> Body:
    """The shopper's answer to their bank's question."""
    method = act.store.find("payment_method", intent["payment_method"])
    if intent["status"] != "requires_action" or method is None:
        raise errors.unexpected_state(
            f"This PaymentIntent's status is {intent['status']}: it asks for nothing."
        )
    intent["next_action"] = None
    if confirmed:
        behaviour = payment_methods.behaviour_of(act.store, method["id"])
        assert isinstance(behaviour, Card)
        _charge(act, intent, method, behaviour, authenticated=True)
    else:
        _refuse(act, intent, method, FAILED_CONFIRMATION, charge_id=None)
    return intent


def settle(act: Act, intent: Body, succeeds: bool) -> Body:
    """The end of a delayed payment."""
    charge = act.store.find("charge", intent["latest_charge"] or "")
    method = act.store.find("payment_method", intent["payment_method"] or "")
    if intent["status"] != "processing" or charge is None or method is None:
        raise errors.unexpected_state(
            f"This PaymentIntent's status is {intent['status']}: it is not under way."
        )
    timers.cancel(act, "settle a debit", intent["id"])
    charges.finish(act, charge, payment_methods.behaviour_of(act.store, method["id"]), succeeds)
    if succeeds:
        _received(act, intent)
    else:
        _refuse(act, intent, method, FAILED_DEBIT, charge["id"])
    return intent


def cancel(act: Act, intent: Body, reason: str | None) -> Body:
    intent |= {
        "canceled_at": act.now,
        "cancellation_reason": reason,
        "next_action": None,
        "status": "canceled",
    }
    act.store.change("payment_intent", intent)
    events.emit(act, "payment_intent.canceled", intent)
    return intent


def _charge(act: Act, intent: Body, method: Body, card: Card, authenticated: bool) -> None:
    decline = decline_of(card)
    if decline is None:
        charge = charges.succeed(act, intent, method, card, authenticated)
        intent["latest_charge"] = charge["id"]
        _received(act, intent)
    else:
        charge = charges.fail(act, intent, method, decline)
        intent["latest_charge"] = charge["id"]
        _refuse(act, intent, method, decline, charge["id"])


def _received(act: Act, intent: Body) -> None:
    intent |= {"amount_received": intent["amount"], "status": "succeeded"}
    act.store.change("payment_intent", intent)
    events.emit(act, "payment_intent.succeeded", intent)


def _refuse(act: Act, intent: Body, method: Body, decline: Decline, charge_id: str | None) -> None:
    intent |= {
        "last_payment_error": _payment_error(method, decline, charge_id),
        "payment_method": None,
        "status": "requires_payment_method",
    }
    act.store.change("payment_intent", intent)
    events.emit(act, "payment_intent.payment_failed", intent)


def _payment_error(method: Body, decline: Decline, charge_id: str | None) -> Body:
    error = {
        "code": decline.code,
        "decline_code": decline.decline_code,
        "charge": charge_id,
        "doc_url": errors.DOCS + decline.code.replace("_", "-"),
        "message": decline.message,
        "payment_method": method,
        "payment_method_type": method["type"] if method["type"] != "card" else None,
        "type": "card_error" if method["type"] == "card" and charge_id else "invalid_request_error",
    }
    return shape("api_errors", **{name: value for name, value in error.items() if value is not None})


def _ask(act: Act, intent: Body, return_url: str | None) -> None:
    intent |= {
        "next_action": {
            "type": "redirect_to_url",
            "redirect_to_url": shape(
                "payment_intent.NextAction.RedirectToUrl",
                return_url=return_url,
                url=f"{act.origin}/challenge/{intent['id']}",
            ),
        },
        "status": "requires_action",
    }
    act.store.change("payment_intent", intent)
    events.emit(act, "payment_intent.requires_action", intent)


def _begin_debit(act: Act, intent: Body, method: Body, account: BankAccount) -> None:
    charge = charges.begin(act, intent, method)
    intent |= {"latest_charge": charge["id"], "status": "processing"}
    act.store.change("payment_intent", intent)
    events.emit(act, "payment_intent.processing", intent)
    if account.after is not None:
        timers.start(act, account.after, "settle a debit", intent["id"])


def _method_options(methods: list[str]) -> Body:
    options: Body = {}
    if "card" in methods:
        options["card"] = shape(
            "payment_intent.PaymentMethodOptions.Card", request_three_d_secure="automatic"
        )
    if "sepa_debit" in methods:
        options["sepa_debit"] = {}
    return options
