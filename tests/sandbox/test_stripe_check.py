"""The comparison with the real Stripe, here of one sandbox with another, and of what differs on purpose."""

import httpx
import pytest

from shop.sandbox import stripe_check
from shop.sandbox.beside import KEY, running_sandbox
from shop.sandbox.stripe_check import differences
from shop.sandbox.stripe_check_acts import ACTS, Side


def test_a_sandbox_agrees_with_another() -> None:
    headers = {"Authorization": f"Bearer {KEY}"}
    with running_sandbox() as one, running_sandbox() as other:
        sides = [Side(box.url, httpx.Client(base_url=box.url, headers=headers)) for box in (one, other)]
        for act in ACTS:
            assert stripe_check.compare(act, *sides) == []
        for side in sides:
            side.client.close()


def test_it_finds_differences() -> None:
    real = {"id": "cs_test_1", "amount": 1, "lines": [{"a": None}], "only": 1}
    own = {"id": "cs_test_2", "amount": 2, "lines": [{"a": "b"}], "more": 1}
    assert list(differences(real, own, "")) == [
        "amount is 1, in the sandbox 2",
        "lines[0].a is None, in the sandbox 'b'",
        "more is in the sandbox only",
        "only is missing in the sandbox",
    ]


def test_an_id_of_letters_alone_differs_by_chance_too() -> None:
    assert list(differences({"product": "prod_tJYurBwbWWszEm"}, {"product": "prod_EGOL1Ryw6j68T2"}, "")) == []
    assert list(differences({"status": "requires_capture"}, {"status": "succeeded"}, "")) != []


def test_it_wants_a_test_key(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("STRIPE_CHECK_KEY", "sk_live_abcdef")
    assert stripe_check.main() == 2
    assert "sk_test_" in capsys.readouterr().err
