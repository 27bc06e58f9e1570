"""Why a payment did not go through, in a sentence for the shopper."""

from shop.sandbox.shapes import Body

SENTENCES = {
    "insufficient_funds": "Your card has insufficient funds. Try a different card.",
    "test_mode_live_card": "Your card was declined: that is no test card. Use one of those listed below.",
    "card_velocity_exceeded": "Your card was declined because it was tried too often. Try a different card.",
    "expired_card": "Your card has expired. Try a different card.",
    "incorrect_cvc": "Your card's security code is incorrect. Check it and try again.",
    "processing_error": "An error occurred while your card was processed. Try again in a moment.",
    "payment_intent_authentication_failure": "Your bank could not confirm it. Try again or use another card.",
}
USUAL = "Your card was declined. Try a different card."


def why(problem: Body) -> str:
    for reason in (problem.get("decline_code"), problem.get("code")):
        if reason in SENTENCES:
            return SENTENCES[reason]
    return USUAL
