"""The account's own money: what came in, what went out, and Stripe's fee."""

from shop.sandbox import ids
from shop.sandbox.sandbox import Act
from shop.sandbox.shapes import Body, shape

WEEK = 7 * 24 * 3600
DISPUTE_FEE = 2000


def charged(act: Act, charge: Body) -> Body:
    fee = round(charge["amount"] * 0.015) + 25
    kind = "charge" if charge["id"].startswith("ch_") else "payment"
    return _book(act, charge["amount"], fee, charge["currency"], kind, "charge", charge["id"])


def refunded(act: Act, refund: Body) -> Body:
    kind = "refund" if str(refund["charge"]).startswith("ch_") else "payment_refund"
    return _book(act, -refund["amount"], 0, refund["currency"], kind, "refund", refund["id"])


def refund_failed(act: Act, refund: Body) -> Body:
    return _book(
        act, refund["amount"], 0, refund["currency"], "refund_failure", "refund_failure", refund["id"]
    )


def dispute_withdrawn(act: Act, dispute: Body) -> Body:
    amount, currency = dispute["amount"], dispute["currency"]
    return _book(act, -amount, DISPUTE_FEE, currency, "adjustment", "dispute", dispute["id"])


def dispute_reinstated(act: Act, dispute: Body) -> Body:
    amount, currency = dispute["amount"], dispute["currency"]
    return _book(act, amount, 0, currency, "adjustment", "dispute_reversal", dispute["id"])


def _book(act: Act, amount: int, fee: int, currency: str, kind: str, category: str, source: str) -> Body:
    fees = [
        shape(
            "balance_transaction.FeeDetail",
            amount=fee,
            currency=currency,
            description="Stripe processing fees",
            type="stripe_fee",
        )
    ]
    booked = shape(
        "balance_transaction",
        id=ids.new("txn_3"),
        amount=amount,
        available_on=act.now + WEEK,
        balance_type="payments",
        created=act.now,
        currency=currency,
        fee=fee,
        fee_details=fees if fee else [],
        net=amount - fee,
        reporting_category=category,
        source=source,
        status="pending",
        type=kind,
    )
    return act.store.add("balance_transaction", booked)
