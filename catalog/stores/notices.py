"""Notices of change: written once for each change and holder, read by who they are for. Nothing here commits."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from catalog.identifiers import identifier
from catalog.noticing import TOLD_OF, Changed, notices
from catalog.stores.batches import in_batches
from catalog.stores.forwards import NOT_SENT
from catalog.stores.holdings import active_mentors, holdings_of_calls, is_for
from catalog.stores.revisions import current_revision, take_turn
from catalog.stores.upserts import insert
from catalog.tables import Change, Forward, Mentee, Notice, Revision

NOTICED = "noticed"
"""The bookmark: changes up to this revision have their notices. It moves in the transaction that writes them."""
LOOKS_BACK = dt.timedelta(days=30)
"""What changed longer ago is no news any more, also where nobody has looked before."""
STAYS = dt.timedelta(days=30)
"""How long a notice is shown that nobody has seen to."""
MOST_OPEN = 1_000
"""Of one mentor, read at once."""


def is_behind(session: Session) -> bool:
    """Whether there are changes that have not been looked at. Cheap: asked before a transaction is begun."""
    newest = session.exec(select(sa.func.max(Change.rev))).one() or 0
    return newest > current_revision(session, NOTICED)


def note_changes(session: Session, *, now: dt.datetime) -> int:
    """Write the notices of all changes since the last time; how many are new.

    One at a time, by the turn; and each notice has a natural key, so that doing it again adds none.
    """
    take_turn(session, NOTICED)
    behind = current_revision(session, NOTICED)
    query: Any = sa.select(
        col(Change.id),
        col(Change.opportunity_id),
        col(Change.kind),
        col(Change.rev),
        col(Change.new_read_at).label("at"),
    ).where(col(Change.rev) > behind, col(Change.new_read_at) > now - LOOKS_BACK)
    written = 0
    for rows in in_batches(session.execute(query.order_by(col(Change.rev), col(Change.id))).all()):
        written += _write(session, [Changed(**row._asdict()) for row in rows if row.kind in TOLD_OF], now)
    newest = session.exec(select(sa.func.max(Change.rev))).one() or 0
    session.exec(sa.update(Revision).where(col(Revision.name) == NOTICED).values(value=max(behind, newest)))
    return written


def _write(session: Session, changes: Sequence[Changed], now: dt.datetime) -> int:
    holdings = holdings_of_calls(session, [one.opportunity_id for one in changes])
    mentors = active_mentors(session, [one.mentee_id for one in holdings])
    rows = [
        {
            "id": identifier("ntc"),
            "change_id": owed.change_id,
            "mentor_id": owed.mentor_id,
            "mentee_id": owed.mentee_id,
            "opportunity_id": owed.opportunity_id,
            "forward_id": owed.forward_id,
            "created_at": now,
        }
        for owed in notices(changes, holdings, mentors)
    ]
    written = 0
    for batch in in_batches(rows):
        statement = insert(session, Notice).values(batch)
        statement = statement.on_conflict_do_nothing(index_elements=["change_id", "mentor_id", "mentee_id"])
        written += len(session.execute(statement.returning(col(Notice.id))).all())
    return written


def open_notices(session: Session, mentor_id: str, *, now: dt.datetime) -> Sequence[tuple[Notice, Change]]:
    """What a mentor has not seen to yet, the newest first; what was taken back since is left out.

    A notice follows the mentee: of one whose mentor may see her no more, those who mentor her now hear.
    """
    query = (
        select(Notice, Change)
        .join(Change, col(Change.id) == col(Notice.change_id))
        .join(Mentee, col(Mentee.id) == col(Notice.mentee_id))
        .outerjoin(Forward, col(Forward.id) == col(Notice.forward_id))
        .where(
            _is_for(mentor_id),
            col(Notice.done_at).is_(None),
            col(Notice.created_at) > now - STAYS,
            col(Mentee.archived_at).is_(None),
            sa.or_(col(Forward.id).is_(None), col(Forward.state).not_in(NOT_SENT)),
        )
        .order_by(col(Change.rev).desc(), col(Notice.id).desc())
        .limit(MOST_OPEN)
    )
    return session.exec(query).all()


def see_to(session: Session, mentor_id: str, notice: Notice, *, now: dt.datetime) -> bool:
    """Note that a mentor has seen to a change, and to those that it comes after; False when they had before."""
    if notice.done_at is not None:
        return False
    for one in (notice, *overtaken_by(session, mentor_id, notice)):
        one.done_at = now
        session.add(one)
    return True


def unsee(session: Session, forward: Forward) -> None:
    """Open again the notices that a forward passed on: those of its mentee and opportunity that its mentor saw to in
    the moment in which it was made. It was taken back: nobody was told."""
    query = select(Notice).join(Mentee, col(Mentee.id) == col(Notice.mentee_id))
    query = query.where(
        _is_for(forward.mentor_id or ""),
        Notice.mentee_id == forward.mentee_id,
        Notice.opportunity_id == forward.opportunity_id,
        Notice.done_at == forward.created_at,
    )
    for notice in session.exec(query.with_for_update(of=Notice)):
        notice.done_at = None
        session.add(notice)


def overtaken_by(session: Session, mentor_id: str, notice: Notice) -> Sequence[Notice]:
    """Open notices of changes of the same thing, for the same mentee, that this one comes after: it says where it has
    come to since."""
    this, query = session.get_one(Change, notice.change_id), select(Notice).join(Mentee).join(Change)
    query = query.where(
        _is_for(mentor_id),
        col(Notice.done_at).is_(None),
        Notice.mentee_id == notice.mentee_id,
        Notice.opportunity_id == notice.opportunity_id,
        Change.kind == this.kind,
        Change.rev < this.rev,
    )
    return session.exec(query.with_for_update(of=Notice)).all()


def find_notice(session: Session, mentor_id: str, notice_id: str) -> Notice | None:
    """One notice, if it is this mentor's to see to."""
    query = select(Notice).join(Mentee, col(Mentee.id) == col(Notice.mentee_id))
    return session.exec(query.where(Notice.id == notice_id, _is_for(mentor_id))).first()


def _is_for(mentor_id: str) -> sa.ColumnElement[bool]:
    """Theirs, or left behind by somebody; of several about one change their own, else the first."""
    other = aliased(Notice)
    instead = sa.exists().where(
        col(other.change_id) == col(Notice.change_id),
        col(other.mentee_id) == col(Notice.mentee_id),
        sa.or_(col(other.mentor_id) == mentor_id, col(other.id) < col(Notice.id)),
    )
    left_behind = sa.and_(col(Notice.mentor_id) != mentor_id, ~instead.correlate(Notice))
    return sa.and_(is_for(col(Notice.mentor_id), mentor_id), sa.or_(col(Notice.mentor_id) == mentor_id, left_behind))
