"""Every date of a page, in order, with what happens on it.

Deadlines, opening dates and the dates of the thing itself are all picked from this one reading, so
that no date is taken for two things.
"""

import datetime as dt
import re
from dataclasses import dataclass, replace
from itertools import islice

from crawlers.reading.clocks import zone_in
from crawlers.reading.document import Document
from crawlers.reading.entries import Entry, entries_of
from crawlers.reading.evidence import evidence_of, page_day_first, with_years
from crawlers.reading.lines import Line, lines_of
from crawlers.reading.roles import Role
from crawlers.reading.years import YearEvidence

_DEFAULT_ZONE = re.compile(
    r"\ball\b.{0,40}\b(?:dates?|deadlines?|times?|submissions?)\b"
    r"|\b(?:dates?|deadlines?|times)\b.{0,30}\b(?:all|are in|refer to)\b",
    re.I,
)
_END_OF_DAY = re.compile(r"(?:11[:.]59\s*p\.?m|23[:.h]59|midnight)", re.I)
_MOST_ENTRIES = 1_500


@dataclass(frozen=True, slots=True)
class Timeline:
    """A page's dates with the evidence that settled their years."""

    entries: tuple[Entry, ...]
    lines: tuple[Line, ...]
    evidence: YearEvidence
    title: str = ""


def timeline_of(
    document: Document,
    *,
    as_of: dt.date | None = None,
    day_first: bool | None = None,
    country: str | None = None,
) -> Timeline:
    """Read every date of the page's own matter.

    `day_first` is how the source writes numeric dates; without it the page may settle it. `country`
    (ISO code of where the page is) settles CST and IST. `as_of` settles a missing year only when
    nothing on the page does.
    """
    lines = lines_of(document, day_first)
    if day_first is None and (settled := page_day_first(document, lines)) is not None:
        lines = lines_of(document, settled)
    title = " ".join(dict.fromkeys(part for part in (document.title, document.heading) if part))
    read = (entry for line in lines for entry in entries_of(line, title, country))
    entries = [_still_ahead(entry, as_of) for entry in islice(read, _MOST_ENTRIES)]
    entries = _with_default_zone(entries, lines, country)
    evidence = evidence_of(document, entries, lines, title, as_of)
    return Timeline(with_years(entries, evidence, title), tuple(lines), evidence, title)


def _still_ahead(entry: Entry, as_of: dt.date | None) -> Entry:
    """What stands below "Previous calls" or speaks of last year is no history on a day that is still to come."""
    sense, written = entry.sense.if_ahead, entry.mention.on()
    return replace(entry, sense=sense) if sense and as_of and written and written > as_of else entry


def _with_default_zone(entries: list[Entry], lines: list[Line], country: str | None) -> list[Entry]:
    """Apply a zone that the page states once for all its deadlines ("All dates in AoE")."""
    stated = next(
        (
            line.text
            for line in lines
            if len(line.text) < 200 and _DEFAULT_ZONE.search(line.text) and zone_in(line.text, country)
        ),
        None,
    )
    if stated is None:
        return entries
    zone = zone_in(stated, country)
    time = dt.time(23, 59) if _END_OF_DAY.search(stated) else None
    return [
        replace(entry, clock=replace(entry.clock, zone=zone, time=entry.clock.time or time))
        if entry.sense.role is Role.DEADLINE and entry.clock.zone is None
        else entry
        for entry in entries
    ]
