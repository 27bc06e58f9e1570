"""The message that a mail server is given: headers that nobody can write into, and two bodies."""

import hashlib
import re
from contextlib import suppress
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from urllib.parse import urlsplit

from shop.mail.outbox import MERCHANT
from shop.mail.tables import Letter
from shop.mail.writing import Written, facts_of
from shop.settings import settings
from shop.site import site

CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


class NoAddress(ValueError):
    """Nothing can be sent to such an address."""


def message_of(letter: Letter, written: Written) -> EmailMessage:
    """The same letter makes the same message, however often it is sent."""
    message = EmailMessage(policy=SMTP)
    message["From"] = _address(sender(), parseaddr(settings().mail.sender)[0] or settings().name)
    message["To"] = _address(recipient_of(letter))
    if answers := _answers_go_to(letter):
        with suppress(NoAddress):
            message["Reply-To"] = _address(answers)
    message["Subject"] = _one_line(written.subject)
    message["Date"] = format_datetime(letter.written_at)
    message["Message-ID"] = f"<{digest_of(letter.key)}@{_host()}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(written.text, cte="quoted-printable")
    message.add_alternative(written.html, subtype="html", cte="quoted-printable")
    message.set_boundary(f"={digest_of(letter.key)}=")
    return message


def recipient_of(letter: Letter) -> str:
    if letter.recipient == MERCHANT:
        return site().merchant.email or sender()
    return letter.recipient


def sender() -> str:
    return parseaddr(settings().mail.sender)[1]


def digest_of(key: str) -> str:
    """A letter's name in the world; its key may hold a token that is nobody's business."""
    return hashlib.sha256(f"{settings().secret}\n{key}".encode()).hexdigest()[:40]


def envelope(address: str) -> str:
    """As mail servers want it: a host of other letters than a to z is written in its own code."""
    name, at, host = address.rpartition("@")
    try:
        return name + at + (host if host.isascii() else host.encode("idna").decode())
    except UnicodeError:
        raise NoAddress("this is no address") from None


def _answers_go_to(letter: Letter) -> str:
    """The shopper answers the merchant, and the merchant the shopper that the letter is about."""
    if letter.recipient != MERCHANT:
        return site().merchant.email
    order = facts_of(letter).get("order")
    return str(order.get("email") or "") if isinstance(order, dict) else ""


def _address(address: str, name: str = "") -> Address:
    user, _, host = _one_line(envelope(address)).rpartition("@")
    if not user or not host:
        raise NoAddress("this is no address")
    return Address(_one_line(name), user, host)


def _one_line(text: str) -> str:
    """A line break in a header would begin another header."""
    return " ".join(CONTROLS.sub(" ", text).split())


def _host() -> str:
    host = urlsplit(settings().url).hostname or "localhost"
    return host if host.isascii() else host.encode("idna").decode()
