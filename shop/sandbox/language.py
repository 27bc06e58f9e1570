"""The payment page speaks the session's language, where that is German, and English to everybody else."""

import tomllib
from pathlib import Path

from shop.sandbox.shapes import Body

ENGLISH, SPOKEN_TOO = "en", "de"
# The English sentences are the keys.
GERMAN: dict[str, str] = tomllib.loads(
    (Path(__file__).parent / "sentences.de.toml").read_text(encoding="utf-8")
)


def of(session: Body | None) -> str:
    return SPOKEN_TOO if session and session.get("locale") == SPOKEN_TOO else ENGLISH


def say(sentence: str, spoken: str) -> str:
    return GERMAN.get(sentence, sentence) if spoken == SPOKEN_TOO else sentence
