"""A mail server on loopback that mostly takes and keeps what it is given; sometimes it refuses, hangs or hangs up."""

import asyncio
import random
import re
import threading
from collections import Counter
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.smtp import SMTP, Envelope, Session

TROUBLES = {"refuse for now": 4, "hang up before": 2, "hang up after": 2, "hang": 1, "slow": 5}
"""Of a hundred messages, so many go wrong in each way. `after`: it was taken, and whoever sent it is not told."""
HANGS = 33.0  # seconds, longer than a client waits
SLOW = 1.0
_REPLY = re.compile(r"/reply#([\w-]{20,})")
_MESSAGE = re.compile(r"<(msg_\w+)\.\d+@")


@dataclass(frozen=True, slots=True)
class Taken:
    """A mail that arrived: the message that was owed, to whom, and the mentee's link in it if there is one."""

    message_id: str
    recipients: tuple[str, ...]
    reply_token: str
    text: str


@dataclass
class TroubledPostOffice:
    """The handler of an `aiosmtpd` controller. Its loop is one thread; `taken` is read from others."""

    seed: int
    calm: bool = False
    taken: list[Taken] = field(default_factory=list)
    troubles: Counter[str] = field(default_factory=Counter)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        """Make the dice."""
        self._chooser = random.Random(self.seed)

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:
        """Take the message, or not."""
        trouble = self._next()
        if trouble == "refuse for now":
            return "451 try again later"
        if trouble == "hang up before":
            return _hang_up(server)
        if trouble == "hang":
            await asyncio.sleep(HANGS)
            return _hang_up(server)
        if trouble == "slow":
            await asyncio.sleep(SLOW)
        self._take(envelope)
        return _hang_up(server) if trouble == "hang up after" else "250 OK"

    def letters(self) -> list[Taken]:
        """What was taken so far."""
        with self.lock:
            return list(self.taken)

    def _next(self) -> str:
        if self.calm:
            return ""
        [chosen] = self._chooser.choices((*TROUBLES, ""), (*TROUBLES.values(), 100 - sum(TROUBLES.values())))
        self.troubles[chosen or "none"] += 1
        return chosen

    def _take(self, envelope: Envelope) -> None:
        message: Any = message_from_bytes(bytes(envelope.original_content or b""), policy=policy.default)
        text = _text_of(message)
        named, link = _MESSAGE.search(message["Message-ID"] or ""), _REPLY.search(text)
        found = Taken(
            named[1] if named else "", tuple(envelope.rcpt_tos), link[1] if link else "", f"{message['To']}\n{text}"
        )
        with self.lock:
            self.taken.append(found)


def _text_of(message: EmailMessage) -> str:
    body = message.get_body(("plain",))
    return "" if body is None else str(body.get_content())


def _hang_up(server: SMTP) -> str:
    if server.transport is not None:
        server.transport.close()
    return "421 bye"
