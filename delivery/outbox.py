"""Sending what is owed: claim, send, settle, each message in transactions of its own.

The claim is committed before anything is sent. If the process dies between sending and settling,
the claim is found unfinished and becomes `unknown`: a person decides whether to send it again.
"""

import contextlib
import datetime as dt
import logging
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote

import sqlalchemy as sa
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, col, select

from catalog.database import reading, writing
from catalog.processes import is_gone
from catalog.standing import Timetable, standing
from catalog.stores import outbox
from catalog.stores.digests import is_digest, untell
from catalog.stores.leases import HeldLease, LeaseLost, hold
from catalog.stores.suppressions import new_unsubscribe_link, suppress, suppressed
from catalog.tables import Forward, Mentor, Opportunity, OutboxMessage
from catalog.words import DigestRhythm, OutboxState, SuppressionReason
from delivery.calendar import deadline_entry, in_one
from delivery.digest_text import digest_words
from delivery.letters import Letter
from delivery.mail import Attempt, Mailer, Result
from recommender.letter_templates import fill

logger = logging.getLogger("opportune.delivery")
WAITS = tuple(dt.timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360, 720))
"""How long to wait after each refused attempt; after the last one the message has failed."""

LEASE_LASTS = dt.timedelta(minutes=3)
"""Longer than one message can take (`delivery.mail.LONGEST`), with the waits for the database before and after it."""

Clock = Callable[[], dt.datetime]


@dataclass(frozen=True, slots=True)
class Sender:
    """What sends, and in whose name. `holder` names this process in claims."""

    engine: Engine
    mailer: Mailer
    sender: str
    holder: str
    clock: Clock
    operator_email: str = ""
    address: str = ""  # under which people reach the service; without one mail has no link to unsubscribe by


def deliver_due(
    sending: Sender, *, at_most: int = 100, ended: Callable[[], bool] = lambda: False, lease: HeldLease | None = None
) -> int:
    """Send what is due, one by one, until it has `ended`; how many were tried. First marks claims that died as unknown.

    Under a lease it is renewed with each message, and who has lost it sends no more.
    """
    with writing(sending.engine) as session:
        for message_id in outbox.abandon_unfinished(session, now=sending.clock(), is_gone=is_gone):
            logger.warning("message %s was claimed and never settled: unknown", message_id)
    tried = 0
    with contextlib.suppress(LeaseLost):
        while tried < at_most and not ended() and _deliver_one(sending, lease):
            tried += 1
    return tried


def _deliver_one(sending: Sender, lease: HeldLease | None) -> bool:
    """Raises LeaseLost."""
    now = sending.clock()
    with writing(sending.engine) as session:
        if lease is not None:
            hold(session, lease, lasts=LEASE_LASTS)
        message = outbox.claim(session, sending.holder, now=now)
        if message is None:
            return False
        message_id, attempts, recipient = message.id, message.attempts, message.recipient
        secret = new_unsubscribe_link(session, message, now=now) if sending.address else None
    letter = _written(sending, message_id, now, secret)
    settle(sending, message_id, attempts, letter if isinstance(letter, Attempt) else _send(sending, letter), recipient)
    return True


def _written(sending: Sender, message_id: str, now: dt.datetime, secret: str | None) -> Letter | Attempt:
    """The letter to send, or the refusal of one that may not or cannot be written.

    The claim is kept by then: what cannot be written is settled, and does not come first again.
    """
    try:
        with reading(sending.engine) as session:
            message = session.get_one(OutboxMessage, message_id)
            if refusal := _refusal(session, message):
                return Attempt(Result.REFUSED, refusal)
            return _letter(session, message, sending, now, secret)
    except DBAPIError as error:
        return Attempt(Result.TRY_AGAIN, f"the database was away or busy ({type(error).__name__})")
    except Exception as error:
        logger.exception("message %s cannot be written", message_id)
        return Attempt(Result.REFUSED, f"the message cannot be written: {type(error).__name__}")


def _refusal(session: Session, message: OutboxMessage) -> str:
    """Why a message may not be sent; nothing when it may."""
    if not message.recipient:
        return "its recipient was erased"
    reason = suppressed(session, [message.recipient]).get(message.recipient)
    if reason is SuppressionReason.UNSUBSCRIBED and message.forward_id is None:
        reason = None  # a mentee's wish: invitations, resets and digests are other mail, with a way out of their own
    if reason is not None:
        bounced = reason is SuppressionReason.BOUNCED
        return "mail to this address bounced" if bounced else "this address unsubscribed"
    mentor = session.get(Mentor, message.mentor_id) if message.mentor_id and is_digest(message) else None
    if mentor is not None and mentor.digest_rhythm is DigestRhythm.OFF:
        return "they switched their digest off"
    return ""


