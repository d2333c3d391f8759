"""Mentors' words that a mentee meets a condition of one opportunity. Nothing here commits.

A confirmation is one more thing that is known of the mentee, whose version grows with it.
"""

import datetime as dt
from collections.abc import Sequence

import sqlalchemy as sa
from sqlmodel import Session, col, select

from catalog.columns import UtcDateTime
from catalog.stores.mentees import change_mentee
from catalog.tables import Confirmation, Mentee, Mentor, Opportunity

ConfirmationWithNames = tuple[Confirmation, Opportunity, Mentor | None]
"""What was confirmed, of which opportunity, and who did."""


def confirm(
    session: Session, mentee: Mentee, *, opportunity_id: str, quote: str, mentor_id: str, now: dt.datetime
) -> tuple[Confirmation, bool]:
    """Keep that a mentee, locked by the caller, meets what an opportunity asks; and whether that is new.

    Once said, it stays as it was said.
    """
    said = select(Confirmation).where(
        Confirmation.mentee_id == mentee.id,
        Confirmation.opportunity_id == opportunity_id,
        Confirmation.quote == quote,
    )
    if (known := session.exec(said).first()) is not None:
        return known, False
    made = Confirmation(
        mentee_id=mentee.id, opportunity_id=opportunity_id, quote=quote, mentor_id=mentor_id, created_at=now
    )
    session.add(made)
    change_mentee(session, mentee, {})
    return made, True


def take_back(session: Session, mentee: Mentee, confirmation_id: str) -> bool:
    """Forget a confirmation; False when there is none of this mentee's."""
    found = session.get(Confirmation, confirmation_id)
    if found is None or found.mentee_id != mentee.id:
        return False
    session.delete(found)
    change_mentee(session, mentee, {})
    return True


def confirmations_of(
    session: Session, mentee_id: str, *, limit: int, after: tuple[dt.datetime, str] | None = None
) -> Sequence[ConfirmationWithNames]:
    """What was confirmed of a mentee, newest first, from behind `after` (time, id)."""
    query = (
        select(Confirmation, Opportunity, Mentor)
        .join(Opportunity, col(Opportunity.id) == col(Confirmation.opportunity_id))
        .outerjoin(Mentor, col(Mentor.id) == col(Confirmation.mentor_id))
        .where(Confirmation.mentee_id == mentee_id)
    )
    newest = sa.tuple_(col(Confirmation.created_at), col(Confirmation.id))
    if after is not None:
        query = query.where(newest < sa.tuple_(sa.literal(after[0], UtcDateTime()), sa.literal(after[1])))
    query = query.order_by(col(Confirmation.created_at).desc(), col(Confirmation.id).desc())
    return session.exec(query.limit(limit)).all()


def confirmed_of(session: Session, mentee_ids: Sequence[str]) -> Sequence[Confirmation]:
    """All that was confirmed of these mentees, oldest first."""
    query = select(Confirmation).where(col(Confirmation.mentee_id).in_(mentee_ids))
    return session.exec(query.order_by(col(Confirmation.created_at), col(Confirmation.id))).all()
