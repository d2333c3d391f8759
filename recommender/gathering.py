"""Reading what a mentor's day is worked out from: a dozen queries, however many mentees there are."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from catalog.digesting import next_digest
from catalog.standing import CLOSING_SOON, Timetable, standing
from catalog.stores.batches import in_batches
from catalog.stores.forwards import NOT_SENT, latest_replies
from catalog.stores.holdings import is_for
from catalog.stores.notices import open_notices
from catalog.stores.reminders import open_reminders_for
from catalog.tables import (
    Change,
    Decision,
    Forward,
    Mentee,
    MenteeMentor,
    Mentor,
    Notice,
    Opportunity,
)
from catalog.words import DecisionKind, DeliveryState, ReminderBasis
from recommender.day import (
    CallFacts,
    ChangedCall,
    DecidedCall,
    Material,
    MenteeDay,
    RemindedCall,
    SentCall,
)
from recommender.reminding import Planned, in_order, reminders_due, today_for
from recommender.today import lead_of, todays
from recommender.wards import wards_of

LOOKS_BACK = dt.timedelta(days=400)
"""What was sent longer ago is not asked about any more."""
STOPPED = (DeliveryState.FAILED, DeliveryState.UNKNOWN)
STOPPED_FOR = dt.timedelta(days=30)
"""How long a mentor is told of a mail that did not leave."""
_REACHED = (DeliveryState.SENT, DeliveryState.COPIED)
_CALL = (
    col(Opportunity.id),
    col(Opportunity.kind),
    col(Opportunity.title),
    col(Opportunity.organisation),
    col(Opportunity.url),
    col(Opportunity.timing),
    col(Opportunity.deadlines),
    col(Opportunity.opens),
    col(Opportunity.starts),
    col(Opportunity.outcome),
    col(Opportunity.withdrawn_at),
    col(Opportunity.predicted),
    col(Opportunity.expected),
    col(Opportunity.last_seen_at),
)


def day_of_mentor(
    session: Session, mentor: Mentor, now: dt.datetime, *, closing_soon: dt.timedelta = CLOSING_SOON
) -> list[MenteeDay]:
    """What needs this mentor, for each of their mentees."""
    return todays(gather(session, mentor, now, closing_soon), now, closing_soon=closing_soon)


def gather(session: Session, mentor: Mentor, now: dt.datetime, closing_soon: dt.timedelta) -> Material:
    """Everything a mentor's day is worked out from."""
    mine = set(session.exec(select(MenteeMentor.mentee_id).where(MenteeMentor.mentor_id == mentor.id)))
    sent = _sent(session, mentor.id, now)
    stopped = _stopped(session, mentor.id, now)
    decided = _decided(session, mentor.id)
    today = today_for(mentor, now)
    reminded = [_reminded(one) for one in reminders_due(session, mentor.id, now)]
    later = _later(in_order(open_reminders_for(session, mentor.id), now), today)
    noticed = open_notices(session, mentor.id, now=now)
    calls = calls_by_id(session, [notice.opportunity_id for notice, _ in noticed])
    sent_at = _when(session, [notice.forward_id for notice, _ in noticed if notice.forward_id])
    changed = [
        replace(
            _changed(notice, change, calls[notice.opportunity_id], sent_at, now, closing_soon),
            old=first.old,
            old_quote=first.old_quote,
        )
        for notice, change, first in _in_one(noticed)
        if first is change or first.old != change.new  # moved and moved back is no change
    ]
    concerned = mine.union(*({one.mentee_id for one in group} for group in (sent, stopped, decided, reminded, changed)))
    wards = wards_of(session, concerned, now, mentor_id=mentor.id)
    found = calls_by_id(session, [find["opportunity"]["id"] for ward in wards for find in ward.finds])
    return Material(today, wards, sent, decided, reminded, changed, later, found, stopped, _lead(mentor, now))


def _lead(mentor: Mentor, now: dt.datetime) -> dt.timedelta:
    rhythm, weekday, hour = mentor.digest_rhythm, mentor.digest_weekday, mentor.digest_hour
    return lead_of(next_digest(rhythm, weekday, hour, mentor.timezone, now), now)


def calls_by_id(session: Session, opportunity_ids: Iterable[str]) -> dict[str, CallFacts]:
    """These opportunities as lines about them show them."""
    found: dict[str, CallFacts] = {}
    for batch in in_batches(sorted(set(opportunity_ids))):
        for row in session.execute(sa.select(*_CALL).where(col(Opportunity.id).in_(batch))):
            found[row.id] = CallFacts(row.id, row.kind, row.title, row.organisation, row.url, Timetable.of(row))
    return found


def _sent(session: Session, mentor_id: str, now: dt.datetime) -> list[SentCall]:
    """What is this mentor's to follow up and can still be gone for; of what was sent twice the later."""
    query = _mine(
        sa.select(
            col(Forward.id),
            col(Forward.mentee_id),
            col(Forward.opportunity_id),
            col(Forward.created_at),
            col(Forward.state),
        )
        .join(Mentee, col(Mentee.id) == col(Forward.mentee_id))
        .where(col(Forward.state).not_in(NOT_SENT), col(Forward.created_at) > now - LOOKS_BACK)
        .order_by(col(Forward.created_at), col(Forward.id)),
        col(Forward.mentor_id),
        mentor_id,
        still_open(col(Forward.opportunity_id), now),
    )
    rows = session.execute(query).all()
    answers = {name: one.answer for batch in in_batches(rows) for name, one in _answers(session, batch).items()}
    calls = calls_by_id(session, [row.opportunity_id for row in rows])
    found: dict[tuple[str, str], SentCall] = {}
    for row in rows:
        before = found.get((row.mentee_id, row.opportunity_id))
        answer = answers.get(row.id) or (before.answer if before else None)
        call, reached = calls[row.opportunity_id], row.state in _REACHED
        found[row.mentee_id, row.opportunity_id] = SentCall(
            row.id, row.mentee_id, call, row.created_at, reached, answer
        )
    return list(found.values())


