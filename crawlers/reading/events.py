"""When the thing itself takes place: its first and last day, or the start of what one applies for."""

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

from catalog.drafts import Moment
from catalog.words import Precision
from crawlers.reading.clocks import Clock
from crawlers.reading.deadlines import quote_of
from crawlers.reading.document import Document
from crawlers.reading.entries import Entry
from crawlers.reading.moments import moment_of
from crawlers.reading.roles import Role
from crawlers.reading.structured import iso_day
from crawlers.reading.timeline import Timeline

_EVENT_TYPE_NAMES = "Event EducationEvent BusinessEvent CourseInstance ScholarlyEvent SocialEvent Course Festival"
_EVENT_TYPES = frozenset(_EVENT_TYPE_NAMES.split())
_LONGEST_LINE = 400
_LONGEST_EVENT = dt.timedelta(days=370 * 3)
_HEAD = 40
"""Lines from the top in which a date that nothing names may be the event's own."""


@dataclass(frozen=True, slots=True)
class EventReading:
    """First and last day of the thing itself, with `quotes` for each that was read from words."""

    starts: Moment | None = None
    ends: Moment | None = None


def events_in(document: Document, timeline: Timeline, *, is_event: bool = True) -> EventReading:
    """Read when the thing takes place. `is_event` says that it is one with dates (a workshop, a school).

    The page's own structured data comes first, then dates named as the event's or the programme's,
    then, for events, the first date near the top that nothing else claims.
    """
    for thing in document.structured:
        if (declared := _declared(thing)) is not None:
            return declared
    named = [e for e in timeline.entries if e.sense.role is Role.EVENT and _usable(e, timeline)]
    starts = [e for e in timeline.entries if e.sense.role is Role.STARTS and _usable(e, timeline)]
    ends = [e for e in timeline.entries if e.sense.role is Role.ENDS and _usable(e, timeline)]
    unnamed = (
        [e for e in timeline.entries if e.sense.role is Role.NONE and _may_be_event(e, timeline)] if is_event else []
    )
    pool = (named + unnamed or starts) if is_event else (starts or named)
    exact = [entry for entry in pool if entry.mention.day] or pool
    exact = sorted(exact, key=lambda entry: entry.mention.year is None)
    if not exact:
        return EventReading()
    chosen = next((entry for entry in exact if entry.mention.begins), None) or exact[0]
    if exact[0].mention.day and chosen is not exact[0] and not _about_same(exact[0], chosen):
        chosen = exact[0]
    return _reading(chosen, ends, is_event)


def _reading(entry: Entry, ends: list[Entry], is_event: bool) -> EventReading:
    quote = quote_of(entry)
    last, _ = moment_of(entry.mention, _no_clock(entry.clock), entry.year, quote=quote)
    if entry.mention.begins is not None:
        first_day = entry.mention.begins_on(entry.year)
        if first_day is None:
            return EventReading()
        return EventReading(Moment(precision=last.precision, on=first_day, quote=quote), last)
    if last.on is None:
        return EventReading()
    later = next((e for e in ends if e.day and last.on and e.day > last.on), None)
    if later is not None:
        return EventReading(
            last, moment_of(later.mention, _no_clock(later.clock), later.year, quote=quote_of(later))[0]
        )
    one_day = is_event and entry.mention.day > 0 and entry.sense.role is not Role.STARTS
    return EventReading(last, last if one_day else None)


def _usable(entry: Entry, timeline: Timeline) -> bool:
    day = entry.day
    if day is None or entry.replaced or len(entry.line.text) > _LONGEST_LINE * 3:
        return False
    first = entry.first_day or day
    return day - first <= _LONGEST_EVENT and not _is_before_deadlines(first, timeline)


def _may_be_event(entry: Entry, timeline: Timeline) -> bool:
    if entry.day in _deadline_days(timeline):
        return False
    near_top = entry.line.order < _HEAD or entry.mention.begins is not None or entry.line.level == 1
    return near_top and entry.mention.day > 0 and len(entry.line.text) <= _LONGEST_LINE and _usable(entry, timeline)


def _is_before_deadlines(day: dt.date, timeline: Timeline) -> bool:
    due = _deadline_days(timeline)
    return bool(due) and day < min(due)


def _deadline_days(timeline: Timeline) -> set[dt.date]:
    due = (entry for entry in timeline.entries if entry.sense.role is Role.DEADLINE and entry.mention.day)
    return {entry.day for entry in due if entry.day is not None}


def _about_same(one: Entry, other: Entry) -> bool:
    a, b = one.day, other.first_day
    return a is not None and b is not None and abs((a - b).days) <= 7


def _no_clock(clock: Clock) -> Clock:
    """The hour an event begins is not asked for: the day is."""
    return replace(clock, time=None, zone=None, flags=())


def _declared(thing: dict[str, Any]) -> EventReading | None:
    types = thing.get("@type")
    names = types if isinstance(types, list) else [types]
    start = thing.get("startDate")
    if not _EVENT_TYPES.intersection(str(name) for name in names) or not isinstance(start, str):
        return None
    first = iso_day(start)
    if first is None:
        return None
    end = thing.get("endDate")
    last = iso_day(end) if isinstance(end, str) else None
    starts = Moment(precision=Precision.DAY, on=first, quote=start[:100])
    return EventReading(
        starts, Moment(precision=Precision.DAY, on=last, quote=str(end)[:100]) if last and last >= first else None
    )
