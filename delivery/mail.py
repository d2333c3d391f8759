"""Mail over SMTP: how a message is built, and what is known of it after each step of sending.

A server has taken a message only when it answers the end of the data. Whatever is refused before
that may be tried again; a connection that breaks after the data was begun leaves it unknown.
"""

import re
import smtplib
import ssl
from dataclasses import dataclass, field
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP as SMTP_POLICY
from email.utils import format_datetime, localtime, parseaddr
from enum import Enum
from ipaddress import ip_address
from typing import Protocol
from urllib.parse import unquote, urlsplit

from catalog.addresses import host_in_ascii
from catalog.values import one_line, visible_text

TIMEOUT = 30.0
_SUBJECT_AT_MOST = 200
_NO_SUCH_ADDRESS = re.compile(rb"5\.1\.(1|2|3|6|10)\b")
"""Enhanced status codes of a recipient's address (RFC 3463 §3.2, RFC 7505). A bare 550 says "relaying denied" too."""


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


@dataclass(frozen=True, slots=True)
class Letter:
    """A message as it is owed, ready to be sent."""

    recipient: str
    subject: str
    body: str
    sender: str
    reply_to: str = ""
    unsubscribe: str = ""  # addresses as the header wants them: <https://…>, <mailto:…>
    message_id: str = ""
    calendar: bytes | None = field(default=None, repr=False)


class Mailer(Protocol):
    """Sends letters."""

    def send(self, letter: Letter) -> Attempt:
        """Try once; never raises for what a server or network does."""
        ...


class NotAnAddress(ValueError):
    """A text that is no e-mail address. The message does not hold it."""


class RecipientRefused(NotAnAddress):
    """The recipient's address is none."""


class PasswordInClear(OSError):
    """The server would have been told the password unencrypted."""


def checked_sender(text: str) -> str:
    """`text` if mail can be sent in its name. Raises NotAnAddress, which says what it should look like."""
    try:
        _sender(text)
    except NotAnAddress as error:
        raise NotAnAddress("the sender of mail is set as Opportune <opportune@example.org>") from error
    return text


def compose(letter: Letter) -> EmailMessage:
    """The message: plain text, one recipient. Raises NotAnAddress; RecipientRefused when it is the recipient's.

    The recipient is built from its parts, since `To: a@b, evil@x` would add one; line breaks in
    headers are refused by the library.
    """
    message = EmailMessage(policy=SMTP_POLICY)
    message["From"] = _sender(letter.sender)
    try:
        message["To"] = _address(letter.recipient)
    except NotAnAddress as error:
        raise RecipientRefused("the recipient has no usable address") from error
    if letter.reply_to:
        message["Reply-To"] = _address(letter.reply_to)
    message["Subject"] = one_line(letter.subject)[:_SUBJECT_AT_MOST]
    message["Date"] = format_datetime(localtime())
    if letter.message_id:
        message["Message-ID"] = letter.message_id
    if letter.unsubscribe:
        message["List-Unsubscribe"] = letter.unsubscribe
        if letter.unsubscribe.startswith("<https:"):  # RFC 8058: one click, and only over https
            message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(visible_text(letter.body) + "\n")
    if letter.calendar is not None:
        message.add_attachment(letter.calendar, maintype="text", subtype="calendar", filename="deadline.ics")
    return message


def _sender(text: str) -> Address:
    name, address = parseaddr(text)
    return _address(address, one_line(name))


def _address(address: str, name: str = "") -> Address:
    try:
        return Address(name, addr_spec=_on_the_wire(address))
    except (ValueError, IndexError, HeaderParseError) as error:  # the library raises each for some text
        raise NotAnAddress("this is no e-mail address") from error


def _on_the_wire(address: str) -> str:
    """An address as every mail server takes it: the letters of a domain beyond ASCII are written in it (RFC 5890)."""
    local, at, domain = address.rpartition("@")
    return address if address.isascii() else f"{local}{at}{host_in_ascii(domain)}"


class SmtpMailer:
    """Sends over `smtp://user:password@host:port` (STARTTLS where offered) or `smtps://` (TLS from the start).

    A password goes over a network encrypted or not at all: whoever hides the offer of STARTTLS gets none.
    """

    def __init__(self, url: str, *, timeout: float = TIMEOUT) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
            raise ValueError("the mail server is set as smtp://user:password@host:port or smtps://…")
        self._host = parts.hostname
        self._tls = parts.scheme == "smtps"
        self._port = parts.port or (465 if self._tls else 587)
        self._user = unquote(parts.username or "")
        self._password = unquote(parts.password or "")
        self._timeout = timeout

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
        context = ssl.create_default_context()
        if self._tls:
            server: smtplib.SMTP = smtplib.SMTP_SSL(self._host, self._port, timeout=self._timeout, context=context)
        else:
            server = smtplib.SMTP(self._host, self._port, timeout=self._timeout)
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
        try:
            code, _ = server.mail(_on_the_wire(parseaddr(letter.sender)[1]))
            if code != 250:
                return _refused(code, "the sender")
            code, said = server.rcpt(_on_the_wire(letter.recipient))
            if code not in (250, 251):
                return _refused(code, "the recipient", bounced=bool(_NO_SUCH_ADDRESS.match(said)))
        except (OSError, smtplib.SMTPException) as error:
            return Attempt(Result.TRY_AGAIN, f"the connection broke before the message ({type(error).__name__})")
        try:
            code, _ = server.data(message.as_bytes())
        except smtplib.SMTPDataError as error:
            return _refused(error.smtp_code, "the message")
        except (OSError, smtplib.SMTPException) as error:
            return Attempt(Result.UNKNOWN, f"the connection broke during the message ({type(error).__name__})")
        return Attempt(Result.TAKEN) if code == 250 else _refused(code, "the message")


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _refused(code: int, what: str, *, bounced: bool = False) -> Attempt:
    result = Result.REFUSED if code >= 500 else Result.TRY_AGAIN
    return Attempt(result, f"the mail server refused {what} ({code})", bounced)
