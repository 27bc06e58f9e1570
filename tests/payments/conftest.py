"""What the tests about money share."""

import asyncio
import sys

import pytest


@pytest.fixture
def patience(monkeypatch: pytest.MonkeyPatch) -> list[float | None]:
    """The seconds that each call was given, from here on."""
    return _given(monkeypatch)


@pytest.fixture
def impatience(monkeypatch: pytest.MonkeyPatch) -> list[float | None]:
    """The seconds that each call would have been given; it gets hardly any."""
    return _given(monkeypatch, instead=0.01)


def _given(monkeypatch: pytest.MonkeyPatch, instead: float | None = None) -> list[float | None]:
    given: list[float | None] = []
    timeout = asyncio.timeout

    def noted(seconds: float | None) -> asyncio.Timeout:
        # Another sandbox of this process may be at work.
        if not sys._getframe(1).f_globals["__name__"].startswith("shop.payments."):
            return timeout(seconds)
        given.append(seconds)
        return timeout(instead or seconds)

    monkeypatch.setattr(asyncio, "timeout", noted)
    return given
