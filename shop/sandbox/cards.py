"""The card numbers that Stripe publishes for tests (https://docs.stripe.com/testing), and what each does."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Decline:
    code: str
    decline_code: str | None
    message: str


@dataclass(frozen=True)
class Card:
    """`asks`: the bank wants a confirmation. `dispute`: comes right after. `refund`: how refunds go."""

    number: str
    brand: str
    does: str
    decline: str | None = None
    asks: bool = False
    dispute: str | None = None
    refund: str = "succeeded"
    funding: str = "credit"
    country: str = "US"

    @property
    def last4(self) -> str:
        return self.number[-4:]


DECLINES = {
    "generic": Decline("card_declined", "generic_decline", "Your card was declined."),
    "funds": Decline("card_declined", "insufficient_funds", "Your card has insufficient funds."),
    "lost": Decline("card_declined", "lost_card", "Your card was declined."),
    "stolen": Decline("card_declined", "stolen_card", "Your card was declined."),
    "fraudulent": Decline("card_declined", "fraudulent", "Your card was declined."),
    "velocity": Decline(
        "card_declined",
        "card_velocity_exceeded",
        "Your card was declined for making repeated attempts too frequently.",
    ),
    "expired": Decline("expired_card", None, "Your card has expired."),
    "cvc": Decline("incorrect_cvc", None, "Your card's security code is incorrect."),
    "processing": Decline(
        "processing_error", None, "An error occurred while processing your card. Try again in a little bit."
    ),
    "not a test card": Decline(
        "card_declined",
        "test_mode_live_card",
        "Your card was declined. Your request was in test mode, but used a non test card. For a list of "
        "valid test cards, visit: https://stripe.com/docs/testing.",
    ),
}

CARDS = {
    card.number: card
    for card in (
        Card("4242424242424242", "visa", "pays"),
        Card("4000056655665556", "visa", "pays (debit)", funding="debit"),
        Card("5555555555554444", "mastercard", "pays"),
        Card("2223003122003222", "mastercard", "pays"),
        Card("5200828282828210", "mastercard", "pays (debit)", funding="debit"),
        Card("378282246310005", "amex", "pays (four-digit security code)"),
        Card("6011111111111117", "discover", "pays"),
        Card("3056930009020004", "diners", "pays"),
        Card("3566002020360505", "jcb", "pays", country="JP"),
        Card("6200000000000005", "unionpay", "pays", country="CN"),
        Card("4000000000000077", "visa", "pays"),
        Card("4000002760000016", "visa", "pays (German card)", country="DE"),
        Card("4000000000000002", "visa", "is declined", decline="generic"),
        Card("4000000000009995", "visa", "has insufficient funds", decline="funds"),
        Card("4000000000009987", "visa", "was lost", decline="lost"),
        Card("4000000000009979", "visa", "was stolen", decline="stolen"),
        Card("4000000000000069", "visa", "has expired", decline="expired"),
        Card("4000000000000127", "visa", "has another security code", decline="cvc"),
        Card("4000000000000119", "visa", "meets a processing error", decline="processing"),
        Card("4000000000006975", "visa", "was tried too often", decline="velocity"),
        Card("4100000000000019", "visa", "is blocked as fraudulent", decline="fraudulent"),
        Card("4000002500003155", "visa", "asks for confirmation, then pays", asks=True),
        Card("4000002760003184", "visa", "asks for confirmation, then pays", asks=True),
        Card("4000000000003220", "visa", "asks for confirmation, then pays", asks=True),
        Card(
            "4000008400001629",
            "visa",
            "asks for confirmation, then is declined",
            asks=True,
            decline="generic",
        ),
        Card(
            "4000008260003178", "visa", "asks for confirmation, then lacks funds", asks=True, decline="funds"
        ),
        Card("4000000000000259", "visa", "pays, then is disputed as fraudulent", dispute="fraudulent"),
        Card(
            "4000000000002685", "visa", "pays, then is disputed: not received", dispute="product_not_received"
        ),
        Card("4000000000001976", "visa", "pays, then the bank asks (inquiry)", dispute="inquiry"),
        Card("4000000000007726", "visa", "pays; refunds are pending at first", refund="pending"),
        Card("4000000000005126", "visa", "pays; refunds fail later", refund="failed"),
    )
}

# The names by which the API takes the same cards without a form.
PAYMENT_METHODS = {
    "pm_card_visa": "4242424242424242",
    "pm_card_visa_debit": "4000056655665556",
    "pm_card_mastercard": "5555555555554444",
    "pm_card_amex": "378282246310005",
    "pm_card_discover": "6011111111111117",
    "pm_card_bypassPending": "4000000000000077",
    "pm_card_visa_chargeDeclined": "4000000000000002",
    "pm_card_chargeDeclined": "4000000000000002",
    "pm_card_visa_chargeDeclinedInsufficientFunds": "4000000000009995",
    "pm_card_chargeDeclinedInsufficientFunds": "4000000000009995",
    "pm_card_visa_chargeDeclinedLostCard": "4000000000009987",
    "pm_card_visa_chargeDeclinedStolenCard": "4000000000009979",
    "pm_card_chargeDeclinedExpiredCard": "4000000000000069",
    "pm_card_chargeDeclinedIncorrectCvc": "4000000000000127",
    "pm_card_chargeDeclinedProcessingError": "4000000000000119",
    "pm_card_authenticationRequired": "4000002760003184",
    "pm_card_threeDSecure2Required": "4000000000003220",
    "pm_card_createDispute": "4000000000000259",
    "pm_card_createDisputeProductNotReceived": "4000000000002685",
    "pm_card_createDisputeInquiry": "4000000000001976",
    "pm_card_pendingRefund": "4000000000007726",
    "pm_card_refundFail": "4000000000005126",
}


def decline_of(card: Card) -> Decline | None:
    return DECLINES[card.decline] if card.decline else None


def passes_luhn(number: str) -> bool:
    digits = [int(digit) for digit in reversed(number)]
    doubled = [digit * 2 - 9 if digit > 4 else digit * 2 for digit in digits[1::2]]
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0


def unknown_card(number: str) -> Card:
    """A number that could be somebody's real card is declined, and only its last digits are kept."""
    brand = "amex" if number.startswith(("34", "37")) else "visa" if number.startswith("4") else "mastercard"
    return Card(f"000000000000{number[-4:]}", brand, "is no test card", decline="not a test card")
