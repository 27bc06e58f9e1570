"""What becomes of a letter's row; what nobody needs any more is taken out of it."""

from datetime import datetime, timedelta
from typing import Any

from shop import clock
from shop.mail.tables import Letter
from shop.mail.writing import facts_of

# Their facts hold a nonce, from which the shop alone can make the link.
WITH_LINK = ("sign in", "password", "find orders", "new email")
# News as old as this would only confuse: from before the shop could send mail, or from before a long outage.
TOO_OLD = timedelta(days=7)
REMEMBERED = timedelta(days=30)


async def mark_sent(letter: Letter) -> None:
    await _end(letter, {Letter.sent_at: clock.now(), Letter.problem: None})


async def give_up(letter: Letter, problem: str) -> None:
    await _end(letter, {Letter.given_up_at: clock.now(), Letter.problem: problem[:500]})


async def note_problem(letter: Letter, problem: str) -> None:
    await Letter.update({Letter.problem: problem[:500]}).where(Letter.id == letter.id)


def outdated(letter: Letter) -> str:
    """Why a letter is not worth sending any more, or nothing."""
    if _has_expired(letter):
        return "its link had expired"
    if letter.written_at < clock.now() - TOO_OLD:
        return f"it had waited for more than {TOO_OLD.days} days"
    return ""


async def forget_expired_links() -> None:
    """Where no mail is sent, links expire in the outbox."""
    for letter in await _waiting(Letter.kind.is_in(list(WITH_LINK))):
        if _has_expired(letter):
            await give_up(letter, "its link had expired")


async def given_up() -> list[Letter]:
    """Those that could be tried again, of the last days."""
    return await Letter.objects().where(_can_be_retried()).order_by(Letter.id)


async def waiting() -> list[Letter]:
    return await _waiting(Letter.id > 0)


async def retry() -> int:
    """Letters that were given up wait again, as if they were written now."""
    again = (
        await Letter.update(
            {
                Letter.given_up_at: None,
                Letter.tries: 0,
                Letter.send_after: clock.now(),
                Letter.written_at: clock.now(),
            }
        )
        .where(_can_be_retried())
        .returning(Letter.id)
    )
    return len(again)


def _can_be_retried() -> Any:
    """A link's time does not come back, and what an older version wrote was never tried."""
    lately = Letter.given_up_at > clock.now() - REMEMBERED
    return lately & (Letter.tries > 0) & Letter.kind.not_in(list(WITH_LINK))


async def _waiting(condition: Any) -> list[Letter]:
    return (
        await Letter.objects()
        .where(Letter.sent_at.is_null() & Letter.given_up_at.is_null() & condition)
        .order_by(Letter.id)
    )


async def _end(letter: Letter, values: dict[Any, Any]) -> None:
    if letter.kind in WITH_LINK:
        values = {**values, Letter.facts: {**facts_of(letter), "nonce": None}}
    await Letter.update(values).where(Letter.id == letter.id)


def _has_expired(letter: Letter) -> bool:
    expires_at = facts_of(letter).get("expires_at")
    return expires_at is not None and datetime.fromisoformat(expires_at) <= clock.now()
