"""What the tests about money share."""

import asyncio

import pytest


@pytest.fixture
def patience(monkeypatch: pytest.MonkeyPatch) -> list[float | None]:
    """The seconds that each call was given, from here on."""
    given: list[float | None] = []
    timeout = asyncio.timeout

    def noted(seconds: float | None) -> asyncio.Timeout:
        given.append(seconds)
        return timeout(seconds)

    monkeypatch.setattr(asyncio, "timeout", noted)
    return given
