"""A cell that holds a day: taken where it can mean one day only, else asked about."""

import datetime as dt
import re

from catalog.cohort.cells import NotUnderstood, Understood
from catalog.cohort.remarks import shown
from catalog.cohort.words import is_unknown

_ISO_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00(?:\.0+)?)?)?")
_SLASHED_DATE = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})")
_DAY_NUMBER = re.compile(r"[345]\d{4}")
_EXCEL_EPOCH = dt.date(1899, 12, 30)


def read_date(cell: str) -> Understood:
    """A day: 2027-04-01. Where day and month cannot be told apart it is asked, not guessed."""
    if is_unknown(cell):
        return Understood(None, "not known")
    if iso := _ISO_DATE.fullmatch(cell):
        day = _day(int(iso[1]), int(iso[2]), int(iso[3]), cell)
        return Understood(day, "" if cell == str(day) else str(day))
    if slashed := _SLASHED_DATE.fullmatch(cell):
        return _day_or_month_first(int(slashed[1]), int(slashed[2]), int(slashed[3]), cell)
    if _DAY_NUMBER.fullmatch(cell):
        day = _EXCEL_EPOCH + dt.timedelta(days=int(cell))
        raise NotUnderstood(f"{shown(cell)} looks like a spreadsheet's number for {day}. If so, write {day}.")
    raise NotUnderstood(f"{shown(cell)} is no date. Write it as 2027-04-01 (year-month-day), or unknown.")


def _day_or_month_first(first: int, second: int, year: int, cell: str) -> Understood:
    if first <= 12 and second <= 12 and first != second:
        one, other = dt.date(max(year, 1), second, first), dt.date(max(year, 1), first, second)
        raise NotUnderstood(f"{shown(cell)} may be {one} or {other}: write the one you mean.")
    month, day = (first, second) if second > 12 else (second, first)
    found = _day(year, month, day, cell)
    return Understood(found, str(found))


def _day(year: int, month: int, day: int, cell: str) -> dt.date:
    try:
        return dt.date(year, month, day)
    except ValueError as error:
        raise NotUnderstood(f"{shown(cell)} is not a day of the calendar. Write it as 2027-04-01.") from error
