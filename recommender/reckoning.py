"""The days on which a call counts how long ago somebody qualified: its deadline, its start, or when one applies.

A day that is not known is an interval of days; what must hold then has to hold on each of them.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from catalog.drafts import Moment
from catalog.standing import PLACEHOLDER_AFTER, Timetable, last_day

Days = tuple[dt.date, dt.date]
"""First and last, inclusive."""
_COUNTED_FROM = range(1900, 2200)
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
    """What a call says of its deadlines, round by round, and of its start; nothing where it says nothing."""

    deadlines: tuple[Days, ...] = ()
    starts: Days | None = None

    def days(self, counted: CountedAt, today: dt.date | None) -> Days | None:
        """The days that may be meant; None where nothing at all is known of them."""
        closes, starts = self._closes(today), _near([self.starts] if self.starts else [], today)
        if counted is CountedAt.START:
            return starts or (closes and (closes[0], closes[1] + _SOON_AFTER))
        if closes is None or counted is CountedAt.DEADLINE:
            return closes
        first = min(today or closes[0], closes[0])
        if counted is CountedAt.APPLICATION or starts is None:
            return first, closes[1]
        return first, max(closes[1], starts[1])

    def _closes(self, today: dt.date | None) -> Days | None:
        """When its next rounds close; of what has no date, or only such as have passed, some day within a year."""
        ahead = [days for days in self.deadlines if today is None or today <= days[1]]
        some_day = None if today is None else (today, today + _WITHIN_A_YEAR)
        return _near(ahead, today) or some_day


UNDATED = Reckoning()


def reckoning(timetable: Timetable) -> Reckoning:
    """What a call's dates tell of the day on which it counts."""
    live = [_days(deadline) for deadline in timetable.deadlines if not deadline.superseded]
    known = tuple(days for days in live if days is not None)
    return Reckoning(known, _days(timetable.starts) if timetable.starts else None)


def _days(moment: Moment) -> Days | None:
    """None also for the years 1 and 9999, which pages do write: what is counted from them leaves the calendar."""
    if moment.on is None or moment.on.year not in _COUNTED_FROM:
        return None
    return moment.on, last_day(moment)


def _near(several: Sequence[Days], today: dt.date | None) -> Days | None:
    """All of these together. Sites write 2099 where nothing closes: as everywhere, what is so far off is no date."""
    several = [days for days in several if today is None or days[0] <= today + PLACEHOLDER_AFTER]
    return (min(first for first, _ in several), max(last for _, last in several)) if several else None
