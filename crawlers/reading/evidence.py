"""What a page knows that settles its dates: the order of day and month, and missing years."""

import datetime as dt
import re
from collections import Counter
from dataclasses import replace
from urllib.parse import urlsplit

from crawlers.reading.cues import is_yearly
from crawlers.reading.document import Document
from crawlers.reading.entries import Entry
from crawlers.reading.lines import Line
from crawlers.reading.roles import Role
from crawlers.reading.structured import dated_path, iso_day
from crawlers.reading.years import YearEvidence, settled_year

_YEAR_IN_TITLE = re.compile(r"(?<![\d/])(20[0-4]\d)(?:\s?[-–/]\s?(?:20)?\d\d)?(?![\d/])|['’](\d\d)\b")
_SEASONS = "spring|summer|fall|autumn|winter"
_SEASON = re.compile(
    rf"\b(?:(?P<season>{_SEASONS})(?:\s+[^\W\d]\w*){{0,3}}\s+(?P<year>20[0-4]\d)|(?P<year_b>20[0-4]\d)\s+(?P<season_b>{_SEASONS}))\b",
    re.I,
)
_SEASON_ENDS = {"spring": (4, 30), "summer": (7, 31), "fall": (10, 31), "autumn": (10, 31), "winter": (2, 28)}
_AMERICAN_CLOCK = re.compile(
    r"(?<![\d/.\-])\d{1,2}/\d{1,2}/(?:20)?\d\d\W.{0,30}"
    r"\b(?:E[SD]?T|C[SD]T|M[SD]T|P[SD]?T|(?:eastern|pacific|mountain)(?: \w+)? time)\b"
)
"""A numeric date beside a clock of the United States, where the month comes first."""
_HEAD = 30
_SAME_LIST = 12
"""Lines apart that dates of one list of dates stand."""
_DAY_FIRST_HOST_NAMES = """
    uk au nz ie in za ng ke gh pk bd lk my sg eu de fr es it pt nl be at ch se no dk fi pl cz sk hu ro bg gr tr ru ua br
    ar cl co mx pe id vn th eg ma tn
"""
_DAY_FIRST_HOSTS = frozenset(_DAY_FIRST_HOST_NAMES.split())
_DAY_FIRST_LANGUAGE_NAMES = "fr es pt de it nl ru uk pl sv da nb no fi cs sk tr ro hu el ca bg id ms vi ar"
_DAY_FIRST_LANGUAGES = frozenset(_DAY_FIRST_LANGUAGE_NAMES.split())
_LISTED = frozenset({Role.DEADLINE, Role.OPENS, Role.DECISION, Role.FINAL, Role.MONEY, Role.EVENT, Role.STARTS})


def page_day_first(document: Document, lines: list[Line]) -> bool | None:
    """Settle the order of 01/02/2027 from the page: its other numeric dates, language or country, else None."""
    orders: Counter[bool] = Counter()
    written = [line.text for line in lines if "/" in line.text or "-" in line.text]
    for text in written:
        for found in re.finditer(r"(?<![\d/.\-])(\d{1,2})[/-](\d{1,2})[/-](?:20)?\d\d(?![\d/\-])", text):
            if int(found[1]) > 12 >= int(found[2]) or int(found[2]) > 12 >= int(found[1]):
                orders[int(found[1]) > 12] += 1
    if len(orders) == 1:
        return next(iter(orders))
    if any(map(_AMERICAN_CLOCK.search, written)):
        return False
    language = (document.language or "").lower().replace("_", "-")
    if language.split("-")[0] in _DAY_FIRST_LANGUAGES or language in (
        "en-gb",
        "en-au",
        "en-nz",
        "en-ie",
        "en-za",
        "en-in",
    ):
        return True
    host = _host(document.url)
    top = host.rsplit(".", 1)[-1]
    if top in _DAY_FIRST_HOSTS:
        return True
    return False if top in ("gov", "mil") else None


def evidence_of(
    document: Document, entries: list[Entry], lines: list[Line], title: str, as_of: dt.date | None
) -> YearEvidence:
    """Gather what settles the years of a page\'s dates; the thing\'s own day may need its year settled first."""
    stated = tuple(day for _, machine in document.times if (day := iso_day(machine)))
    posted = document.published or dated_path(document.url)
    if posted is None:
        days = [entry.mention.on() for entry in entries if entry.sense.role is Role.POSTED and entry.mention.day]
        posted = next((day for day in days if day), None)
    evidence = YearEvidence(stated, posted, None, _editions(title, document, lines), (), as_of)
    return replace(evidence, event=_event_day(document, entries, evidence))


