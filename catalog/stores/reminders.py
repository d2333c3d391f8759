"""Reminders that mentors set, or mentees asked for, about an opportunity. Nothing here commits.

A reminder is for one person, and nobody else sees it: neither co-mentors nor those who coordinate or administer,
in lists, by its id, in digests or in an export that is not complete (`holdings.is_for`). What its owner left
behind is for those who mentor the mentee now.

On which day one is due is not kept: `recommender.reminding` works it out from the opportunity as it is now.
"""

import datetime as dt
from dataclasses import dataclass

import sqlalchemy as sa
from sqlmodel import Session, col, select

from catalog.stores.holdings import is_for
from catalog.tables import Forward, Mentee, Mentor, Opportunity, Reminder
from catalog.words import ReminderBasis

MOST_OPEN = 500
"""Of one mentor: they are all read to find those that are due."""


@dataclass(frozen=True, slots=True)
class ReminderRow:
    """A reminder with whom and what it names. `mentor` is None where all of the mentee's mentors are meant."""

    reminder: Reminder
    opportunity: Opportunity
    mentee: Mentee
    mentor: Mentor | None


Rows = sa.Select[Reminder, Opportunity, Mentee, Mentor]


def _rows() -> Rows:
    return (
        sa.select(Reminder, Opportunity, Mentee, Mentor)
        .join(Opportunity, col(Opportunity.id) == col(Reminder.opportunity_id))
        .join(Mentee, col(Mentee.id) == col(Reminder.mentee_id))
        .outerjoin(Mentor, col(Mentor.id) == col(Reminder.mentor_id))
    )


def open_reminders_for(session: Session, mentor_id: str) -> list[ReminderRow]:
    """What one mentor is still to be reminded of: set for them while they may see the mentee, or, of those they
    mentor, set for all or for somebody who may see them no more."""
    query = _for(mentor_id).where(col(Reminder.done_at).is_(None), col(Mentee.archived_at).is_(None))
    return [ReminderRow(*row) for row in session.execute(query.order_by(col(Reminder.id)))]


def _for(mentor_id: str) -> Rows:
    return _rows().where(is_for(col(Reminder.mentor_id), mentor_id))


def find_reminder(session: Session, mentor_id: str, reminder_id: str, *, lock: bool = False) -> ReminderRow | None:
    """The reminder, or None when there is none or it is not for this mentor."""
    query = _for(mentor_id).where(col(Reminder.id) == reminder_id)
    row = session.execute(query.with_for_update(of=Reminder) if lock else query).first()
    return ReminderRow(*row) if row else None


def list_reminders(
    session: Session,
    mentor_id: str,
    *,
    done: bool,
    mentee_id: str | None = None,
    opportunity_id: str | None = None,
    at_most: int = MOST_OPEN,
) -> list[ReminderRow]:
    """Reminders that are for a mentor, the newest first."""
    query = _for(mentor_id)
    finished = col(Reminder.done_at)
    query = query.where(finished.is_not(None) if done else finished.is_(None))
    if mentee_id is not None:
        query = query.where(col(Reminder.mentee_id) == mentee_id)
    if opportunity_id is not None:
        query = query.where(col(Reminder.opportunity_id) == opportunity_id)
    query = query.order_by(col(Reminder.created_at).desc(), col(Reminder.id).desc()).limit(at_most)
    return [ReminderRow(*row) for row in session.execute(query)]


def count_open(session: Session, mentor_id: str) -> int:
    """How many reminders of this mentor's are not done."""
    query = select(sa.func.count()).where(Reminder.mentor_id == mentor_id, col(Reminder.done_at).is_(None))
    return session.exec(query).one()


def remind_as_asked(session: Session, forward: Forward, remind_on: dt.date, *, now: dt.datetime) -> None:
    """What a mentee's `remind_me` makes: one reminder for who forwarded it; asking again moves it."""
    if forward.mentee_id is None:
        return
    row = _asked_for(session, forward.id)
    if row is None:
        row = Reminder(
            mentee_id=forward.mentee_id,
            opportunity_id=forward.opportunity_id,
            mentor_id=forward.mentor_id,
            forward_id=forward.id,
            basis=ReminderBasis.DATE,
            created_at=now,
        )
    else:
        row.version += 1
    row.basis, row.remind_on, row.days_before, row.set_for = ReminderBasis.DATE, remind_on, 0, None
    session.add(row)
    session.flush()


def no_longer_asked(session: Session, forward_id: str, *, now: dt.datetime) -> None:
    """A mentee who has answered otherwise since is not to be reminded of."""
    row = _asked_for(session, forward_id)
    if row is not None:
        row.done_at = now
        row.version += 1
        session.add(row)
        session.flush()


def _asked_for(session: Session, forward_id: str) -> Reminder | None:
    query = select(Reminder).where(Reminder.forward_id == forward_id, col(Reminder.done_at).is_(None))
    return session.exec(query.order_by(col(Reminder.id))).first()
