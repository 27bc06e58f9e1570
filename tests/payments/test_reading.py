"""What Stripe writes and what the shop makes of it, field by field; what is odd is no answer, or nothing."""

from datetime import UTC, datetime
from typing import Any

import pytest

from shop.errors import GatewayUnreachable
from shop.payments import reading
from shop.payments.facts import DisputeFacts, EventFacts, IntentFacts, RefundFacts, SessionFacts

# It says nothing about the database.
pytestmark = pytest.mark.one_database

SESSION_ID = "cs_test_a1B2c3D4e5"
MADE, ENDS = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 1, 1, 0, 35, tzinfo=UTC)
CHARGE = {"id": "ch_1", "amount_refunded": 468, "disputed": True}
INTENT = {
    "id": "pi_1",
    "status": "succeeded",
    "amount_received": 2468,
    "currency": "eur",
    "latest_charge": CHARGE,
}
SESSION = {
    "id": SESSION_ID,
    "url": "https://checkout.stripe.com/c/pay/1",
    "livemode": True,
    "mode": "payment",
    "status": "complete",
    "payment_status": "paid",
    "metadata": {"shop": "ours", "order": "K7QM2X9P", "attempt": "token"},
    "client_reference_id": "K7QM2X9P",
    "amount_total": 2468,
    "currency": "eur",
    "created": int(MADE.timestamp()),
    "expires_at": int(ENDS.timestamp()),
    "payment_intent": INTENT,
}
REFUND = {
    "id": "re_1",
    "amount": 468,
    "currency": "eur",
    "status": "succeeded",
    "metadata": {"refund": "token"},
    "created": int(MADE.timestamp()),
}
DISPUTE = {
    "id": "dp_1",
    "amount": 2468,
    "currency": "eur",
    "status": "won",
    "reason": "fraudulent",
    "is_charge_refundable": True,
    "created": int(MADE.timestamp()),
}


def test_a_session_with_its_payment() -> None:
    intent = IntentFacts("pi_1", "succeeded", 2468, "EUR", "ch_1", 468, disputed=True)
    assert reading.session(SESSION) == SessionFacts(
        id=SESSION_ID,
        url="https://checkout.stripe.com/c/pay/1",
        livemode=True,
        mode="payment",
        status="complete",
        payment_status="paid",
        shop="ours",
        order="K7QM2X9P",
        attempt="token",
        reference="K7QM2X9P",
        amount=2468,
        currency="EUR",
        created=MADE,
        expires_at=ENDS,
        intent=intent,
        intent_id="pi_1",
    )


@pytest.mark.parametrize("empty", [{}, dict.fromkeys(set(SESSION) - {"id"})], ids=["left out", "null"])
def test_a_session_of_which_nothing_is_told(empty: dict[str, Any]) -> None:
    never = datetime(1970, 1, 1, tzinfo=UTC)
    assert reading.session({"id": SESSION_ID, **empty}) == SessionFacts(
        id=SESSION_ID,
        url=None,
        livemode=False,
        mode="",
        status="",
        payment_status="",
        shop="",
        order="",
        attempt="",
        reference="",
        amount=None,
        currency="",
        created=never,
        expires_at=never,
        intent=None,
        intent_id=None,
    )


def test_metadata_may_be_another_application_s() -> None:
    found = reading.session(SESSION | {"metadata": {"shop": None, "order": None, "colour": "blue"}})
    assert (found.shop, found.order, found.attempt) == ("", "", "")


def test_a_payment_that_is_named_and_not_shown() -> None:
    found = reading.session(SESSION | {"payment_intent": "pi_1"})
    assert (found.intent, found.intent_id) == (None, "pi_1")


