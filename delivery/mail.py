"""Mail over SMTP: what is known of a message after each step of sending.

A server has taken a message only when it answers the end of the data. Whatever is refused before
that may be tried again; a connection that breaks after the data was begun leaves it unknown.
"""

import re
import smtplib
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import parseaddr
from enum import Enum
from ipaddress import ip_address
from typing import Protocol
from urllib.parse import unquote, urlsplit

from delivery.letters import Letter, RecipientRefused, beyond_ascii, compose, on_the_wire
from delivery.smtp import Smtp, SmtpTls

TIMEOUT = 30.0  # seconds between two signs of life
LONGEST = 90.0  # seconds that one message may take in all
_NO_SUCH_ADDRESS = re.compile(rb"5\.1\.(1|2|3|6|10)\b")
"""Enhanced status codes of a recipient's address (RFC 3463 §3.2, RFC 7505). A bare 550 says "relaying denied" too."""
_ASCII_ALONE = re.compile(rb"5\.6\.[79]\b")
"""Addresses, or headers, beyond ASCII are not taken any further (RFC 6531 §3.5, §3.7.4)."""


class Result(Enum):
    """What is known after an attempt."""

    TAKEN = "taken"
    TRY_AGAIN = "try_again"  # refused for now, before it was taken
    REFUSED = "refused"  # refused for good
    UNKNOWN = "unknown"  # it may have been taken


@dataclass(frozen=True, slots=True)
class Attempt:
    """An attempt and why it ended so. `reason` holds no address."""

    result: Result
    reason: str = ""
    bounced: bool = False  # the recipient's address is not accepted


class Mailer(Protocol):
    """Sends letters."""

    def send(self, letter: Letter) -> Attempt:
        """Try once; never raises for what a server or network does."""
        ...


class PasswordInClear(OSError):
    """The server would have been told the password unencrypted."""


class SmtpMailer:
    """Sends over `smtp://user:password@host:port` (STARTTLS where offered) or `smtps://` (TLS from the start).

    A password goes over a network encrypted or not at all: whoever hides the offer of STARTTLS gets none.
    """

    def __init__(self, url: str, *, timeout: float = TIMEOUT, longest: float = LONGEST) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
            raise ValueError("the mail server is set as smtp://user:password@host:port or smtps://…")
        self._host = parts.hostname
        self._tls = parts.scheme == "smtps"
        self._port = parts.port or (465 if self._tls else 587)
        self._user = unquote(parts.username or "")
        self._password = unquote(parts.password or "")
        self._timeout = timeout
        self._longest = longest

    def send(self, letter: Letter) -> Attempt:
        """Try once."""
        try:
            message = compose(letter)
        except ValueError as error:
            bounced = isinstance(error, RecipientRefused)
            return Attempt(Result.REFUSED, f"the message cannot be built: {type(error).__name__}", bounced)
        try:
            server = self._connect()
        except smtplib.SMTPAuthenticationError:
            return Attempt(Result.TRY_AGAIN, "the mail server refused our sign-in")
        except PasswordInClear:
            return Attempt(Result.TRY_AGAIN, "the mail server offers no encryption, and was not told the password")
        except (OSError, smtplib.SMTPException) as error:
            return Attempt(Result.TRY_AGAIN, f"the mail server cannot be reached ({type(error).__name__})")
        try:
            return self._hand_over(server, letter, message)
        finally:
            server.close()

    def greet(self) -> None:
        """Connect and sign in, and send nothing. Raises OSError or smtplib.SMTPException for what goes wrong."""
        self._connect().close()

    def _connect(self) -> smtplib.SMTP:
        context, limits = ssl.create_default_context(), {"timeout": self._timeout, "most": self._longest}
        if self._tls:
            server: smtplib.SMTP = SmtpTls(self._host, self._port, context=context, **limits)
        else:
            server = Smtp(self._host, self._port, **limits)
        try:
            server.ehlo_or_helo_if_needed()
            if not self._tls and server.has_extn("starttls"):
                server.starttls(context=context)
                server.ehlo()
            elif self._user and not self._tls and not _is_loopback(self._host):
                raise PasswordInClear(self._host)
            if self._user:
                server.login(self._user, self._password)
        except BaseException:
            server.close()
            raise
        return server

    def _hand_over(self, server: smtplib.SMTP, letter: Letter, message: EmailMessage) -> Attempt:
        whose = beyond_ascii(letter)
        if whose and not server.has_extn("smtputf8"):
            return Attempt(Result.REFUSED, _beyond(whose))
        try:
            options = ("SMTPUTF8", "BODY=8BITMIME") if whose else ()
            code, said = server.mail(on_the_wire(parseaddr(letter.sender)[1]), options)
            if code != 250:
                return _refused(code, said, "the sender", whose)
            code, said = server.rcpt(on_the_wire(letter.recipient))
            if code not in (250, 251):
                return _refused(code, said, "the recipient", whose)
        except (OSError, smtplib.SMTPException) as error:
            return Attempt(Result.TRY_AGAIN, f"the connection broke before the message ({type(error).__name__})")
        try:
            code, said = server.data(message.as_bytes())
        except smtplib.SMTPDataError as error:
            return _refused(error.smtp_code, b"", "the message", whose)
        except (OSError, smtplib.SMTPException) as error:
            return Attempt(Result.UNKNOWN, f"the connection broke during the message ({type(error).__name__})")
        return Attempt(Result.TAKEN) if code == 250 else _refused(code, said, "the message", whose)


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _refused(code: int, said: bytes, what: str, whose: str) -> Attempt:
    """`said`: the server's own words. `whose` address has letters beyond ASCII, if one has."""
    result = Result.REFUSED if code >= 500 else Result.TRY_AGAIN
    if whose and _ASCII_ALONE.match(said):
        return Attempt(result, _beyond(whose))
    bounced = what == "the recipient" and bool(_NO_SUCH_ADDRESS.match(said))
    return Attempt(result, f"the mail server refused {what} ({code})", bounced)


def _beyond(whose: str) -> str:
    return (
        f"the mail server takes only letters from a to z before the @ of an address (no SMTPUTF8), and {whose} has "
        "others there: use another address, or copy the message"
    )
