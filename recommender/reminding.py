"""On which day a reminder is due: worked out when asked, so that it moves with the deadline it hangs on.

It stands here because the latest sensible day to start follows from what a call asks for. The API lists
reminders by it, and a mentor's day has those that are due (`recommender.gathering`).
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace

from catalog.drafts import Deadline
from catalog.standing import Timetable, entries, standing
from catalog.stores.reminders import ReminderRow
from catalog.tables import Mentor, Opportunity
from catalog.values import zone_named
from catalog.words import Precision, ReminderBasis
from recommender.explaining import details_of
from recommender.time_left import time_left

LEADS = {
    30: "A month before the deadline",
    14: "Two weeks before the deadline",
    7: "A week before the deadline",
    1: "The day before the deadline",
}
"""Lead times that are offered, in days."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A reminder and its day. `day` is None where the date it hung on is no longer given: it is then due at once.

    `deadline`: the one it is reckoned from, None for a date. `moved_from`: the deadline's day when the reminder
    was set, where that has changed.
    """

    row: ReminderRow
    day: dt.date | None
    deadline: Deadline | None = None
    moved_from: dt.date | None = None

    def is_due(self, today: dt.date) -> bool:
        """Whether the mentor should hear of it now."""
        return self.day is None or self.day <= today


def planned(row: ReminderRow, now: dt.datetime) -> Planned:
    """A reminder with its day as things stand."""
    reminder = row.reminder
    if reminder.basis is ReminderBasis.DATE:
        return Planned(row, reminder.remind_on)
    deadline = anchor(row.opportunity, reminder.set_for, now)
    begins = reckoned(row.opportunity, reminder.basis, deadline, now)
    day = None if begins is None else begins - dt.timedelta(days=reminder.days_before)
    moved = deadline is not None and reminder.set_for is not None and deadline.on != reminder.set_for
    return Planned(row, day, deadline, reminder.set_for if moved or deadline is None else None)


def anchor(opportunity: Opportunity, set_for: dt.date | None, now: dt.datetime) -> Deadline | None:
    """The deadline a reminder hangs on: that of the day it was set for while it is given, else the one that decides."""
    for _, deadline in entries(opportunity.deadlines, now):
        if deadline.on == set_for:
            return deadline
    return standing(Timetable.of(opportunity), now).deadline


def reckoned(
    opportunity: Opportunity, basis: ReminderBasis, deadline: Deadline | None, now: dt.datetime
) -> dt.date | None:
    """The day that a lead time counts back from; None where nothing is dated. Of a month, its first day."""
    if basis is ReminderBasis.DEADLINE:
        if deadline is None or deadline.on is None:
            return None
        return deadline.on.replace(day=1) if deadline.precision is Precision.MONTH else deadline.on
    current = replace(standing(Timetable.of(opportunity), now), deadline=deadline)
    starts = opportunity.starts.on if opportunity.starts else None
    return time_left(opportunity.kind, current, details_of(opportunity).steps, now, starts).start_by


@dataclass(frozen=True, slots=True)
class Choice:
    """A day to be reminded on, and what it is called."""

    basis: ReminderBasis
    days_before: int
    day: dt.date
    label: str
    usual: bool = False


def choices(opportunity: Opportunity, now: dt.datetime, today: dt.date, usual_days: int | None = None) -> list[Choice]:
    """Days that suggest themselves for a call, earliest first; only those that are not over.

    `usual_days`: the lead time that the mentor likes, in days; it is among them, and marked.
    """
    deadline = anchor(opportunity, None, now)
    found = []
    start = reckoned(opportunity, ReminderBasis.START_BY, deadline, now)
    if start is not None:
        longest = max(details_of(opportunity).steps, key=lambda step: step.days, default=None)
        because = f" ({longest.what}: about {longest.days} days)" if longest else ""
        found.append(Choice(ReminderBasis.START_BY, 0, start, f"The latest sensible day to begin{because}"))
    closes = reckoned(opportunity, ReminderBasis.DEADLINE, deadline, now)
    if closes is not None:
        for days, label in _leads(usual_days).items():
            day = closes - dt.timedelta(days=days)
            found.append(Choice(ReminderBasis.DEADLINE, days, day, label, usual=days == usual_days))
    return sorted((one for one in found if one.day >= today), key=lambda one: one.day)


def _leads(usual_days: int | None) -> dict[int, str]:
    if usual_days is None:
        return LEADS
    own = "On the day of the deadline" if usual_days == 0 else f"{usual_days} days before the deadline"
    return {usual_days: own} | LEADS


def in_order(rows: Iterable[ReminderRow], now: dt.datetime) -> list[Planned]:
    """Reminders by day, those that lost theirs first."""
    found = [planned(row, now) for row in rows]
    return sorted(found, key=lambda one: (one.day or dt.date.min, one.row.reminder.id))


def today_for(mentor: Mentor, now: dt.datetime) -> dt.date:
    """The date where the mentor is."""
    return now.astimezone(zone_named(mentor.timezone)).date()
