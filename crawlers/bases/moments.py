"""Dates of structured data as moments, exactly as well as they are known: midnight is a date, not a time."""

import datetime as dt
import re
from typing import Any
from zoneinfo import ZoneInfo

from catalog.drafts import Deadline, Moment
from catalog.words import DeadlinePurpose, Precision

_DATED = re.compile(
    r"\s*(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?)?\s*$"
)


def day_in(text: Any) -> dt.date | None:
    """The date part of an ISO text as it is written: an offset moves nothing."""
    found = _DATED.match(str(text or ""))
    return _day(found) if found else None


def moment_in(text: Any, zone: str | None = None, quote: str = "") -> Moment | None:
    """An ISO date or date-time as a moment; None when it is neither.

    Midnight is a date: sources that know only the day write it so, and moving it to another
    zone would move the day. A time without an offset is local to `zone` when that is known.
    """
    found = _DATED.match(str(text or ""))
    if not found or (on := _day(found)) is None:
        return None
    quote = quote or str(text).strip()
    clock = _clock(found)
    if clock is None or clock == dt.time():
        return Moment(precision=Precision.DAY, on=on, quote=quote)
    if offset := found[7]:
        at = dt.datetime.combine(on, clock, _offset(offset))
        shown = at.astimezone(ZoneInfo(zone)) if zone else at
        return Moment(precision=Precision.INSTANT, at=at, on=shown.date(), zone=zone or _utc_name(offset), quote=quote)
    if zone:
        at = dt.datetime.combine(on, clock, ZoneInfo(zone))
        return Moment(precision=Precision.INSTANT, at=at, on=on, zone=zone, quote=quote)
    return Moment(precision=Precision.LOCAL_TIME, on=on, clock=clock, quote=quote)


def deadline_from(
    moment: Moment, *, purpose: DeadlinePurpose = DeadlinePurpose.APPLICATION, label: str = "", optional: bool = False
) -> Deadline:
    """A moment by which something must be handed in."""
    return Deadline(**moment.model_dump(), purpose=purpose, label=label, optional=optional)


def instant_in(text: Any) -> dt.datetime | None:
    """A time stamp with an offset, in UTC; one without is taken as UTC, as WordPress means `*_gmt`."""
    try:
        at = dt.datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return at.replace(tzinfo=at.tzinfo or dt.UTC).astimezone(dt.UTC)


def _day(found: re.Match[str]) -> dt.date | None:
    try:
        return dt.date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None


def _clock(found: re.Match[str]) -> dt.time | None:
    try:
        return dt.time(int(found[4]), int(found[5]), int(found[6] or 0)) if found[4] else None
    except ValueError:
        return None


def _offset(text: str) -> dt.timezone:
    if text == "Z":
        return dt.UTC
    digits = text.replace(":", "")
    span = dt.timedelta(hours=int(digits[1:3]), minutes=int(digits[3:5]))
    return dt.timezone(-span if digits[0] == "-" else span)


def _utc_name(offset: str) -> str | None:
    return "UTC" if _offset(offset).utcoffset(None) == dt.timedelta() else None
