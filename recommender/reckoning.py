"""The days on which a call counts how long ago somebody qualified: its deadline, its start, or when one applies.

A day that is not known is an interval of days; what must hold then has to hold on each of them.
"""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from catalog.drafts import Moment
from catalog.standing import Timetable, last_day

Days = tuple[dt.date, dt.date]
"""First and last, inclusive."""
_WITHIN_A_YEAR = dt.timedelta(days=366)
_SOON_AFTER = dt.timedelta(days=550)
"""Within so long of its deadline what a call offers begins."""


class CountedAt(StrEnum):
    """On which day a page counts."""

    APPLICATION = "application"
    DEADLINE = "deadline"
    START = "start"
    UNSAID = "unsaid"


@dataclass(frozen=True, slots=True)
class Reckoning:
    """What a call says of its deadlines and of its start; None where it says nothing."""

    deadlines: Days | None = None
    starts: Days | None = None

    def days(self, counted: CountedAt, today: dt.date | None) -> Days | None:
        """The days that may be meant; None where nothing at all is known of them."""
        closes = self._closes(today)
        if counted is CountedAt.START:
            return self.starts or (closes and (closes[0], closes[1] + _SOON_AFTER))
        if closes is None or counted is CountedAt.DEADLINE:
            return closes
        first = min(today or closes[0], closes[0])
        if counted is CountedAt.APPLICATION or self.starts is None:
            return first, closes[1]
        return first, max(closes[1], self.starts[1])

    def _closes(self, today: dt.date | None) -> Days | None:
        """When it closes; of what has no date, or only one that has passed, some day within a year."""
        if self.deadlines is not None and (today is None or self.deadlines[1] >= today):
            return self.deadlines
        return (today, today + _WITHIN_A_YEAR) if today is not None else None


UNDATED = Reckoning()


def reckoning(timetable: Timetable) -> Reckoning:
    """What a call's dates tell of the day on which it counts."""
    live = [_days(deadline) for deadline in timetable.deadlines if not deadline.superseded]
    known = [days for days in live if days is not None]
    deadlines = (min(first for first, _ in known), max(last for _, last in known)) if known else None
    return Reckoning(deadlines, _days(timetable.starts) if timetable.starts else None)


def _days(moment: Moment) -> Days | None:
    return (moment.on, last_day(moment)) if moment.on is not None else None
