"""The shop's one clock, so that a test can move it."""

from datetime import UTC, datetime, timedelta

_offset = timedelta()


def now() -> datetime:
    return datetime.now(UTC) + _offset


def move(by: timedelta) -> None:
    """Moves this process's clock; only tests do."""
    global _offset
    _offset += by


def reset() -> None:
    global _offset
    _offset = timedelta()