def _send(sending: Sender, letter: Letter) -> Attempt:
    try:
        return sending.mailer.send(letter)
    except Exception as error:  # a fault of ours: whether it left is not known
        logger.exception("the mailer failed")
        return Attempt(Result.UNKNOWN, f"unforeseen: {type(error).__name__}")


def settle(sending: Sender, message_id: str, attempts: int, attempt: Attempt, recipient: str) -> None:
    """Record how an attempt ended, and when to try again."""
    now = sending.clock()
    state, not_before = _next(attempt, attempts, now)
    with writing(sending.engine) as session:
        settled = outbox.settle(
            session, message_id, sending.holder, state, now=now, error=attempt.reason, not_before=not_before
        )
        if attempt.bounced and attempt.result is Result.REFUSED:
            suppress(session, recipient, SuppressionReason.BOUNCED, now=now)
        if settled and state is OutboxState.FAILED:
            untell(session, message_id)
    logger.info("message %s: %s%s", message_id, state, "" if settled else " (its claim had been taken away)")


def _next(attempt: Attempt, attempts: int, now: dt.datetime) -> tuple[OutboxState, dt.datetime | None]:
    match attempt.result:
        case Result.TAKEN:
            return OutboxState.SENT, None
        case Result.UNKNOWN:
            return OutboxState.UNKNOWN, None
        case Result.TRY_AGAIN if attempts <= len(WAITS):
            return OutboxState.QUEUED, now + WAITS[attempts - 1]
        case _:
            return OutboxState.FAILED, None


def _letter(session: Session, message: OutboxMessage, sending: Sender, now: dt.datetime, secret: str | None) -> Letter:
    domain = sending.sender.rpartition("@")[2].rstrip("> ") or "localhost"
    return Letter(
        recipient=message.recipient,
        subject=message.subject,
        body=f"{message.body}{_footer(session, message, sending, secret)}",
        sender=sending.sender,
        reply_to=message.reply_to,
        unsubscribe=_unsubscribe(message, sending, secret),
        message_id=f"<{message.id}.{message.attempts}@{domain}>",
        calendar=_calendar(session, message, now),
    )


def _unsubscribe(message: OutboxMessage, sending: Sender, secret: str | None) -> str:
    """The header's addresses: the link that a mail program follows with one click, and one to write to."""
    link = f"<{sending.address}/v1/unsubscribe/{secret}>" if secret else ""
    writes_to = sending.operator_email or message.reply_to
    letter = f"<mailto:{quote(writes_to, safe='@+')}?subject=unsubscribe>" if writes_to else ""
    return ", ".join(part for part in (link, letter) if part)


def _footer(session: Session, message: OutboxMessage, sending: Sender, secret: str | None) -> str:
    """The line under a mail by which a person gets no more of its kind. The token is behind the #: in no log."""
    if secret is None:
        return ""
    mentor = session.get(Mentor, message.mentor_id) if message.mentor_id else None
    words, _ = digest_words(mentor.locale if mentor else "")
    said = words.stop_forwards if message.forward_id else words.stop_digest
    return "\n\n-- \n" + fill(said, {"link": f"{sending.address}/unsubscribe#{secret}"})


def _calendar(session: Session, message: OutboxMessage, now: dt.datetime) -> bytes | None:
    """The deadlines as they stand when the message is sent, which is not always as they stood when it was written."""
    if message.forward_id is None:
        return None
    carried = sa.or_(col(Forward.id) == message.forward_id, col(Forward.mailed_with) == message.forward_id)
    query = select(Opportunity).join(Forward, col(Forward.opportunity_id) == col(Opportunity.id)).where(carried)
    entries = [
        deadline_entry(
            uid=opportunity.id,
            title=opportunity.title,
            url=opportunity.url,
            deadline=standing(Timetable.of(opportunity), now).deadline,
            stamp=now,
        )
        for opportunity in session.exec(query.order_by(col(Forward.id))).unique()
    ]
    return in_one([entry for entry in entries if entry is not None])
