"""All that is kept about one mentee, as plain JSON by table, to hand over to them. Nothing here commits.

Tables that refer to a mentee or to a goal are found in the schema, so that a new one is not forgotten.
"""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, SQLModel, col, select

from catalog.tables import Decision, Forward, Goal, Mentee, Note, OutboxMessage, Ranking, Reminder, Reply, Table, Token
from catalog.tables.people import Erasure, MenteeMentor

_NAMED = frozenset({"mentee", "goal", "decision", "note", "reminder", "forward", "reply", "outboxmessage", "ranking"})
_NOT_TOLD = frozenset({"token_hash", "vector"})
"""Secrets, and numbers that a text was turned into: they tell nothing that the text does not."""


def export_mentee(session: Session, mentee: Mentee) -> dict[str, Any]:
    """Everything kept about a mentee. Hashes of links are left out, and vectors, which the goals' texts became."""
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
        "others": dict(_others(session, mentee.id)),
    }


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
