"""The year of a date that is written without one, from evidence on the page and never from habit."""

import datetime as dt
from dataclasses import dataclass

from crawlers.reading.mentions import Mention

_LEAD = dt.timedelta(days=330)
"""A call is posted at most this long before its deadline; beyond it the next year is no safer than this one."""
_GRACE = dt.timedelta(days=45)


@dataclass(frozen=True, slots=True)
class YearEvidence:
    """What a page gives to settle a missing year, strongest first.

    `stated`: dates the page's `time` elements declare, by month and day. `posted`: when it was posted
    (declared, in its address, or a dateline). `event`: the first day of the thing itself, in full.
    `editions`: years in its title, heading or address. `full`: other full dates of the page.
    `as_of`: the day from which a reader looks at it, if given.
    """

    stated: tuple[dt.date, ...] = ()
    posted: dt.date | None = None
    event: dt.date | None = None
    editions: tuple[int, ...] = ()
    full: tuple[dt.date, ...] = ()
    as_of: dt.date | None = None


def settled_year(mention: Mention, evidence: YearEvidence, *, is_event: bool = False) -> int | None:
    """Return the year that the evidence gives a date written without one, or None.

    `is_event` says that the date is the thing's own, not a deadline before it.
    """
    if mention.year is not None:
        return mention.year
    for day in evidence.stated:
        if (day.month, day.day) == (mention.month, mention.day):
            return day.year
    guess = _from_anchor(mention, evidence, is_event)
    fitting = _fitting_weekday(mention, evidence, guess)
    return fitting if fitting is not None else guess


def _from_anchor(mention: Mention, evidence: YearEvidence, is_event: bool) -> int | None:
    if evidence.event is not None and not is_event:
        year = _last_before(mention, evidence.event)
        return year if _may_follow(mention, year, evidence.posted) else _next_after(mention, evidence.posted)
    if is_event and evidence.editions:
        return max(evidence.editions)
    if evidence.posted is not None:
        return _next_after(mention, evidence.posted)
    if evidence.editions:
        return max(evidence.editions)
    if evidence.full:
        return _nearest(mention, evidence.full)
    return _next_after(mention, evidence.as_of) if evidence.as_of is not None else None


def _fitting_weekday(mention: Mention, evidence: YearEvidence, guess: int | None) -> int | None:
    """The one year near the evidence in which the date falls on the weekday that the page prints."""
    if mention.weekday is None:
        return None
    anchors = {guess, *evidence.editions} if guess else set(evidence.editions)
    if not anchors and evidence.as_of is not None:
        anchors = {evidence.as_of.year}
    near = sorted({year + shift for year in anchors if year for shift in (-1, 0, 1)})
    if evidence.event is not None:
        near = [year for year in near if year <= evidence.event.year]
    fitting = [year for year in near if (day := mention.on(year)) and day.weekday() == mention.weekday]
    return guess if guess in fitting else (fitting[0] if len(fitting) == 1 else None)


def _may_follow(mention: Mention, year: int | None, posted: dt.date | None) -> bool:
    """Whether the date in `year` is not long over when the page was posted."""
    day = mention.on(year)
    return posted is None or day is None or day >= posted - _GRACE


def _last_before(mention: Mention, event: dt.date) -> int | None:
    for year in (event.year, event.year - 1):
        if (day := mention.on(year)) and day <= event:
            return year
    return None


def _next_after(mention: Mention, posted: dt.date | None) -> int | None:
    if posted is None:
        return None
    for year in (posted.year, posted.year + 1):
        if (day := mention.on(year)) and posted - dt.timedelta(days=2) <= day <= posted + _LEAD:
            return year
    return None


def _nearest(mention: Mention, full: tuple[dt.date, ...]) -> int | None:
    """The year that brings the date closest to the page's other dates; None when they pull apart."""
    years = {day.year for day in full}
    if len(years) == 1:
        return next(iter(years))
    first, last = min(full), max(full)
    if last - first > dt.timedelta(days=500):
        return None
    inside = [year for year in sorted(years) if (day := mention.on(year)) and first <= day <= last]
    return inside[0] if len(inside) == 1 else None
