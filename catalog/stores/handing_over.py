"""What is kept about one mentee, as plain JSON by table, to hand over to them. Nothing here commits.

Tables that refer to a mentee or to a goal are found in the schema, so that a new one is not forgotten.
"""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, SQLModel, col, select

from catalog.stores.holdings import is_for
from catalog.stores.visibility import Viewer
from catalog.tables import (
    AuditEntry,
    Decision,
    Forward,
    Goal,
    Mentee,
    Note,
    OutboxMessage,
    Ranking,
    Reminder,
    Reply,
    Table,
    Token,
)
from catalog.tables.people import Erasure, MenteeMentor
from catalog.words import Role, TokenPurpose

_NAMED = frozenset({"mentee", "goal", "decision", "note", "reminder", "forward", "reply", "outboxmessage", "ranking"})
_NOT_TOLD = frozenset({"token_hash", "vector"})
"""Secrets, and numbers that a text was turned into: they tell nothing that the text does not."""


def export_mentee(session: Session, mentee: Mentee, viewer: Viewer, *, now: dt.datetime) -> dict[str, Any]:
    """What is kept about a mentee: all of it for an administrator, who answers them when they ask what is kept.

    For another reader without what is a colleague's alone: private notes, reminders, feeds (`complete` is false,
    whether or not there are any). Left out for everybody: hashes of links, and vectors, which the goals' texts
    became; mails to mentors that tell of other mentees too; and copies that go by themselves, which are stored
    answers (48 hours) and events for programs (30 days).
    """
    forwards = select(Forward.id).where(Forward.mentee_id == mentee.id)
    return {
        "complete": _sees_all(viewer),
        "mentee": _plain(mentee),
        "goals": _rows(session, select(Goal).where(Goal.mentee_id == mentee.id)),
        "decisions": _rows(session, select(Decision).where(Decision.mentee_id == mentee.id)),
        "notes": _rows(session, _notes(mentee.id, viewer)),
        "reminders": _rows(session, _reminders(mentee.id, viewer)),
        "forwards": _rows(session, select(Forward).where(Forward.mentee_id == mentee.id)),
        "replies": _rows(session, select(Reply).where(col(Reply.forward_id).in_(forwards))),
        "messages": _rows(session, select(OutboxMessage).where(col(OutboxMessage.forward_id).in_(forwards))),
        "rankings": _rows(session, select(Ranking).where(Ranking.mentee_id == mentee.id)),
        "links": _rows(session, _links(mentee.id, viewer)),
        "record": _record(session, mentee.id, forwards, now),
        "others": dict(_others(session, mentee.id)),
    }


def _sees_all(viewer: Viewer) -> bool:
    return viewer.role is Role.ADMINISTRATOR


def _notes(mentee_id: str, viewer: Viewer) -> Any:
    notes = select(Note).where(Note.mentee_id == mentee_id)
    shared = sa.or_(col(Note.private).is_(False), col(Note.mentor_id) == viewer.mentor_id)
    return notes if _sees_all(viewer) else notes.where(shared)


def _reminders(mentee_id: str, viewer: Viewer) -> Any:
    reminders = select(Reminder).where(Reminder.mentee_id == mentee_id)
    theirs = is_for(col(Reminder.mentor_id), viewer.mentor_id)
    return reminders if _sees_all(viewer) else reminders.join(Mentee).where(theirs)


def _links(mentee_id: str, viewer: Viewer) -> Any:
    links = select(Token).where(Token.mentee_id == mentee_id)
    theirs = sa.or_(col(Token.purpose) != TokenPurpose.FEED, col(Token.mentor_id) == viewer.mentor_id)
    return links if _sees_all(viewer) else links.where(theirs)


def _record(session: Session, mentee_id: str, forwards: Any, now: dt.datetime) -> list[dict[str, Any]]:
    """Who saw, changed and sent what of theirs before now, oldest first."""
    about = sa.or_(col(AuditEntry.object_id) == mentee_id, col(AuditEntry.object_id).in_(forwards))
    return _rows(
        session, select(AuditEntry).where(about, AuditEntry.at < now).order_by(col(AuditEntry.at), col(AuditEntry.id))
    )


def _others(session: Session, mentee_id: str) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """The rows of every further table that has a mentee or a goal."""
    goals = select(Goal.id).where(Goal.mentee_id == mentee_id)
    for mapper in sorted(Table._sa_registry.mappers, key=lambda mapper: mapper.class_.__name__):
        table: Any = mapper.local_table
        if table.name in _NAMED or mapper.class_ in (Token, Erasure, MenteeMentor):
            continue
        if "mentee_id" in table.c:
            mine: sa.ColumnElement[bool] = table.c.mentee_id == mentee_id
        elif "goal_id" in table.c:
            mine = table.c.goal_id.in_(goals)
        else:
            continue
        yield table.name, _rows(session, select(mapper.class_).where(mine))


def _rows(session: Session, query: Any) -> list[dict[str, Any]]:
    return [_plain(row) for row in session.exec(query)]


def _plain(row: SQLModel) -> dict[str, Any]:
    return row.model_dump(mode="json", exclude=set(_NOT_TOLD))
