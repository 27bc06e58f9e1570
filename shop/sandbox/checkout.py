"""A shopper pays a session."""

from dataclasses import dataclass

from shop.sandbox import errors, intents, metadata, payment_methods, sessions, shipping
from shop.sandbox.bank_accounts import BankAccount
from shop.sandbox.cards import Card
from shop.sandbox.payment_methods import Payer
from shop.sandbox.sandbox import Act
from shop.sandbox.shapes import Body, shape


class NotOpenError(Exception):
    """The session was paid or has ended meanwhile."""


@dataclass(frozen=True)
class Choice:
    """What the shopper sent: who they are, where it goes, and what they pay with (None: nothing to pay)."""

    payer: Payer
    means: Card | BankAccount | None
    expiry: tuple[int, int] = (12, 2034)
    recipient: str | None = None
    recipient_address: Body | None = None
    shipping_rate: str | None = None


def pay(act: Act, session_id: str, choice: Choice, instead: Body | None = None) -> Body:
    """The session afterwards: complete, or still open because the bank refuses or asks.

    `instead` is for tests: another `amount_total` or `currency` than the session was made for.
    """
    session = _still_open(act, session_id)
    _collect(act, session, choice)
    _choose_shipping(session, choice.shipping_rate)
    session |= instead or {}
    if choice.means is None:
        return sessions.complete(act, session, None)
    intent = _intent(act, session)
    session["payment_intent"] = intent["id"]
    act.store.change("checkout.session", session)
    return _follow(act, session, intents.confirm(act, intent, _method(act, choice)))


def choose_shipping(act: Act, session_id: str, rate: str) -> Body:
    session = _still_open(act, session_id)
    _choose_shipping(session, rate)
    return act.store.change("checkout.session", session)


def answer_bank(act: Act, session_id: str, confirmed: bool) -> Body:
    session = _still_open(act, session_id)
    intent = act.store.find("payment_intent", session["payment_intent"] or "")
    if intent is None or intent["status"] != "requires_action":
        raise NotOpenError(session_id)
    return _follow(act, session, intents.answer(act, intent, confirmed))


def settle(act: Act, intent: Body, succeeds: bool) -> None:
    sessions.settled(act, intents.settle(act, intent, succeeds))


def _still_open(act: Act, session_id: str) -> Body:
    session = act.store.find("checkout.session", session_id)
    # The timer may be a moment late, the clock is not.
    if session is None or session["status"] != "open" or session["expires_at"] <= act.now:
        raise NotOpenError(session_id)
    return session


def _follow(act: Act, session: Body, intent: Body) -> Body:
    if intent["status"] in ("succeeded", "processing"):
        return sessions.complete(act, session, intent)
    return session


def _collect(act: Act, session: Body, choice: Choice) -> None:
    """Kept aside: the session shows it once it is complete."""
    details, payer = sessions.details_of(act, session), choice.payer
    customer = shape(
        "checkout.session.CustomerDetails",
        address=payer.address or shape("Address"),
        email=payer.email,
        name=payer.name,
        phone=payer.phone,
        tax_exempt="none",
        tax_ids=[],
    )
    collected = None
    if choice.recipient_address is not None:
        shipped_to = {"address": choice.recipient_address, "name": choice.recipient or ""}
        collected = shape("checkout.session.CollectedInformation", shipping_details=shipped_to)
    details["collected"] = {"customer_details": customer, "collected_information": collected}
    act.store.change("session_details", details)


def _choose_shipping(session: Body, rate: str | None) -> None:
    for option in session["shipping_options"]:
        if option["shipping_rate"] == rate:
            session["shipping_cost"] = shipping.cost(option)
            session["total_details"]["amount_shipping"] = option["shipping_amount"]
            session["amount_total"] = session["amount_subtotal"] + option["shipping_amount"]


def _intent(act: Act, session: Body) -> Body:
    """Made by the first try; a declined shopper tries again with the same one."""
    intent = act.store.find("payment_intent", session["payment_intent"] or "")
    if intent is None:
        data = sessions.details_of(act, session)["payment_intent_data"]
        given = {name: data[name] for name in COPIED if name in data}
        intent = intents.create(
            act,
            session["amount_total"],
            session["currency"],
            session["payment_method_types"],
            metadata=metadata.fresh(data),
            **given,
        )
    if intent["status"] == "canceled":
        raise errors.unexpected_state("This PaymentIntent was canceled.")
    intent |= {"amount": session["amount_total"], "shipping": _address(act, session) or intent["shipping"]}
    return intent


COPIED = (
    "description", "receipt_email", "statement_descriptor", "statement_descriptor_suffix", "transfer_group",
    "shipping",
)  # fmt: skip


def _address(act: Act, session: Body) -> Body | None:
    collected = sessions.details_of(act, session)["collected"]["collected_information"]
    if collected is None:
        return None
    to = collected["shipping_details"]
    return shape("payment_intent.Shipping", address=to["address"], name=to["name"])


def _method(act: Act, choice: Choice) -> Body:
    if isinstance(choice.means, BankAccount):
        return payment_methods.from_bank_account(act, choice.means, choice.payer)
    assert choice.means is not None
    return payment_methods.from_card(act, choice.means, choice.expiry, choice.payer)