@pytest.mark.parametrize(
    ("status", "payment_status", "paid"),
    [
        ("complete", "paid", True),
        ("complete", "no_payment_required", True),
        ("complete", "unpaid", False),
        ("open", "paid", False),
        ("expired", "no_payment_required", False),
    ],
)
def test_only_what_is_complete_and_paid_is_paid(status: str, payment_status: str, paid: bool) -> None:
    found = reading.session(SESSION | {"status": status, "payment_status": payment_status})
    assert found.paid is paid


@pytest.mark.parametrize("address", ["javascript:alert(1)", "ftp://stripe.com", "//stripe.com", "", 7])
def test_a_page_that_no_browser_should_be_sent_to_is_none(address: object) -> None:
    assert reading.session(SESSION | {"url": address}).url is None


def test_a_page_may_lie_on_this_machine() -> None:
    assert reading.session(SESSION | {"url": "http://127.0.0.1:8001/c"}).url == "http://127.0.0.1:8001/c"


@pytest.mark.parametrize("live", ["test", "live"])
def test_a_session_s_id_has_ten_letters_or_more_and_at_most_two_hundred(live: str) -> None:
    for letters in (10, 200):
        assert reading.session(
            {"id": f"cs_{live}_" + "aZ09" * 50 + ""} | {"id": f"cs_{live}_{'a' * letters}"}
        )
    for letters in (0, 9, 201):
        with pytest.raises(ValueError, match="no id"):
            reading.session({"id": f"cs_{live}_{'a' * letters}"})


@pytest.mark.parametrize(
    "strange", ["", "cs_", "pi_test_a1B2c3D4e5", f"{SESSION_ID}/expire", f"{SESSION_ID}?x", f"x{SESSION_ID}"]
)
def test_a_strange_id_is_no_answer(strange: str) -> None:
    """It would become part of an address that we ask."""
    with pytest.raises(ValueError, match="no id"):
        reading.session({"id": strange})


def test_letters_and_digits_make_an_id() -> None:
    assert reading.session({"id": "cs_test_azAZ09azAZ"}).id == "cs_test_azAZ09azAZ"


@pytest.mark.parametrize("charge", [None, "ch_1"])
def test_a_payment_without_its_charge(charge: str | None) -> None:
    told = {"id": "pi_1", "latest_charge": charge}
    assert reading.payment_intent(told) == IntentFacts("pi_1", "", 0, "", charge, 0, disputed=False)


def test_a_payment_with_a_charge_of_which_nothing_is_told() -> None:
    told = INTENT | {"latest_charge": {"id": "ch_1"}}
    assert reading.payment_intent(told) == IntentFacts(
        "pi_1", "succeeded", 2468, "EUR", "ch_1", 0, disputed=False
    )


def test_a_refund() -> None:
    assert reading.refund(REFUND) == RefundFacts("re_1", 468, "EUR", "succeeded", "token", MADE)


@pytest.mark.parametrize("metadata", [None, {}, {"refund": None}])
def test_a_refund_of_somebody_else(metadata: object) -> None:
    told = REFUND | {"status": None, "metadata": metadata}
    assert reading.refund(told) == RefundFacts("re_1", 468, "EUR", "pending", "", MADE)


def test_a_dispute() -> None:
    assert reading.dispute(DISPUTE) == DisputeFacts(
        "dp_1", 2468, "EUR", "won", "fraudulent", refundable=True, created=MADE
    )


def test_a_dispute_of_which_little_is_told() -> None:
    told = {"id": "dp_1", "amount": 2468, "currency": "eur", "created": int(MADE.timestamp())}
    assert reading.dispute(told) == DisputeFacts("dp_1", 2468, "EUR", "", "", refundable=False, created=MADE)


def an_event(about: dict[str, Any], **other: Any) -> dict[str, Any]:
    return {"id": "evt_1", "type": "a.kind", "data": {"object": about}, **other}


