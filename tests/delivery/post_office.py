"""A real SMTP server on loopback that answers as a test tells it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.smtp import SMTP, Envelope, Session


@dataclass
class PostOffice:
    """Keeps what it takes."""

    taken: list[tuple[list[str], EmailMessage]] = field(default_factory=list)
    letters: list[bytes] = field(default_factory=list)
    mail_options: list[list[str]] = field(default_factory=list)
    rcpt_answer: str = "250 OK"
    data_answer: str = "250 OK"
    on_rcpt: Callable[[], None] = lambda: None
    on_data: Callable[[], None] = lambda: None

    async def handle_MAIL(self, _server: SMTP, _s: Session, envelope: Envelope, who: str, options: list[str]) -> str:
        envelope.mail_from = who
        self.mail_options.append([one for one in options if not one.startswith("SIZE")])
        return "250 OK"

    async def handle_RCPT(self, _server: SMTP, _s: Session, envelope: Envelope, to: str, _options: list[str]) -> str:
        self.on_rcpt()
        if self.rcpt_answer.startswith("250"):
            envelope.rcpt_tos.append(to)
        return self.rcpt_answer

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:
        self.on_data()
        if self.data_answer == "hang up":
            assert server.transport is not None
            server.transport.close()
            return "421 bye"
        if self.data_answer.startswith("250"):
            message: Any = message_from_bytes(envelope.content or b"", policy=policy.default)
            self.taken.append((list(envelope.rcpt_tos), message))
            self.letters.append(bytes(envelope.content or b""))
        return self.data_answer
