"""The merchant's mail server, as SMTP_URL names it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

from aiosmtplib import (
    SMTP,
    SMTPDataError,
    SMTPException,
    SMTPNotSupported,
    SMTPRecipientsRefused,
    SMTPResponseException,
)

from shop.settings import LOOPBACK, settings

SUBMISSION, SUBMISSIONS = 587, 465
PATIENCE = 20.0
# Shorter than the first pause between tries: whoever is still sending has not been overtaken.
LONGEST = 45.0
PERMANENT = 500


class ServerAway(Exception):
    """The server cannot be reached, or lets nobody in; no letter is to blame."""


class NotTaken(Exception):
    """The server did not take this letter. `for_good`: it will not take it later either.

    The text may name people; `code` does not.
    """

    def __init__(self, text: str, code: str, *, for_good: bool) -> None:
        super().__init__(text)
        self.code = code
        self.for_good = for_good


@asynccontextmanager
async def connected() -> AsyncIterator[SMTP]:
    """Raises ServerAway. What was told over the wire, the password included, stands in no message."""
    client = _client(settings().mail.smtp)
    try:
        try:
            await client.connect()
        except (SMTPException, OSError, ValueError) as problem:
            raise ServerAway(_named(problem)) from None
        yield client
        with suppress(SMTPException, OSError):
            await client.quit()
    finally:
        # Also where the shop stops in the middle.
        client.close()


async def hand_over(client: SMTP, message: EmailMessage, sender: str, recipient: str) -> None:
    """Raises NotTaken."""
    try:
        async with asyncio.timeout(LONGEST):
            await client.send_message(message, sender=sender, recipients=[recipient])
    except SMTPRecipientsRefused as problem:
        refused = problem.recipients[0]
        raise _not_taken(refused, for_good=refused.code >= PERMANENT) from None
    except SMTPDataError as problem:
        raise _not_taken(problem, for_good=problem.code >= PERMANENT) from None
    except SMTPResponseException as problem:
        raise _not_taken(problem, for_good=False) from None
    except SMTPNotSupported as problem:
        raise NotTaken(str(problem), "it cannot write to such an address", for_good=True) from None
    except (SMTPException, OSError) as problem:
        # Nobody knows how far it came; the next letter shall not be taken for the rest of this one.
        client.close()
        raise NotTaken(str(problem), _named(problem), for_good=False) from None


def _client(address: str) -> SMTP:
    """With a password the line is encrypted, or nothing is said; inside one machine there is no line."""
    parts = urlsplit(address)
    host = parts.hostname or ""
    encrypted, near = parts.scheme == "smtps", host in LOOPBACK
    user = unquote(parts.username or "") or None
    must_encrypt = True if user and not near else None
    return SMTP(
        hostname=host,
        port=parts.port or (SUBMISSIONS if encrypted else SUBMISSION),
        username=user,
        password=unquote(parts.password or "") if user else None,
        use_tls=encrypted,
        start_tls=False if encrypted else must_encrypt,
        validate_certs=not near,
        local_hostname=urlsplit(settings().url).hostname,
        timeout=PATIENCE,
    )


def _not_taken(problem: SMTPResponseException, *, for_good: bool) -> NotTaken:
    return NotTaken(f"{problem.code} {problem.message}", f"answer {problem.code}", for_good=for_good)


def _named(problem: Exception) -> str:
    """Without what the server said, which may repeat names."""
    code = getattr(problem, "code", None)
    return f"answer {code}" if code else type(problem).__name__
