"""On which day of a mentor's a digest is owed. Pure."""

import datetime as dt

from catalog.values import zone_named
from catalog.words import DigestRhythm

FRIDAY = 4
_DAYS = {DigestRhythm.DAILY: range(7), DigestRhythm.WEEKDAYS: range(FRIDAY + 1)}
"""Of the rhythms that have the same days every week. Of one that only a newer version knows, that version thinks."""


def day_owed(rhythm: DigestRhythm, weekday: int, hour: int, zone: str, now: dt.datetime) -> dt.date | None:
    """The mentor's date if a digest is owed on it and its hour has come, else None.

    From that hour on it is owed until the day ends there, and a weekly one until the next is, so that a worker
    that was away sends it late rather than not at all; clocks that are put forward or back make no difference to
    a day's digest being one.
    """
    there = now.astimezone(zone_named(zone))
    if rhythm is DigestRhythm.WEEKLY:
        days_ago = (there.weekday() - weekday) % 7
        return there.date() - dt.timedelta(days=days_ago or (0 if there.hour >= hour else 7))
    days = _DAYS.get(rhythm, ())
    return there.date() if there.weekday() in days and there.hour >= hour else None


def next_digest(rhythm: DigestRhythm, weekday: int, hour: int, zone: str, now: dt.datetime) -> dt.datetime | None:
    """The hour of the first digest after `now`, in UTC; None where they want none. An hour that the clocks leave
    out is the one after it."""
    if rhythm is not DigestRhythm.WEEKLY and rhythm not in _DAYS:
        return None
    there = zone_named(zone)
    today = now.astimezone(there).date()
    days = _DAYS.get(rhythm, (weekday,))
    for ahead in range(9):
        day = today + dt.timedelta(days=ahead)
        at = dt.datetime.combine(day, dt.time(hour), there).astimezone(dt.UTC)
        if day.weekday() in days and at > now:
            return at
    raise AssertionError("every rhythm has a day within a week")
