"""What the recommender last saw for each mentee. Nothing here commits."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import defer
from sqlmodel import Session, col, select

from catalog.stores.batches import in_batches
from catalog.stores.upserts import upsert
from catalog.tables import Mentee, MenteeMentor, Outlook


def outlooks_of(session: Session, mentee_ids: Iterable[str], *, finds: bool = True) -> dict[str, Outlook]:
    """The outlook of each mentee that has one; without `finds`, which are most of it, they are read when asked for."""
    most_of_it: Any = Outlook.finds
    query = select(Outlook) if finds else select(Outlook).options(defer(most_of_it))
    found: dict[str, Outlook] = {}
    for batch in in_batches(mentee_ids):
        found.update({row.mentee_id: row for row in session.exec(query.where(_for(batch)))})
    return found


def keep_outlooks(session: Session, rows: Sequence[dict[str, Any]]) -> None:
    """Write outlooks, in place of those there were. Mentees who were erased meanwhile are left out."""
    for batch in in_batches(rows):
        names = [row["mentee_id"] for row in batch]
        there = set(session.exec(select(Mentee.id).where(col(Mentee.id).in_(names)).with_for_update(read=True)))
        upsert(session, Outlook, [row for row in batch if row["mentee_id"] in there], key=["mentee_id"])


def mentees_to_look_out_for(
    session: Session, *, before: dt.datetime | None = None, mentored_by: str | None = None
) -> Sequence[str]:
    """Mentees with a mentor whose outlook is missing or of another version of them, or was made before `before`."""
    stale = sa.or_(
        col(Outlook.mentee_id).is_(None),
        col(Outlook.mentee_version) != col(Mentee.version),
        *([] if before is None else [col(Outlook.looked_at) < before]),
    )
    whose = sa.true() if mentored_by is None else col(MenteeMentor.mentor_id) == mentored_by
    mentored = sa.exists().where(col(MenteeMentor.mentee_id) == col(Mentee.id), whose)
    query = select(Mentee.id).outerjoin(Outlook, col(Outlook.mentee_id) == col(Mentee.id))
    query = query.where(col(Mentee.archived_at).is_(None), mentored, stale)
    return session.exec(query.order_by(col(Mentee.id))).all()


def _for(mentee_ids: Sequence[str]) -> sa.ColumnElement[bool]:
    return col(Outlook.mentee_id).in_(mentee_ids)
