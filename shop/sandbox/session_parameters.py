"""What a session may be asked for: the rules that no type can express."""

import re
from urllib.parse import urlsplit

from shop.money import LARGEST_AMOUNT, Money, formatted, smallest_amount
from shop.sandbox import emulated, errors
from shop.sandbox.shapes import Body

HALF_AN_HOUR, DAY = 30 * 60, 24 * 3600
LONGEST_REFERENCE = 200

EMULATED = (
    "adaptive_pricing", "allowed_payment_method_types", "billing_address_collection", "cancel_url",
    "client_reference_id", "currency", "custom_text", "customer_creation", "customer_email",
    "excluded_payment_method_types", "expand", "expires_at", "integration_identifier", "line_items", "locale",
    "metadata", "mode", "origin_context", "payment_intent_data", "phone_number_collection",
    "shipping_address_collection", "shipping_options", "submit_type", "success_url", "ui_mode",
    "wallet_options",
)  # fmt: skip
EMULATED_OF_INTENT = (
    "capture_method", "description", "metadata", "receipt_email", "shipping", "statement_descriptor",
    "statement_descriptor_suffix", "transfer_group",
)  # fmt: skip


def check(params: Body, now: int) -> None:
    if params.get("mode") is None:
        raise errors.missing("mode")
    if params["mode"] != "payment":
        raise errors.not_emulated("mode")
    if params.get("ui_mode", "hosted_page") != "hosted_page":
        raise errors.not_emulated("ui_mode")
    _check_emulated(params)
    if "success_url" not in params:
        raise errors.missing("success_url")
    for name in ("success_url", "cancel_url"):
        if name in params:
            check_url(params[name], name)
    _check_expiry(params, now)
    _check_customer(params)
    if len(params.get("client_reference_id", "")) > LONGEST_REFERENCE:
        raise errors.invalid(
            f"client_reference_id can have up to {LONGEST_REFERENCE} characters.", "client_reference_id"
        )


def check_total(total: int, currency: str) -> None:
    """Nothing to pay is a session too; a total between nothing and the minimum is none."""
    least = smallest_amount(currency)
    if 0 < total < least:
        shown, minimum = _shown(total, currency), _shown(least, currency)
        raise errors.invalid(
            f"The Checkout Session's total amount must convert to at least {minimum}. {shown} is less.",
            "line_items",
            "amount_too_small",
        )
    if total > LARGEST_AMOUNT:
        most = _shown(LARGEST_AMOUNT, currency)
        raise errors.invalid(
            f"The Checkout Session's total amount due must be no more than {most}.",
            "line_items",
            "amount_too_large",
        )


def _check_emulated(params: Body) -> None:
    emulated.only(params, EMULATED)
    intent = params.get("payment_intent_data", {})
    emulated.only(intent, EMULATED_OF_INTENT, "payment_intent_data")
    if intent.get("capture_method") == "manual":
        raise errors.not_emulated("payment_intent_data[capture_method]")
    if params.get("adaptive_pricing", {}).get("enabled"):
        raise errors.not_emulated("adaptive_pricing")


def check_url(url: str, name: str) -> None:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or re.search(r"\s", url):
        raise errors.invalid("Not a valid URL", name, "url_invalid")


def _check_expiry(params: Body, now: int) -> None:
    ends = params.get("expires_at", now + DAY)
    if ends < now + HALF_AN_HOUR:
        raise errors.invalid(
            "The `expires_at` timestamp must be at least 30 minutes from Checkout Session creation.",
            "expires_at",
        )
    if ends > now + DAY:
        raise errors.invalid(
            "The `expires_at` timestamp must be less than 24 hours from Checkout Session creation.",
            "expires_at",
        )


def _check_customer(params: Body) -> None:
    email = params.get("customer_email")
    if email is not None and not is_email(email):
        raise errors.invalid(f"Invalid email address: {email}", "customer_email", "email_invalid")


def is_email(text: str) -> bool:
    return len(text) <= 512 and re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s.]{2,}", text) is not None


def _shown(amount: int, currency: str) -> str:
    return formatted(Money(amount, currency.upper()), "en")