def test_an_event_about_a_session() -> None:
    about = {
        "object": "checkout.session",
        "id": SESSION_ID,
        "payment_intent": "pi_1",
        "metadata": {"shop": "ours", "attempt": "token"},
    }
    assert reading.event(an_event(about, livemode=True, account="acct_1")) == EventFacts(
        id="evt_1",
        kind="a.kind",
        livemode=True,
        account="acct_1",
        session_id=SESSION_ID,
        payment_intent_id="pi_1",
        charge_id=None,
        attempt="token",
        shop="ours",
    )


@pytest.mark.parametrize(
    ("about", "intent", "charge"),
    [
        ({"object": "payment_intent", "id": "pi_1", "latest_charge": "ch_1"}, "pi_1", "ch_1"),
        ({"object": "charge", "id": "ch_1", "payment_intent": "pi_1"}, "pi_1", "ch_1"),
        ({"object": "charge", "id": "ch_1"}, None, "ch_1"),
        ({"object": "refund", "id": "re_1", "payment_intent": "pi_1", "charge": "ch_1"}, "pi_1", "ch_1"),
        ({"object": "dispute", "id": "dp_1", "charge": {"id": "ch_1"}}, None, "ch_1"),
        ({"object": "unicorn", "id": "un_1"}, None, None),
    ],
    ids=str,
)
def test_what_an_event_is_about(about: dict[str, Any], intent: str | None, charge: str | None) -> None:
    found = reading.event(an_event(about))
    assert found == EventFacts(
        "evt_1", "a.kind", livemode=False, account=None, payment_intent_id=intent, charge_id=charge
    )


@pytest.mark.parametrize("word", ["x" * 65, "mö", "two\nlines", 7, None, ["a"]], ids=repr)
def test_metadata_that_cannot_be_ours_is_none_of_ours(word: object) -> None:
    found = reading.event(an_event({"metadata": {"shop": word, "attempt": word}}))
    assert (found.shop, found.attempt) == (None, None)


def test_metadata_of_sixty_four_letters_can_be_ours() -> None:
    found = reading.event(an_event({"metadata": {"shop": "x" * 64, "attempt": "y" * 64}}))
    assert (found.shop, found.attempt) == ("x" * 64, "y" * 64)


@pytest.mark.parametrize("name", ["", "x" * 256, "evt_ö", "evt\x00", 7, None], ids=repr)
@pytest.mark.parametrize("field", ["id", "type"])
def test_an_event_without_a_plain_name_is_none(name: object, field: str) -> None:
    with pytest.raises(TypeError):
        reading.event(an_event({}, **{field: name}))


def test_a_name_of_two_hundred_and_fifty_five_letters_is_kept() -> None:
    assert reading.event(an_event({}, id="x" * 255)).id == "x" * 255


@pytest.mark.parametrize("kind", ["checkout.session", "payment_intent", "charge"])
def test_an_event_about_an_object_with_a_name_that_no_database_keeps_is_none(kind: str) -> None:
    with pytest.raises(TypeError):
        reading.event(an_event({"object": kind, "id": "\ud800"}))


@pytest.mark.parametrize(
    ("signature", "second"), [("t=12,v1=ab", 12), ("v1=ab,t=12", 12), ("v1=t=9,t=12,v0=c", 12)]
)
def test_the_second_of_a_signature(signature: str, second: int) -> None:
    assert reading.signed_at(signature) == second


class Told:
    """What the SDK hands over."""

    def __init__(self, found: Any) -> None:
        self.found = found

    def to_dict(self) -> Any:
        return self.found


def test_an_answer_in_the_shape_that_we_know_is_read() -> None:
    assert reading.shaped(Told({"id": "re_1"}), lambda found: str(found["id"])) == "re_1"


@pytest.mark.parametrize(
    "answer",
    [None, Told(None), Told({}), Told({"id": 7}), Told({"id": "strange"}), Told(SESSION | {"currency": 7})],
    ids=["none", "null", "empty", "number", "strange", "currency"],
)
def test_an_answer_in_another_shape_is_no_answer(answer: object) -> None:
    with pytest.raises(GatewayUnreachable):
        reading.shaped(answer, reading.session)
