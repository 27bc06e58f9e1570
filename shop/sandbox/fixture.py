"""For the tests of any project: `pytest_plugins = ["shop.sandbox.fixture"]`, and ask for `stripe_sandbox`."""

from collections.abc import Iterator

import pytest

from shop.sandbox.beside import StripeSandbox, running_sandbox

__all__ = ["StripeSandbox", "stripe_sandbox"]


@pytest.fixture
def stripe_sandbox() -> Iterator[StripeSandbox]:
    """A sandbox of its own for one test, in memory, in a thread beside it."""
    with running_sandbox() as sandbox:
        yield sandbox
