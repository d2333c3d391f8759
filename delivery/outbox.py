"""Sending what is owed: claim, send, settle, each message in transactions of its own.

The claim is committed before anything is sent. If the process dies between sending and settling,
the claim is found unfinished and becomes `unknown`: a person decides whether to send it again.
"""

import datetime as dt
import logging
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from catalog.database import reading, writing
from catalog.standing import Timetable, standing
from catalog.stores import outbox
from catalog.stores.holders import is_gone
from catalog.tables import Forward, Opportunity, OutboxMessage
from catalog.words import OutboxState
from delivery.calendar import deadline_entry
from delivery.mail import Attempt, Letter, Mailer, Result

logger = logging.getLogger("opportune.delivery")
WAITS = tuple(dt.timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360, 720))
"""How long to wait after each refused attempt; after the last one the message has failed."""

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


def deliver_due(sending: Sender, *, at_most: int = 100) -> int:
    """Send what is due, one by one; how many were tried. First marks claims that died as unknown."""
    with writing(sending.engine) as session:
        for message_id in outbox.abandon_unfinished(session, now=sending.clock(), is_gone=is_gone):
            logger.warning("message %s was claimed and never settled: unknown", message_id)
    tried = 0
    while tried < at_most and _deliver_one(sending):
        tried += 1
    return tried


def _deliver_one(sending: Sender) -> bool:
    now = sending.clock()
    with writing(sending.engine) as session:
        message = outbox.claim(session, sending.holder, now=now)
        if message is None:
            return False
        message_id, attempts, recipient = message.id, message.attempts, message.recipient
    letter = _written(sending, message_id, now)
    settle(sending, message_id, attempts, letter if isinstance(letter, Attempt) else _send(sending, letter), recipient)
    return True


def _written(sending: Sender, message_id: str, now: dt.datetime) -> Letter | Attempt:
    """The letter to send, or the refusal of one that may not or cannot be written.

    The claim is kept by then: what cannot be written is settled, and does not come first again.
    """
    try:
        with reading(sending.engine) as session:
            message = session.get_one(OutboxMessage, message_id)
            if not message.recipient:
                return Attempt(Result.REFUSED, "its recipient was erased")
            if outbox.is_suppressed(session, message.recipient):
                return Attempt(Result.REFUSED, "this address bounced or unsubscribed")
            return _letter(session, message, sending, now)
    except DBAPIError as error:
        return Attempt(Result.TRY_AGAIN, f"the database was away or busy ({type(error).__name__})")
    except Exception as error:
        logger.exception("message %s cannot be written", message_id)
        return Attempt(Result.REFUSED, f"the message cannot be written: {type(error).__name__}")


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
            outbox.suppress(session, recipient, "bounced", now=now)
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


def _letter(session: Session, message: OutboxMessage, sending: Sender, now: dt.datetime) -> Letter:
    domain = sending.sender.rpartition("@")[2].rstrip("> ") or "localhost"
    return Letter(
        recipient=message.recipient,
        subject=message.subject,
        body=message.body,
        sender=sending.sender,
        reply_to=message.reply_to,
        unsubscribe=f"mailto:{sending.operator_email or message.reply_to}?subject=unsubscribe",
        message_id=f"<{message.id}.{message.attempts}@{domain}>",
        calendar=_calendar(session, message, now),
    )


def _calendar(session: Session, message: OutboxMessage, now: dt.datetime) -> bytes | None:
    """The deadline as it stands when the message is sent, which is not always as it stood when it was written."""
    forward = session.get(Forward, message.forward_id) if message.forward_id else None
    opportunity = session.get(Opportunity, forward.opportunity_id) if forward else None
    if opportunity is None:
        return None
    return deadline_entry(
        uid=opportunity.id,
        title=opportunity.title,
        url=opportunity.url,
        deadline=standing(Timetable.of(opportunity), now).deadline,
        stamp=now,
    )
