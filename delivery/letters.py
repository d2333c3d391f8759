"""A letter as it is owed, and the message that is made of it (RFC 5322; RFC 6532 where an address needs it).

Bodies are written in ASCII on the wire, so that no server on the way need know 8BITMIME (RFC 6152).
"""

from dataclasses import dataclass, field
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, localtime, parseaddr

from email_validator import validate_email

from catalog.addresses import host_in_ascii
from catalog.values import one_line, visible_text

_ON_THE_WIRE = SMTP.clone(cte_type="7bit")
_SUBJECT_AT_MOST = 200


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


class NotAnAddress(ValueError):
    """A text that is no e-mail address. The message does not hold it."""


class RecipientRefused(NotAnAddress):
    """The recipient's address is none."""


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
    message = EmailMessage(policy=_ON_THE_WIRE.clone(utf8=bool(beyond_ascii(letter))))
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


def beyond_ascii(letter: Letter) -> str:
    """Whose address has letters beyond ASCII before its @, so that each server on the way must know SMTPUTF8
    (RFC 6531); nothing where no address has."""
    named = {
        "the recipient's address": letter.recipient,
        "the address for answers": letter.reply_to,
        "the sender's address": parseaddr(letter.sender)[1],
    }
    return next((whose for whose, address in named.items() if not address.rpartition("@")[0].isascii()), "")


def _sender(text: str) -> Address:
    name, address = parseaddr(text)
    return _address(address, one_line(name))


def _address(address: str, name: str = "") -> Address:
    try:
        local, _, domain = on_the_wire(address).rpartition("@")
        if not local.isascii():  # which the library's own reader knows nothing of
            return Address(name, username=local, domain=domain)
        return Address(name, addr_spec=f"{local}@{domain}")
    except (ValueError, IndexError, HeaderParseError) as error:  # the library raises each for some text
        raise NotAnAddress("this is no e-mail address") from error


def on_the_wire(address: str) -> str:
    """An address as mail servers take it: the letters of a domain beyond ASCII are written in it (RFC 5890), those
    before the @ stay, composed (RFC 6532 §3.1). Raises ValueError for what is none."""
    local, at, domain = address.rpartition("@")
    if address.isascii():
        return address
    if not local.isascii():
        local = _checked_local_part(local)
    return f"{local}{at}{host_in_ascii(domain)}"


def _checked_local_part(local: str) -> str:
    """What stands before the @, composed. Raises EmailNotValidError, which is a ValueError."""
    return validate_email(f"{local}@example.org", check_deliverability=False).local_part
