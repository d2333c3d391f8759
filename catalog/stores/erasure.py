"""All that is kept about one mentee: handing it over, and forgetting it. Nothing here commits.

What erasing covers: the profile, goals and their vectors, notes,
decisions, reminders, rankings, links, the words of forwards, replies and mails, and stored answers.
What stays is that *a* mentee was sent an opportunity, and the identifier that a restored backup needs.
"""

import datetime as dt
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, SQLModel, col, select

from catalog.stores import outbox
from catalog.stores.idempotency import forget_answers_about
from catalog.tables import (
    Decision,
    Erasure,
    Forward,
    Goal,
    Mentee,
    Note,
    OutboxMessage,
    Ranking,
    Reminder,
    Reply,
    Token,
)
from catalog.words import DeliveryState


def export_mentee(session: Session, mentee: Mentee) -> dict[str, Any]:
    """Everything kept about a mentee as plain JSON, by table. Hashes of links are left out."""
    forwards = select(Forward.id).where(Forward.mentee_id == mentee.id)
    return {
        "mentee": _plain(mentee),
        "goals": _rows(session, select(Goal).where(Goal.mentee_id == mentee.id)),
        "decisions": _rows(session, select(Decision).where(Decision.mentee_id == mentee.id)),
        "notes": _rows(session, select(Note).where(Note.mentee_id == mentee.id)),
        "reminders": _rows(session, select(Reminder).where(Reminder.mentee_id == mentee.id)),
        "forwards": _rows(session, select(Forward).where(Forward.mentee_id == mentee.id)),
        "replies": _rows(session, select(Reply).where(col(Reply.forward_id).in_(forwards))),
        "messages": _rows(session, select(OutboxMessage).where(col(OutboxMessage.forward_id).in_(forwards))),
        "rankings": _rows(session, select(Ranking).where(Ranking.mentee_id == mentee.id)),
        "links": _rows(session, select(Token).where(Token.mentee_id == mentee.id)),
    }


def erase_mentee(session: Session, mentee: Mentee, *, now: dt.datetime) -> None:
    """Forget a mentee. What was forwarded stays without a name or words; a mail not yet sent is not sent."""
    forwards = list(session.exec(select(Forward.id).where(Forward.mentee_id == mentee.id)))
    outbox.lock_messages(session, forwards)
    outbox.cancel_all(session, forwards, now=now)
    session.exec(
        sa.update(OutboxMessage)
        .where(col(OutboxMessage.forward_id).in_(forwards))
        .values(recipient="", reply_to="", subject="", body="", attachments=[], last_error="")
    )
    session.exec(
        sa.update(Forward)
        .where(col(Forward.id).in_(forwards), col(Forward.state).in_((DeliveryState.HELD, DeliveryState.QUEUED)))
        .values(state=DeliveryState.UNDONE, settled_at=now)
    )
    session.exec(
        sa.update(Forward)
        .where(col(Forward.id).in_(forwards))
        .values(mentee_id=None, goal_id=None, subject="", message="", note="")
    )
    session.exec(sa.update(Reply).where(col(Reply.forward_id).in_(forwards)).values(reason=""))
    session.exec(sa.delete(Token).where(col(Token.forward_id).in_(forwards)))
    forget_answers_about(session, [mentee.id, *forwards])
    if session.get(Erasure, mentee.id) is None:
        session.add(Erasure(mentee_id=mentee.id, erased_at=now))
    session.delete(mentee)
    session.flush()


def _rows(session: Session, query: Any) -> list[dict[str, Any]]:
    return [_plain(row) for row in session.exec(query)]


def _plain(row: SQLModel) -> dict[str, Any]:
    return row.model_dump(mode="json", exclude={"token_hash"})