def _stopped(session: Session, mentor_id: str, now: dt.datetime) -> list[SentCall]:
    """Mails of this mentor's that failed or may not have left lately; none for which there is a later forward."""
    later = aliased(Forward)
    instead = sa.exists().where(
        col(later.mentee_id) == col(Forward.mentee_id),
        col(later.opportunity_id) == col(Forward.opportunity_id),
        col(later.created_at) > col(Forward.created_at),
        col(later.state) != DeliveryState.UNDONE,
    )
    query = _mine(
        sa.select(Forward)
        .join(Mentee, col(Mentee.id) == col(Forward.mentee_id))
        .where(col(Forward.state).in_(STOPPED), col(Forward.created_at) > now - STOPPED_FOR)
        .order_by(col(Forward.created_at), col(Forward.id)),
        col(Forward.mentor_id),
        mentor_id,
        ~instead.correlate(Forward),
    )
    rows = session.execute(query).scalars().all()
    calls = calls_by_id(session, [row.opportunity_id for row in rows])
    return [
        SentCall(row.id, row.mentee_id or "", calls[row.opportunity_id], row.created_at, reached=False) for row in rows
    ]


def _in_one(noticed: Sequence[tuple[Notice, Change]]) -> list[tuple[Notice, Change, Change]]:
    """Of changes of one thing, newest first, the newest with the first: what was known against what holds now."""
    newest: dict[tuple[str, str, str], tuple[Notice, Change]] = {}
    first: dict[tuple[str, str, str], Change] = {}
    for notice, change in noticed:
        of = (notice.mentee_id, notice.opportunity_id, change.kind)
        newest.setdefault(of, (notice, change))
        first[of] = change
    return [(notice, change, first[of]) for of, (notice, change) in newest.items()]


def _answers(session: Session, rows: Sequence[Any]) -> dict[str, Any]:
    return latest_replies(session, [row.id for row in rows])


def _decided(session: Session, mentor_id: str) -> list[DecidedCall]:
    kinds = (DecisionKind.SAVED, DecisionKind.SNOOZED)
    query = _mine(
        sa.select(
            col(Decision.id),
            col(Decision.mentee_id),
            col(Decision.opportunity_id),
            col(Decision.kind),
            col(Decision.until),
        )
        .join(Mentee, col(Mentee.id) == col(Decision.mentee_id))
        .where(col(Decision.kind).in_(kinds))
        .order_by(col(Decision.id)),
        col(Decision.mentor_id),
        mentor_id,
        sa.true(),
    )
    rows = session.execute(query).all()
    calls = calls_by_id(session, [row.opportunity_id for row in rows])
    return [DecidedCall(row.id, row.mentee_id, calls[row.opportunity_id], row.kind, row.until) for row in rows]


def _mine(query: Any, owner: Any, mentor_id: str, also: sa.ColumnElement[bool]) -> Any:
    """Rows (with `Mentee` joined) that are this mentor's: their own, and of their mentees those nobody is left for."""
    return query.where(col(Mentee.archived_at).is_(None), is_for(owner, mentor_id), also)


def still_open(opportunity_id: Any, now: dt.datetime) -> sa.ColumnElement[bool]:
    """As far as the database tells whether one can still go for it; `standing` decides."""
    return sa.exists().where(
        col(Opportunity.id) == opportunity_id,
        col(Opportunity.withdrawn_at).is_(None),
        sa.or_(col(Opportunity.closes_at).is_(None), col(Opportunity.closes_at) > now),
    )


def _reminded(plan: Planned) -> RemindedCall:
    reminder, row = plan.row.reminder, plan.row.opportunity
    call = CallFacts(row.id, row.kind, row.title, row.organisation, row.url, Timetable.of(row))
    return RemindedCall(reminder.id, reminder.mentee_id, call, plan.day, reminder.text)


def _later(plans: Iterable[Planned], today: dt.date) -> dict[tuple[str, str], dt.date]:
    """What the mentor put off to a day; lead times, which are set beforehand, put nothing off."""
    found: dict[tuple[str, str], dt.date] = {}
    for plan in plans:
        reminder = plan.row.reminder
        if reminder.basis is ReminderBasis.DATE and plan.day is not None and plan.day > today:
            found.setdefault((reminder.mentee_id, reminder.opportunity_id), plan.day)
    return found


def _changed(
    notice: Notice,
    change: Change,
    call: CallFacts,
    sent_at: Mapping[str, dt.datetime],
    now: dt.datetime,
    closing_soon: dt.timedelta,
) -> ChangedCall:
    return ChangedCall(
        key=f"notice:{notice.id}",
        notice_id=notice.id,
        mentee_id=notice.mentee_id,
        call=call,
        standing=standing(call.timetable, now, closing_soon),
        kind=change.kind,
        old=change.old,
        new=change.new,
        old_quote=change.old_quote,
        new_quote=change.new_quote,
        read_at=change.new_read_at,
        forward_id=notice.forward_id,
        sent_at=sent_at.get(notice.forward_id or ""),
    )


def _when(session: Session, forward_ids: Sequence[str]) -> dict[str, dt.datetime]:
    found: dict[str, dt.datetime] = {}
    for batch in in_batches(forward_ids):
        query = sa.select(col(Forward.id), col(Forward.created_at)).where(col(Forward.id).in_(batch))
        found.update((name, at) for name, at in session.execute(query))
    return found
