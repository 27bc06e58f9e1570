"""A mail server for the tests, over real SMTP, in the tests' own loop."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session


@dataclass(frozen=True, slots=True)
class Arrived:
    """One message as it came over the wire."""

    sender: str
    recipient: str
    message: EmailMessage
    encrypted: bool

    @property
    def subject(self) -> str:
        return str(self.message["subject"])

    @property
    def id(self) -> str:
        return str(self.message["message-id"])

    @property
    def text(self) -> str:
        return self._part("plain")

    @property
    def html(self) -> str:
        return self._part("html")

    def _part(self, kind: str) -> str:
        part = self.message.get_body((kind,))
        assert part is not None, f"no {kind} part"
        return str(part.get_content())


class PostOffice:
    """`arrived` is what it took; `refuses` maps a recipient, or DATA, to an answer such as "550 unknown"."""

    def __init__(self) -> None:
        self.arrived: list[Arrived] = []
        self.refuses: dict[str, str] = {}
        self.passwords: list[tuple[bytes, bytes]] = []
        self.visits = 0
        self.readings = 0
        self.may_answer = asyncio.Event()
        self.may_answer.set()
        self.port = 0

    def to(self, recipient: str) -> list[Arrived]:
        return [one for one in self.arrived if one.recipient == recipient]

    @asynccontextmanager
    async def open(self, tls: ssl.SSLContext | None = None, **options: Any) -> AsyncIterator["PostOffice"]:
        loop = asyncio.get_running_loop()

        def visited() -> SMTP:
            self.visits += 1
            return SMTP(
                self,
                hostname="post.example",
                tls_context=tls,
                authenticator=self._let_in,
                enable_SMTPUTF8=True,
                loop=loop,
                **options,
            )

        server = await loop.create_server(visited, "0.0.0.0", self.port or 0)
        self.port = server.sockets[0].getsockname()[1]
        try:
            yield self
        finally:
            server.close()
            # Nobody stays connected.
            async with asyncio.timeout(5):
                await server.wait_closed()

    async def handle_RCPT(self, _: SMTP, __: Session, envelope: Envelope, address: str, ___: Any) -> str:  # noqa: N802  # aiosmtpd's name
        if address in self.refuses:
            return self.refuses[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        self.readings += 1
        await self.may_answer.wait()
        if "DATA" in self.refuses:
            return self.refuses["DATA"]
        content = envelope.content
        assert isinstance(content, bytes)
        message = message_from_bytes(content, policy=policy.default)
        assert isinstance(message, EmailMessage)
        for recipient in envelope.rcpt_tos:
            self.arrived.append(Arrived(str(envelope.mail_from), recipient, message, session.ssl is not None))
        return "250 taken"

    def _let_in(self, _: Any, __: Any, ___: Any, ____: str, told: Any) -> AuthResult:
        assert isinstance(told, LoginPassword)
        self.passwords.append((told.login, told.password))
        return AuthResult(success=told.password == b"p@ss word")
