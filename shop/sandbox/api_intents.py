"""Payment intents without Checkout: created, confirmed, changed and cancelled by the API alone."""

from shop.money import LARGEST_AMOUNT, Money, formatted, smallest_amount
from shop.sandbox import cards, emulated, errors, intents, metadata, payment_methods, session_parameters
from shop.sandbox.errors import ApiError
from shop.sandbox.payment_methods import Payer
from shop.sandbox.sandbox import Act
from shop.sandbox.shapes import Body

COPIED = (
    "description", "receipt_email", "shipping", "statement_descriptor", "statement_descriptor_suffix",
    "transfer_group",
)  # fmt: skip
HOW = ("capture_method", "confirmation_method", "expand", "payment_method", "return_url")
EMULATED_OF_CREATE = (*COPIED, *HOW, "amount", "automatic_payment_methods", "confirm", "currency", "metadata")
EMULATED_OF_UPDATE = (*COPIED, "amount", "expand", "metadata")


def create(act: Act, params: Body) -> Body:
    _check_emulated(params, EMULATED_OF_CREATE)
    _check_amount(params["amount"], params["currency"].lower())
    if params.get("payment_method") and not params.get("confirm"):
        _check_method(act, params["payment_method"])
    intent = intents.create(
        act,
        params["amount"],
        params["currency"].lower(),
        ["card"],
        automatic_payment_methods=_automatic(params),
        metadata=metadata.fresh(params),
        **{name: params[name] for name in COPIED if name in params},
    )
    if params.get("confirm"):
        return confirm(act, intent, params)
    if params.get("payment_method"):
        intent |= {
            "payment_method": _method(act, params["payment_method"])["id"],
            "status": "requires_confirmation",
        }
        act.store.change("payment_intent", intent)
    return intent


def update(act: Act, intent: Body, params: Body) -> Body:
    _check_emulated(params, EMULATED_OF_UPDATE)
    if intent["status"] in ("succeeded", "canceled", "processing") and params.keys() - {
        "metadata",
        "description",
    }:
        raise errors.unexpected_state(
            f"This PaymentIntent could not be updated because it has a status of {intent['status']}."
        )
    if "amount" in params:
        _refuse_for_sessions(act, intent, "update the amount of")
        _check_amount(params["amount"], intent["currency"])
        intent["amount"] = params["amount"]
    for name in COPIED:
        if name in params:
            intent[name] = params[name] or None
    intent["metadata"] = metadata.merged(intent["metadata"], params)
    return act.store.change("payment_intent", intent)


def confirm(act: Act, intent: Body, params: Body) -> Body:
    _check_emulated(params, (*EMULATED_OF_CREATE, "cancellation_reason"))
    _refuse_for_sessions(act, intent, "confirm")
    if intent["status"] not in ("requires_payment_method", "requires_confirmation"):
        raise errors.unexpected_state(
            f"You cannot confirm this PaymentIntent because it has a status of {intent['status']}."
        )
    named = params.get("payment_method") or intent["payment_method"]
    if not named:
        raise errors.missing("payment_method")
    if "return_url" in params:
        session_parameters.check_url(params["return_url"], "return_url")
    method = _method(act, named)
    intents.confirm(act, intent, method, params.get("return_url"))
    problem = intent["last_payment_error"]
    if problem is not None:
        raise _card_error(problem, intent)
    return intent


def cancel(act: Act, intent: Body, params: Body) -> Body:
    _refuse_for_sessions(act, intent, "cancel")
    if intent["status"] in ("succeeded", "canceled", "processing"):
        raise errors.unexpected_state(
            f"You cannot cancel this PaymentIntent because it has a status of {intent['status']}. Only a "
            "PaymentIntent with one of the following statuses may be canceled: requires_payment_method, "
            "requires_capture, requires_confirmation, requires_action."
        )
    return intents.cancel(act, intent, params.get("cancellation_reason"))


def _refuse_for_sessions(act: Act, intent: Body, verb: str) -> None:
    if act.store.all("checkout.session", ("$.payment_intent =", intent["id"])):
        raise errors.unexpected_state(
            f"You cannot {verb} this PaymentIntent because it was created by a Checkout Session. Expire "
            "the Checkout Session instead."
        )


def _check_emulated(params: Body, names: tuple[str, ...]) -> None:
    emulated.only(params, names)
    for name in ("capture_method", "confirmation_method"):
        if params.get(name) == "manual":
            raise errors.not_emulated(name)


def _check_amount(amount: int, currency: str) -> None:
    if amount < 1:
        raise errors.invalid(
            "This value must be greater than or equal to 1.", "amount", "parameter_invalid_integer"
        )
    least = smallest_amount(currency)
    if amount < least:
        shown = formatted(Money(least, currency.upper()), "en")
        raise errors.invalid(f"Amount must be at least {shown}", "amount", "amount_too_small")
    if amount > LARGEST_AMOUNT:
        shown = formatted(Money(LARGEST_AMOUNT, currency.upper()), "en")
        raise errors.invalid(f"Amount must be no more than {shown}", "amount", "amount_too_large")


def _automatic(params: Body) -> Body:
    wanted = params.get("automatic_payment_methods", {"enabled": True})
    return {"allow_redirects": "always", **wanted}


def _check_method(act: Act, name: str) -> None:
    if name not in cards.PAYMENT_METHODS and act.store.find("payment_method", name) is None:
        raise errors.no_such("PaymentMethod", name, "payment_method", status=400)


def _method(act: Act, name: str) -> Body:
    _check_method(act, name)
    known = act.store.find("payment_method", name)
    if known is not None:
        return known
    card = cards.CARDS[cards.PAYMENT_METHODS[name]]
    return payment_methods.from_card(act, card, (12, 2034), Payer())


def _card_error(problem: Body, intent: Body) -> ApiError:
    more = {
        name: value for name, value in problem.items() if name not in ("message", "type", "code", "doc_url")
    }
    return ApiError(
        402,
        problem["message"],
        kind="card_error",
        code=problem["code"],
        kept=True,
        payment_intent=intent,
        **more,
    )
