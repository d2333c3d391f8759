"""On which day of a mentor's a digest is owed. Pure."""

import datetime as dt
from zoneinfo import ZoneInfo

from catalog.words import DigestRhythm

FRIDAY = 4


def day_owed(rhythm: DigestRhythm, weekday: int, hour: int, zone: str, now: dt.datetime) -> dt.date | None:
    """The mentor's date if a digest is owed on it and its hour has come, else None.

    From that hour on it is owed until the day ends there, so that a worker that was away sends it late rather
    than not at all; clocks that are put forward or back make no difference to a day's digest being one.
    """
    there = now.astimezone(ZoneInfo(zone))
    days = {
        DigestRhythm.OFF: (),
        DigestRhythm.DAILY: range(7),
        DigestRhythm.WEEKDAYS: range(FRIDAY + 1),
        DigestRhythm.WEEKLY: (weekday,),
    }[rhythm]
    return there.date() if there.weekday() in days and there.hour >= hour else None
