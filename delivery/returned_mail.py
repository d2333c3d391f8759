"""Whom a mail server's report says that mail cannot reach: RFC 3464, the message that comes back hours later."""

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import Message

_TYPED = re.compile(r"\s*rfc822\s*;\s*<?([^<>\s;]+@[^<>\s;]+?)>?\s*", re.IGNORECASE)


class NotAReport(ValueError):
    """A message that reports nothing about any recipient; the message says so."""


def addresses_that_failed(message: bytes) -> list[str]:
    """The addresses that a report gives up for good (`Action: failed`, a status of 5), as they were written to.

    A full mailbox or a delay (4.x.x) is none. Raises NotAReport.
    """
    parts = [part for part in message_from_bytes(message, policy=policy.compat32).walk() if _is_status(part)]
    if not parts:
        raise NotAReport("this is no report of a mail server (RFC 3464): it has no part message/delivery-status")
    found = [_failed(recipient) for part in parts for recipient in _blocks(part)]
    return list(dict.fromkeys(address for address in found if address))


def _is_status(part: Message) -> bool:
    return part.get_content_type() in ("message/delivery-status", "message/global-delivery-status")


def _blocks(part: Message) -> Iterator[Message]:
    """The header blocks of the part: one about the message, then one for each recipient."""
    payload = part.get_payload()
    return (block for block in payload if isinstance(block, Message)) if isinstance(payload, list) else iter(())


def _failed(recipient: Message) -> str:
    """The address of a block that says it failed for good, else nothing. It was written to the original one."""
    if str(recipient.get("Action", "")).strip().lower() != "failed":
        return ""
    if not str(recipient.get("Status", "5")).strip().startswith("5"):
        return ""
    for name in ("Original-Recipient", "Final-Recipient"):
        if typed := _TYPED.fullmatch(str(recipient.get(name, ""))):
            return typed[1]
    return ""
