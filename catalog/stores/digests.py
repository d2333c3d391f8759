"""Digests that are owed, and what they told. Nothing here commits."""

import datetime as dt
from collections.abc import Collection, Iterable

import sqlalchemy as sa
from sqlmodel import Session, col, select

from catalog.digesting import day_owed
from catalog.stores.batches import in_batches
from catalog.stores.outbox import STOPPED, WAITING
from catalog.stores.upserts import insert, upsert
from catalog.tables import Digest, Mentor, OutboxMessage, Told
from catalog.values import zone_named
from catalog.words import DigestRhythm, OutboxState

TOLD_KEPT = dt.timedelta(days=400)
"""As long as anything that was told may still be shown: see `recommender.held.LOOKS_BACK`."""
_KEY = "digest:"


def digests_due(session: Session, *, now: dt.datetime) -> list[tuple[str, dt.date]]:
    """The mentors whose digest is owed now and has not been looked at, each with their date."""
    looked_at = sa.select(sa.func.max(Digest.on)).where(col(Digest.mentor_id) == col(Mentor.id)).scalar_subquery()
    query = sa.select(
        col(Mentor.id),
        col(Mentor.digest_rhythm),
        col(Mentor.digest_weekday),
        col(Mentor.digest_hour),
        col(Mentor.timezone),
        looked_at.label("last"),
        col(Mentor.created_at),
    ).where(col(Mentor.active), col(Mentor.digest_rhythm) != DigestRhythm.OFF)
    found = []
    for row in session.execute(query.order_by(col(Mentor.id))):
        on = day_owed(row.digest_rhythm, row.digest_weekday, row.digest_hour, row.timezone, now)
        since = row.last or row.created_at.date()  # nobody is owed one of before they came
        is_today = on == now.astimezone(zone_named(row.timezone)).date()
        if on is not None and (since < on or (row.last is None and is_today)):
            found.append((row.id, on))
    return found


def begin_digest(session: Session, mentor_id: str, on: dt.date, *, now: dt.datetime) -> bool:
    """Take this day's digest upon this transaction; False when another has it or had it."""
    statement = insert(session, Digest).values(mentor_id=mentor_id, on=on, items=0, created_at=now)
    statement = statement.on_conflict_do_nothing(index_elements=["mentor_id", "on"])
    return session.execute(statement.returning(col(Digest.mentor_id))).first() is not None


def owe_digest(
    session: Session,
    mentor: Mentor,
    on: dt.date,
    *,
    subject: str,
    body: str,
    told: Iterable[tuple[str, str]],
    now: dt.datetime,
) -> OutboxMessage:
    """The mail of a digest that was begun, and what it tells: (mentee id, key)."""
    message = OutboxMessage(
        natural_key=f"{_KEY}{mentor.id}:{on}",
        mentor_id=mentor.id,
        recipient=mentor.email,
        subject=subject,
        body=body,
        state=OutboxState.QUEUED,
        not_before=now,
        created_at=now,
    )
    session.add(message)
    session.flush()
    digest = session.get_one(Digest, (mentor.id, on), populate_existing=True)
    digest.items, digest.message_id = _note_told(session, message, told, now), message.id
    session.add(digest)
    session.flush()
    return message


def _note_told(session: Session, message: OutboxMessage, told: Iterable[tuple[str, str]], now: dt.datetime) -> int:
    """Note what a message tells its mentor, so that it is told once; how many things."""
    whose = {"mentor_id": message.mentor_id, "message_id": message.id, "told_at": now}
    rows = [{**whose, "mentee_id": mentee_id, "key": key} for mentee_id, key in told]
    for batch in in_batches(rows):
        upsert(session, Told, batch, key=["mentor_id", "key"])
    return len(rows)


def is_digest(message: OutboxMessage) -> bool:
    """Whether a message is a mentor's digest, and not an invitation or its like."""
    return message.natural_key.startswith(_KEY)


def digest_of(mentor_ids: Collection[str]) -> sa.ColumnElement[bool]:
    """The condition that a message is a digest of one of these mentors."""
    return sa.and_(col(OutboxMessage.natural_key).startswith(_KEY), col(OutboxMessage.mentor_id).in_(mentor_ids))


def told_keys(session: Session, mentor_id: str) -> set[str]:
    """The keys of what a mentor was told."""
    return set(session.exec(select(Told.key).where(Told.mentor_id == mentor_id)))


def untell(session: Session, message_id: str) -> None:
    """What a mail would have told that is certain not to have arrived is told anew."""
    session.exec(sa.delete(Told).where(col(Told.message_id) == message_id))


def forget_in_digests(session: Session, mentee_id: str, *, now: dt.datetime) -> None:
    """Forget the words of every digest that named a mentee; one not yet sent is not sent, and owed anew tomorrow."""
    named = select(Told.message_id).where(Told.mentee_id == mentee_id, col(Told.message_id).is_not(None)).distinct()
    messages = [name for name in session.exec(named) if name is not None]
    for batch in in_batches(messages):
        of_these = col(OutboxMessage.id).in_(batch)
        unsent = list(
            session.exec(select(OutboxMessage.id).where(of_these, col(OutboxMessage.state).in_((*WAITING, *STOPPED))))
        )
        session.exec(sa.update(OutboxMessage).where(of_these).values(subject="", body=""))
        session.exec(
            sa.update(OutboxMessage)
            .where(col(OutboxMessage.id).in_(unsent))
            .values(state=OutboxState.CANCELLED, settled_at=now)
        )
        session.exec(sa.delete(Told).where(col(Told.message_id).in_(unsent)))


def forget_told(session: Session, *, now: dt.datetime) -> int:
    """Forget what was told so long ago that it is shown no more, and the days of digests as old; how many rows."""
    long_ago = now - TOLD_KEPT
    told = session.exec(sa.delete(Told).where(col(Told.told_at) <= long_ago)).rowcount
    return told + session.exec(sa.delete(Digest).where(col(Digest.created_at) <= long_ago)).rowcount
