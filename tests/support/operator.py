"""What the merchant types after `python -m shop`, in this process and on this test's database."""

import io
import sys

import pytest

from shop.serving.commands.carrying_out import answered, found
from shop.serving.commands.kinds import Answer
from shop.serving.commands.parser import parser


async def tell(*words: str) -> Answer:
    chosen = parser().parse_args(list(words))
    return await answered(found(chosen.command), chosen)


def types(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a command reads from its standard input."""
    monkeypatch.setattr(sys, "stdin", io.StringIO(text))
