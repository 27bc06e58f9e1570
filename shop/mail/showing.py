"""Letters as the demo shop shows them: those in the outbox, and one sample of each kind."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from jinja2 import Environment, UndefinedError

from shop.errors import NotFound
from shop.mail.message import recipient_of
from shop.mail.outbox import MERCHANT
from shop.mail.samples import SAMPLE, samples
from shop.mail.tables import Letter
from shop.mail.writing import Written, template_of, written
from shop.web.words import gettext, later

MOST = 200


@dataclass(frozen=True, slots=True)
class LetterRow:
    address: str
    template: str
    to: str
    subject: str
    written_at: datetime
    state: str
    is_sample: bool


async def kept(templates: Environment) -> list[LetterRow]:
    """The newest first."""
    letters = await Letter.objects().order_by(Letter.id, ascending=False).limit(MOST)
    return [_row(templates, letter) for letter in letters]


def sampled(templates: Environment) -> list[LetterRow]:
    return [_row(templates, letter) for letter in samples()]


async def found(key: str) -> Letter:
    """A kept letter, or a sample."""
    letter = await Letter.objects().where(Letter.key == key).first()
    letter = letter or next((sample for sample in samples() if sample.key == key), None)
    if letter is None:
        raise NotFound
    return letter


def row_and_words(templates: Environment, letter: Letter) -> tuple[LetterRow, Written]:
    try:
        return _row(templates, letter), written(templates, letter)
    except UndefinedError:
        raise NotFound from None


def _row(templates: Environment, letter: Letter) -> LetterRow:
    return LetterRow(
        address=f"/mail/{quote(letter.key, safe=':')}",
        template=template_of(letter.kind),
        to=_to(letter),
        subject=_subject(templates, letter),
        written_at=letter.written_at,
        state=_state(letter),
        is_sample=letter.key.startswith(SAMPLE),
    )


def _to(letter: Letter) -> str:
    address = recipient_of(letter)
    if letter.recipient != MERCHANT:
        return address
    merchant = gettext("merchant")
    return f"{address} ({merchant})" if address else merchant


def _subject(templates: Environment, letter: Letter) -> str:
    try:
        return written(templates, letter).subject
    except UndefinedError:
        # An older version wrote fewer facts.
        return letter.kind


def _state(letter: Letter) -> str:
    if letter.key.startswith(SAMPLE):
        return later("a sample")
    if letter.sent_at:
        return later("sent")
    return later("given up") if letter.given_up_at else later("kept")
