"""From Stripe's JSON to `facts.py`. Enums are open: what is unknown stays a word."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, TypeVar

from shop.errors import GatewayUnreachable
from shop.payments.facts import DisputeFacts, EventFacts, IntentFacts, RefundFacts, SessionFacts

Json = dict[str, Any]
T = TypeVar("T")

SESSION_ID = re.compile(r"cs_(test|live)_[A-Za-z0-9]{10,200}")


def shaped(found: Any, read: Callable[[Json], T]) -> T:
    """What `read` makes of an answer; one in another shape is no answer. Raises GatewayUnreachable."""
    try:
        return read(found.to_dict())
    except (KeyError, TypeError, AttributeError, ValueError) as problem:
        raise GatewayUnreachable(f"Stripe's answer has not the shape we know: {problem!r}") from None


def signed_at(signature: str) -> int:
    """The second at which a webhook says it was signed."""
    return int(next(part[2:] for part in signature.split(",") if part.startswith("t=")))


def session(found: Json) -> SessionFacts:
    metadata = found.get("metadata") or {}
    intent = found.get("payment_intent")
    return SessionFacts(
        id=_session_id(found["id"]),
        url=_web_address(found.get("url")),
        livemode=bool(found.get("livemode")),
        mode=found.get("mode") or "",
        status=found.get("status") or "",
        payment_status=found.get("payment_status") or "",
        shop=metadata.get("shop") or "",
        order=metadata.get("order") or "",
        attempt=metadata.get("attempt") or "",
        reference=found.get("client_reference_id") or "",
        amount=found.get("amount_total"),
        currency=(found.get("currency") or "").upper(),
        created=moment(found.get("created")),
        expires_at=moment(found.get("expires_at")),
        intent=payment_intent(intent) if isinstance(intent, dict) else None,
        intent_id=identity(intent),
    )


def _session_id(value: str) -> str:
    # An empty id would ask for the whole list, and a strange one for something else.
    if not SESSION_ID.fullmatch(value):
        raise ValueError("no id of a Checkout Session")
    return value


def _web_address(value: object) -> str | None:
    """A page that a browser may be sent to."""
    return value if isinstance(value, str) and value.startswith(("https://", "http://")) else None


def payment_intent(found: Json) -> IntentFacts:
    charge = found.get("latest_charge")
    expanded = charge if isinstance(charge, dict) else {}
    return IntentFacts(
        id=found["id"],
        status=found.get("status") or "",
        received=found.get("amount_received") or 0,
        currency=(found.get("currency") or "").upper(),
        charge_id=identity(charge),
        returned=expanded.get("amount_refunded") or 0,
        disputed=bool(expanded.get("disputed")),
    )


def refund(found: Json) -> RefundFacts:
    return RefundFacts(
        id=found["id"],
        amount=found["amount"],
        currency=found["currency"].upper(),
        status=found.get("status") or "pending",
        token=(found.get("metadata") or {}).get("refund") or "",
        created=moment(found.get("created")),
    )


def dispute(found: Json) -> DisputeFacts:
    return DisputeFacts(
        id=found["id"],
        amount=found["amount"],
        currency=found["currency"].upper(),
        status=found.get("status") or "",
        reason=found.get("reason") or "",
        refundable=bool(found.get("is_charge_refundable")),
        created=moment(found.get("created")),
    )


def event(found: Json) -> EventFacts:
    """Raises KeyError, TypeError or AttributeError for what is no event."""
    about = found["data"]["object"]
    metadata = about.get("metadata") or {}
    kind = about.get("object")
    return EventFacts(
        id=_text(found["id"]),
        kind=_text(found["type"]),
        livemode=bool(found.get("livemode")),
        account=found.get("account"),
        session_id=_name(about) if kind == "checkout.session" else None,
        payment_intent_id=_name(about if kind == "payment_intent" else about.get("payment_intent")),
        charge_id=_name(about if kind == "charge" else about.get("charge") or about.get("latest_charge")),
        attempt=_word(metadata.get("attempt")),
        shop=_word(metadata.get("shop")),
    )


def identity(found: object) -> str | None:
    """An object's id, expanded or not."""
    if isinstance(found, dict):
        found = found.get("id")
    return found if isinstance(found, str) else None


def moment(seconds: int | None) -> datetime:
    return datetime.fromtimestamp(seconds or 0, UTC)


def _word(value: object) -> str | None:
    """A metadata value of ours is at most 64 plain letters; what is more is another application's."""
    return value if isinstance(value, str) and len(value) <= 64 and _plain(value) else None


def _name(found: object) -> str | None:
    name = identity(found)
    return None if name is None else _text(name)


def _text(value: object) -> str:
    if not isinstance(value, str) or not value or len(value) > 255 or not _plain(value):
        raise TypeError("an event's id and type, and its objects' ids, are short plain texts")
    return value


def _plain(text: str) -> bool:
    """JSON can carry texts that no database keeps, such as half a surrogate pair."""
    return text.isascii() and text.isprintable()
