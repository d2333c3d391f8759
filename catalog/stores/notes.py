"""Mentors' notes about a mentee, perhaps about one opportunity. Nothing here commits."""

import datetime as dt
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from catalog.tables import Mentor, Note, Opportunity

_Writer, _Changer = aliased(Mentor), aliased(Mentor)


@dataclass(frozen=True, slots=True)
class NoteRow:
    """A note with who wrote it, who changed it last, and the title of what it is about."""

    note: Note
    writer: Mentor | None
    changer: Mentor | None
    opportunity_title: str | None


def _rows(mentee_id: str, reader_id: str) -> sa.Select[Note, Mentor, Mentor, str]:
    """The notes about a mentee that `reader_id`, who may see the mentee, may read: all but others' private ones."""
    return (
        sa.select(Note, _Writer, _Changer, col(Opportunity.title))
        .outerjoin(_Writer, col(_Writer.id) == col(Note.mentor_id))
        .outerjoin(_Changer, col(_Changer.id) == col(Note.changed_by))
        .outerjoin(Opportunity, col(Opportunity.id) == col(Note.opportunity_id))
        .where(col(Note.mentee_id) == mentee_id, sa.or_(col(Note.private).is_(False), col(Note.mentor_id) == reader_id))
    )


def find_note(session: Session, mentee_id: str, reader_id: str, note_id: str, *, lock: bool = False) -> NoteRow | None:
    """The note, or None when there is none or it is another mentor's private one."""
    query = _rows(mentee_id, reader_id).where(col(Note.id) == note_id)
    row = session.execute(query.with_for_update(of=Note) if lock else query).first()
    return NoteRow(*row) if row else None


def list_notes(
    session: Session,
    mentee_id: str,
    reader_id: str,
    *,
    limit: int,
    after: tuple[dt.datetime, str] | None = None,
    opportunity_id: str | None = None,
) -> list[NoteRow]:
    """Notes newest first, those after `after` (time, id)."""
    query = _rows(mentee_id, reader_id)
    if opportunity_id is not None:
        query = query.where(col(Note.opportunity_id) == opportunity_id)
    if after is not None:
        at, last = after
        made = col(Note.created_at)
        query = query.where(sa.or_(made < at, sa.and_(made == at, col(Note.id) < last)))
    query = query.order_by(col(Note.created_at).desc(), col(Note.id).desc()).limit(limit)
    return [NoteRow(*row) for row in session.execute(query)]
