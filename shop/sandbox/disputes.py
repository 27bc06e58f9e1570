"""A cardholder goes to their bank: the money is taken back until somebody decides."""

from shop.sandbox import balance, errors, events, ids, metadata
from shop.sandbox.sandbox import Act
from shop.sandbox.shapes import Body, shape

TWO_WEEKS = 14 * 24 * 3600
UNDECIDED = ("needs_response", "under_review", "warning_needs_response", "warning_under_review")
# Stripe's magic words: submitted as evidence, they decide a test dispute.
WINNING, LOSING = "winning_evidence", "losing_evidence"


def begin(act: Act, charge: Body, reason: str) -> Body:
    """An inquiry asks first: no money moves, and a refund is still possible."""
    is_inquiry = reason == "inquiry"
    dispute = shape(
        "dispute",
        id=ids.new("du_1"),
        amount=charge["amount"] - charge["amount_refunded"],
        balance_transactions=[],
        charge=charge["id"],
        created=act.now,
        currency=charge["currency"],
        enhanced_eligibility_types=[],
        evidence=shape("dispute.Evidence", enhanced_evidence={}),
        evidence_details=shape(
            "dispute.EvidenceDetails",
            due_by=act.now + TWO_WEEKS,
            enhanced_eligibility={},
            has_evidence=False,
            past_due=False,
            submission_count=0,
            submission_method="not_submitted",
        ),
        is_charge_refundable=is_inquiry,
        metadata={},
        payment_intent=charge["payment_intent"],
        reason="general" if is_inquiry else reason,
        status="warning_needs_response" if is_inquiry else "needs_response",
    )
    if charge["payment_method_details"]["type"] == "card":
        dispute["payment_method_details"] = _card(charge, is_inquiry)
    act.store.add("dispute", dispute)
    _mark(act, charge, disputed=True)
    events.emit(act, "charge.dispute.created", dispute)
    if not is_inquiry:
        _withdraw(act, dispute)
    return dispute


def update(act: Act, dispute: Body, params: Body) -> Body:
    _check_undecided(dispute)
    before = dict(dispute)
    dispute["metadata"] = metadata.merged(dispute["metadata"], params)
    evidence = params.get("evidence", {})
    if evidence:
        dispute["evidence"] = dispute["evidence"] | {name: value or None for name, value in evidence.items()}
        dispute["evidence_details"] = dispute["evidence_details"] | {"has_evidence": True}
    if evidence and params.get("submit", True):
        _submit(dispute)
    act.store.change("dispute", dispute)
    if dispute != before:
        events.emit(act, "charge.dispute.updated", dispute, events.changes(before, dispute))
    _heed_magic_words(act, dispute)
    return dispute


def close(act: Act, dispute: Body, status: str = "lost") -> Body:
    """By the merchant, who gives up (`lost`), or by the bank."""
    _check_undecided(dispute)
    is_inquiry = dispute["status"].startswith("warning_")
    dispute |= {"status": "warning_closed" if is_inquiry else status, "is_charge_refundable": is_inquiry}
    act.store.change("dispute", dispute)
    if dispute["status"] == "won":
        _reinstate(act, dispute)
    events.emit(act, "charge.dispute.closed", dispute)
    return dispute


def escalate(act: Act, dispute: Body) -> Body:
    """An inquiry that was not answered becomes a dispute."""
    if not dispute["status"].startswith("warning_"):
        raise errors.invalid("Only an inquiry can become a dispute.", "dispute")
    before = dict(dispute)
    dispute |= {"status": "needs_response", "is_charge_refundable": False}
    act.store.change("dispute", dispute)
    events.emit(act, "charge.dispute.updated", dispute, events.changes(before, dispute))
    _withdraw(act, dispute)
    return dispute


def _check_undecided(dispute: Body) -> None:
    if dispute["status"] not in UNDECIDED:
        raise errors.invalid(f"This dispute is already closed: its status is {dispute['status']}.", "dispute")


def _submit(dispute: Body) -> None:
    details = dispute["evidence_details"]
    dispute["evidence_details"] = details | {
        "submission_count": details["submission_count"] + 1,
        "submission_method": "manual",
    }
    is_inquiry = dispute["status"].startswith("warning_")
    dispute["status"] = "warning_under_review" if is_inquiry else "under_review"


def _heed_magic_words(act: Act, dispute: Body) -> None:
    words = dispute["evidence"]["uncategorized_text"]
    if dispute["evidence_details"]["submission_count"] and words in (WINNING, LOSING):
        close(act, dispute, "won" if words == WINNING else "lost")


def _withdraw(act: Act, dispute: Body) -> None:
    dispute["balance_transactions"] = [
        *dispute["balance_transactions"],
        balance.dispute_withdrawn(act, dispute),
    ]
    act.store.change("dispute", dispute)
    events.emit(act, "charge.dispute.funds_withdrawn", dispute)


def _reinstate(act: Act, dispute: Body) -> None:
    dispute["balance_transactions"] = [
        *dispute["balance_transactions"],
        balance.dispute_reinstated(act, dispute),
    ]
    act.store.change("dispute", dispute)
    events.emit(act, "charge.dispute.funds_reinstated", dispute)


def _mark(act: Act, charge: Body, disputed: bool) -> None:
    charge["disputed"] = disputed
    act.store.change("charge", charge)
    events.emit(act, "charge.updated", charge, {"disputed": not disputed})


def _card(charge: Body, is_inquiry: bool) -> Body:
    brand = charge["payment_method_details"]["card"]["brand"]
    card = shape(
        "dispute.PaymentMethodDetails.Card",
        brand=brand,
        case_type="inquiry" if is_inquiry else "chargeback",
        network=brand,
        network_reason_code="10.4",
    )
    return {"type": "card", "card": card}