def _editions(title: str, document: Document, lines: list[Line]) -> tuple[int, ...]:
    years = [int(found[1] or 2000 + int(found[2])) for found in _YEAR_IN_TITLE.finditer(title)]
    if not years and document.url:
        years = [int(year) for year in re.findall(r"(?<!\d)(20[0-4]\d)(?!\d|/\d)", document.url)]
    if not years:
        top = [line.text for line in lines[:15] if not line.mentions and len(line.text) <= 120 and "©" not in line.text]
        years = [int(found[1]) for text in top for found in _YEAR_IN_TITLE.finditer(text) if found[1]]
    return tuple(dict.fromkeys(years))[:3]


def _event_day(document: Document, entries: list[Entry], evidence: YearEvidence) -> dt.date | None:
    """The first day of the thing itself: what the page's data says, a date named as such, or the first unnamed one."""
    for thing in document.structured:
        start = thing.get("startDate")
        if isinstance(start, str) and (day := iso_day(start)):
            return day
    due = [day for entry in entries if entry.sense.role is Role.DEADLINE and (day := entry.mention.on())]
    named = [entry for entry in entries if entry.sense.role is Role.EVENT and entry.mention.day]
    starts = [entry for entry in entries if entry.sense.role is Role.STARTS and entry.mention.year]
    for entry in (*named, *(entry for entry in entries if _stands_alone(entry)), *starts):
        year = entry.mention.year or settled_year(entry.mention, evidence, is_event=True)
        day = entry.mention.begins_on(year) or entry.mention.on(year)
        if day and not entry.mention.ambiguous and (not due or day >= min(due)):
            return day
    return None


def _stands_alone(entry: Entry) -> bool:
    """Whether a date that nothing names may be the event's own: it is all that a line near the top says."""
    line, mention = entry.line, entry.mention
    if entry.sense.role is not Role.NONE or not mention.day or len(line.text) > 300:
        return False
    return (
        line.order < _HEAD and (line.is_bare or mention.start <= 3 or len(line.text) <= 90)
    ) or mention.begins is not None


def season_in(words: str) -> dt.date | None:
    """The end of the season for which words call ("Summer 2027"): one applies before it, often in the year before."""
    found = _SEASON.search(words)
    if found is None:
        return None
    month, day = _SEASON_ENDS[(found["season"] or found["season_b"]).lower()]
    return dt.date(int(found["year"] or found["year_b"]), month, day)


def with_years(entries: list[Entry], evidence: YearEvidence, title: str = "") -> tuple[Entry, ...]:
    """Settle each date's year, by the page's evidence and the full dates of the same list."""
    full = [(entry.line.order, day) for entry in entries if entry.sense.role in _LISTED and (day := _full_day(entry))]
    settled = []
    for entry in entries:
        year = entry.mention.year
        if year is None:
            near = tuple(day for order, day in full if abs(order - entry.line.order) <= _SAME_LIST)
            is_event = entry.sense.role in (Role.EVENT, Role.STARTS, Role.ENDS, Role.NONE)
            event = evidence.event or season_in(entry.line.text) or season_in(title)
            year = _next_time(entry, evidence.as_of) or settled_year(
                entry.mention, replace(evidence, full=near, event=event), is_event=is_event
            )
        settled.append(replace(entry, year=year))
    return tuple(settled)


def _next_time(entry: Entry, as_of: dt.date | None) -> int | None:
    """The year in which a deadline comes next that comes every year, where the day it is read on is known."""
    if as_of is None or entry.sense.role is not Role.DEADLINE or not is_yearly(entry.line.text):
        return None
    years = (year for year in (as_of.year, as_of.year + 1) if (day := entry.mention.on(year)) and day >= as_of)
    return next(years, None)


def _full_day(entry: Entry) -> dt.date | None:
    return entry.mention.on() if entry.mention.day and not entry.mention.ambiguous else None


def _host(url: str | None) -> str:
    try:
        return (urlsplit(url).hostname or "") if url else ""
    except ValueError:
        return ""
