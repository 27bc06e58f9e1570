"""Paying without a browser: what a shopper may do, by name."""

from shop.sandbox import bank_accounts, cards, checkout, shipping_choice
from shop.sandbox.checkout import Choice
from shop.sandbox.payment_methods import Payer
from shop.sandbox.sandbox import Act
from shop.sandbox.shapes import Body

OUTCOMES = {
    "card_success": "4242424242424242",
    "card_debit": "4000056655665556",
    "decline": "4000000000000002",
    "decline_insufficient_funds": "4000000000009995",
    "decline_lost_card": "4000000000009987",
    "decline_expired_card": "4000000000000069",
    "decline_processing_error": "4000000000000119",
    "authentication_required": "4000000000003220",
    "dispute": "4000000000000259",
    "dispute_product_not_received": "4000000000002685",
    "inquiry": "4000000000001976",
    "refund_pending": "4000000000007726",
    "refund_fails": "4000000000005126",
    "delayed": bank_accounts.UNDECIDED.iban,
    "delayed_success": "AT611904300234573201",
    "delayed_failure": "AT861904300235473202",
}
EMAIL = "shopper@example.com"


def pay(
    act: Act, session_id: str, outcome: str, instead: Body | None = None, email: str | None = None
) -> Body:
    session = act.store.find("checkout.session", session_id)
    if session is None:
        raise LookupError(f"There is no session {session_id}.")
    number = OUTCOMES[outcome]
    means = cards.CARDS.get(number) or bank_accounts.find(number)
    address = shipping_choice.example(session)
    choice = Choice(
        payer=Payer(email=session["customer_email"] or email or EMAIL, name="Sandy Shopper"),
        means=means if session["amount_total"] or instead else None,
        recipient="Sandy Shopper" if address else None,
        recipient_address=address,
    )
    return checkout.pay(act, session_id, choice, instead)
