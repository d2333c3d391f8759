"""One date as a page writes it, resolving nothing: a missing year stays missing, an unclear order unclear."""

import datetime as dt
from dataclasses import dataclass

Day = tuple[int | None, int, int]
"""A year (or None), a month and a day."""


@dataclass(frozen=True, slots=True)
class Mention:
    """One date as written in a text, at `start` to `end` of it.

    `day` is 0 where only the month is given. For a range the fields are its last day and `begins`
    is its first. `ambiguous`: day and month could be the other way round. `rough`: the page says
    early, mid or late in the month. `inherited`: the year is written once, at another date of the list.
    """

    start: int
    end: int
    year: int | None
    month: int
    day: int
    weekday: int | None = None
    begins: Day | None = None
    ambiguous: bool = False
    rough: bool = False
    inherited: bool = False

    def on(self, year: int | None = None) -> dt.date | None:
        """Return the calendar day in `year` (or the written one), None where there is no such day."""
        return _date(self.year or year, self.month, self.day or 1)

    def begins_on(self, year: int | None = None) -> dt.date | None:
        """Return the first day of a range whose last day is in `year` (or the written one)."""
        if self.begins is None:
            return None
        begin_year, month, day = self.begins
        last_year = self.year or year
        if begin_year is None and last_year is not None:
            begin_year = last_year - 1 if month > self.month else last_year
        return _date(begin_year, month, day or 1)


def _date(year: int | None, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day) if year else None
    except ValueError:
        return None
