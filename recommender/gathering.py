"""Reading what a mentor's day is worked out from: a dozen queries, however many mentees there are."""

import datetime as dt
from collections.abc import Iterable

from sqlmodel import Session, select

from catalog.digesting import next_digest
from catalog.standing import CLOSING_SOON
from catalog.stores.reminders import open_reminders_for
from catalog.tables import MenteeMentor, Mentor
from catalog.words import ReminderBasis
from recommender.call_facts import calls_by_id, facts_of
from recommender.day import Material, MenteeDay, RemindedCall
from recommender.held import decided_calls, sent_calls, stopped_calls
from recommender.moved import changed_calls
from recommender.reminding import Planned, in_order, today_for
from recommender.today import lead_of, todays
from recommender.wards import wards_of


def day_of_mentor(
    session: Session, mentor: Mentor, now: dt.datetime, *, closing_soon: dt.timedelta = CLOSING_SOON
) -> list[MenteeDay]:
    """What needs this mentor, for each of their mentees."""
    return todays(gather(session, mentor, now, closing_soon), now, closing_soon=closing_soon)


def gather(session: Session, mentor: Mentor, now: dt.datetime, closing_soon: dt.timedelta) -> Material:
    """Everything a mentor's day is worked out from."""
    today = today_for(mentor, now)
    mine = set(session.exec(select(MenteeMentor.mentee_id).where(MenteeMentor.mentor_id == mentor.id)))
    sent = sent_calls(session, mentor.id, now)
    stopped = stopped_calls(session, mentor.id, now)
    decided = decided_calls(session, mentor.id)
    plans = in_order(open_reminders_for(session, mentor.id), now)
    reminded = [_reminded(plan) for plan in plans if plan.is_due(today)]
    changed = changed_calls(session, mentor.id, now, closing_soon)
    concerned = mine.union(*({one.mentee_id for one in group} for group in (sent, stopped, decided, reminded, changed)))
    wards = wards_of(session, concerned, now, mentor_id=mentor.id)
    found = calls_by_id(session, [find["opportunity"]["id"] for ward in wards for find in ward.finds])
    later = _put_off(plans, today)
    return Material(today, wards, sent, decided, reminded, changed, later, found, stopped, _lead(mentor, now))


def _lead(mentor: Mentor, now: dt.datetime) -> dt.timedelta:
    rhythm, weekday, hour = mentor.digest_rhythm, mentor.digest_weekday, mentor.digest_hour
    return lead_of(next_digest(rhythm, weekday, hour, mentor.timezone, now), now)


def _reminded(plan: Planned) -> RemindedCall:
    reminder = plan.row.reminder
    return RemindedCall(reminder.id, reminder.mentee_id, facts_of(plan.row.opportunity), plan.day, reminder.text)


def _put_off(plans: Iterable[Planned], today: dt.date) -> dict[tuple[str, str], dt.date]:
    """What the mentor put off to a day; lead times, which are set beforehand, put nothing off."""
    found: dict[tuple[str, str], dt.date] = {}
    for plan in plans:
        reminder = plan.row.reminder
        if reminder.basis is ReminderBasis.DATE and plan.day is not None and plan.day > today:
            found.setdefault((reminder.mentee_id, reminder.opportunity_id), plan.day)
    return found
