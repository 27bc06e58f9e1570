"""Tries at paying, what Stripe took and gave back, and what Stripe told us."""

from piccolo.columns import (
    JSONB,
    BigInt,
    BigSerial,
    Boolean,
    ForeignKey,
    Integer,
    OnDelete,
    Timestamptz,
    Varchar,
)
from piccolo.constraints import Check
from piccolo.table import Table

from shop.orders.tables import Order


class Installation(Table, tablename="installation"):
    """One row: `shop` marks our sessions at Stripe, `stripe` is the one this database belongs to."""

    id = Integer(primary_key=True, default=1)
    shop = Varchar(length=64, null=False)
    stripe = Varchar(length=100, null=True, default=None)
    events_read_to = Timestamptz(null=True, default=None)

    installation_is_one_row = Check('"id" = 1')


class Lease(Table, tablename="lease"):
    """Who may run a background task until when."""

    name = Varchar(length=50, primary_key=True)
    holder = Varchar(length=64, null=False)
    until = Timestamptz(null=False)


class Attempt(Table, tablename="attempt"):
    """One try at paying one order through one Checkout Session.

    `idempotency_key` and `parameters` repeat the call exactly; they are written before it is made.
    """

    id = BigSerial(primary_key=True)
    token = Varchar(length=64, unique=True, null=False)
    order = ForeignKey(Order, on_delete=OnDelete.restrict, null=False, index=True)
    order_version = Integer(null=False)
    state = Varchar(length=10, null=False, default="creating", index=True)
    amount = BigInt(null=False)
    currency = Varchar(length=3, null=False)
    livemode = Boolean(null=False)
    idempotency_key = Varchar(length=64, unique=True, null=False)
    parameters = JSONB(null=False, default="{}")
    session_id = Varchar(length=255, unique=True, null=True, default=None)
    session_url = Varchar(length=2000, null=True, default=None)
    payment_intent_id = Varchar(length=255, unique=True, null=True, default=None)
    created_at = Timestamptz(null=False)
    expires_at = Timestamptz(null=False)
    checked_at = Timestamptz(null=True, default=None)
    ended_at = Timestamptz(null=True, default=None)
    why = Varchar(length=300, null=True, default=None)

    attempt_state_is_known = Check(
        "\"state\" IN ('creating', 'open', 'processing', 'paid', 'failed', 'expired')"
    )
    attempt_amount_is_charged = Check('"amount" > 0')
    attempt_open_has_a_session = Check('"state" <> \'open\' OR "session_id" IS NOT NULL')


class Payment(Table, tablename="payment"):
    """Money that Stripe took. `problem` says why it could not pay for its order, if it could not."""

    id = BigSerial(primary_key=True)
    order = ForeignKey(Order, on_delete=OnDelete.restrict, null=True, default=None, index=True)
    attempt = ForeignKey(Attempt, on_delete=OnDelete.restrict, null=True, default=None, index=True)
    session_id = Varchar(length=255, null=True, default=None, index=True)
    payment_intent_id = Varchar(length=255, unique=True, null=False)
    charge_id = Varchar(length=255, unique=True, null=True, default=None)
    amount = BigInt(null=False)
    currency = Varchar(length=3, null=False)
    received_at = Timestamptz(null=False)
    problem = Varchar(length=300, null=True, default=None)

    payment_amount_is_no_debt = Check('"amount" >= 0')


class Refund(Table, tablename="refund"):
    """Money given back, or about to be. Only `succeeded` counts as returned."""

    id = BigSerial(primary_key=True)
    token = Varchar(length=64, unique=True, null=False)
    payment = ForeignKey(Payment, on_delete=OnDelete.restrict, null=False, index=True)
    stripe_refund_id = Varchar(length=255, unique=True, null=True, default=None)
    idempotency_key = Varchar(length=64, unique=True, null=False)
    amount = BigInt(null=False)
    currency = Varchar(length=3, null=False)
    state = Varchar(length=20, null=False, default="requested", index=True)
    requested_by = Varchar(length=300, null=False)
    why = Varchar(length=300, null=False)
    created_at = Timestamptz(null=False)
    checked_at = Timestamptz(null=True, default=None)

    refund_amount_is_positive = Check('"amount" > 0')


class Dispute(Table, tablename="dispute"):
    """A charge that the cardholder's bank contests. `status` is Stripe's word; unknown words are open."""

    id = BigSerial(primary_key=True)
    payment = ForeignKey(Payment, on_delete=OnDelete.restrict, null=False, index=True)
    stripe_dispute_id = Varchar(length=255, unique=True, null=False)
    status = Varchar(length=50, null=False)
    reason = Varchar(length=100, null=False)
    amount = BigInt(null=False)
    currency = Varchar(length=3, null=False)
    refundable = Boolean(null=False, default=False)
    created_at = Timestamptz(null=False)


class StripeEvent(Table, tablename="stripe_event"):
    """What Stripe told us, noted before it is acted on. Without `processed_at` it is tried again."""

    event_id = Varchar(length=255, primary_key=True)
    kind = Varchar(length=100, null=False)
    session_id = Varchar(length=255, null=True, default=None)
    payment_intent_id = Varchar(length=255, null=True, default=None)
    charge_id = Varchar(length=255, null=True, default=None)
    attempt = Varchar(length=64, null=True, default=None)
    shop = Varchar(length=64, null=True, default=None)
    received_at = Timestamptz(null=False)
    tries = Integer(null=False, default=0)
    try_after = Timestamptz(null=False, index=True)
    problem = Varchar(length=500, null=True, default=None)
    result = Varchar(length=100, null=True, default=None)
    processed_at = Timestamptz(null=True, default=None)
    given_up_at = Timestamptz(null=True, default=None)
