"""What the sandbox knows of Stripe's shapes comes from the spec beside these tests."""

from tests.sandbox import schema
from tests.sandbox.stripe.reduce import SHAPES, reduced


def test_the_shapes_are_in_step_with_the_spec() -> None:
    assert SHAPES.read_text() == reduced()


def test_the_check_finds_what_is_wrong() -> None:
    good = {"id": None, "idempotency_key": None}
    assert schema.problems(good, "Event.Request") == []
    assert schema.problems({"id": None}, "Event.Request") == ["Event.Request.idempotency_key is missing"]
    assert schema.problems(good | {"id": 3}, "Event.Request") == ["Event.Request.id is no string: 3"]
    assert schema.problems(good | {"more": 1}, "Event.Request") == ["Event.Request.more is unknown"]
    assert schema.problems({"type": "card"}, "payment_intent.NextAction") == []
    assert schema.problems({"type": None}, "payment_intent.NextAction")
