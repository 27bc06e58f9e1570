"""What Stripe says, as small frozen values: the rest of the shop sees nothing else of it."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class RefundFacts:
    """`token` is our own refund's, where the refund was asked for by us."""

    id: str
    amount: int
    currency: str
    status: str
    token: str
    created: datetime


@dataclass(frozen=True, slots=True)
class DisputeFacts:
    id: str
    amount: int
    currency: str
    status: str
    reason: str
    refundable: bool
    created: datetime


@dataclass(frozen=True, slots=True)
class IntentFacts:
    """A payment intent with its latest charge; refunds and disputes only where they were asked for."""

    id: str
    status: str
    received: int
    currency: str
    charge_id: str | None
    returned: int
    disputed: bool
    refunds: tuple[RefundFacts, ...] = ()
    disputes: tuple[DisputeFacts, ...] = ()


@dataclass(frozen=True, slots=True)
class SessionFacts:
    """A Checkout Session. `shop`, `order` and `attempt` come from its metadata; amounts are minor units."""

    id: str
    url: str | None
    livemode: bool
    mode: str
    status: str
    payment_status: str
    shop: str
    order: str
    attempt: str
    reference: str
    amount: int | None
    currency: str
    created: datetime
    expires_at: datetime
    intent: IntentFacts | None = None
    intent_id: str | None = None

    @property
    def paid(self) -> bool:
        return self.status == "complete" and self.payment_status in ("paid", "no_payment_required")


@dataclass(frozen=True, slots=True)
class EventFacts:
    """An event reduced to what it is about; what it says of its object is not believed, only looked up."""

    id: str
    kind: str
    livemode: bool
    account: str | None
    session_id: str | None = None
    payment_intent_id: str | None = None
    charge_id: str | None = None
    attempt: str | None = None
    shop: str | None = None
