"""A test that cannot run somewhere says why and how to enable it; in CI that is a failure."""

import os
from typing import NoReturn

import pytest


def cannot_run(how_to_enable: str) -> NoReturn:
    if os.environ.get("CI"):
        pytest.fail(f"in CI nothing may be skipped; {how_to_enable}")
    pytest.skip(how_to_enable)
