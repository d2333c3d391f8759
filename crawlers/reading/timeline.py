"""Every date of a page, in order, with what happens on it.

Deadlines, opening dates and the dates of the thing itself are all picked from this one reading, so
that no date is taken for two things.
"""

import datetime as dt
import re
from collections import Counter
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from crawlers.reading.calendar_words import WEEKDAY
from crawlers.reading.clocks import Clock, clock_beside, zone_in
from crawlers.reading.cues import (
    Role,
    Sense,
    asks_to_hand_in,
    is_extension,
    is_replaced,
    purpose_of,
    sense_of,
    speaks_of_deadlines,
)
from crawlers.reading.dates import Mention, dates_in
from crawlers.reading.document import Document
from crawlers.reading.lines import Line, lines_of
from crawlers.reading.structured import dated_path, iso_day
from crawlers.reading.years import YearEvidence, settled_year

_YEAR_IN_TITLE = re.compile(r"(?<![\d/])(20[0-4]\d)(?:\s?[-–/]\s?(?:20)?\d\d)?(?![\d/])|['’](\d\d)\b")
_SENTENCE_END = re.compile(
    r"(?:(?<![\s.][A-Za-z])(?<!\b(?:no|st|dr|mr|vs|eg|ie))"
    r"(?<!\b(?:jan|feb|mar|apr|jun|jul|aug|sep|oct|nov|dec|e\.g|i\.e|a\.m|p\.m))(?<!\b(?:prof|sept))"
    r"[.!?]|;)\s+|\s\|\s|\n",
    re.I,
)
_NOTHING_SAID = re.compile(
    rf"(?:[\W\d_]|\b(?:on|the|extended|new|updated|revised|now|final|by|until|from|date|{WEEKDAY}|noon|midnight|am|pm|aoe|utc)\b)*",
    re.I,
)
_APART = re.compile(r"\s*(?:[:–—|=>-]|\bis\b|\bwas\b)|\s+[A-Z\"“(*]")
_DEFAULT_ZONE = re.compile(
    r"\ball\b.{0,40}\b(?:dates?|deadlines?|times?|submissions?)\b|\b(?:dates?|deadlines?|times)\b.{0,30}\b(?:all|are in|refer to)\b",
    re.I,
)
_END_OF_DAY = re.compile(r"(?:11[:.]59\s*p\.?m|23[:.h]59|midnight)", re.I)
_CONTINUES = re.compile(
    r"[\s,;/&(]*(?:\b(?:and|or|und|oder|et|ou|y|o|e|en|или|и)\b)?(?:\s+(?:for\s+)?[\w-]+){0,3}\W*", re.I
)
_HEAD = 30
_NEXT_WORDS = 40
"""Characters after a date that may name it when a sentence leads up to it ("May 1 is the deadline")."""
_SAME_LIST = 12
"""Lines apart that dates of one list of dates stand."""
_MOST_ENTRIES = 1_500
_DAY_FIRST_HOSTS = frozenset(
    "uk au nz ie in za ng ke gh pk bd lk my sg eu de fr es it pt nl be at ch se no dk fi pl cz sk hu ro bg gr tr ru ua br ar cl co"
    " mx pe id vn th eg ma tn".split()  # noqa: SIM905
)
_DAY_FIRST_LANGUAGES = frozenset(
    "fr es pt de it nl ru uk pl sv da nb no fi cs sk tr ro hu el ca bg id ms vi ar".split()
)  # noqa: SIM905
_TIMES = 3
_LISTED = frozenset({Role.DEADLINE, Role.OPENS, Role.DECISION, Role.FINAL, Role.MONEY, Role.EVENT, Role.STARTS})


@dataclass(frozen=True, slots=True)
class Entry:
    """One date of the page: where it stands, what happens on it, and its year as settled.

    `words` introduce it. `replaced` dates are struck out or named as the old ones.
    """

    line: Line
    mention: Mention
    sense: Sense
    words: str
    clock: Clock
    year: int | None = None
    replaced: bool = False

    @property
    def day(self) -> dt.date | None:
        """The day, or the first of the month, when the year is known and the order of the numbers sure."""
        return None if self.mention.ambiguous else self.mention.on(self.year)

    @property
    def first_day(self) -> dt.date | None:
        """The first day of a range, else the day."""
        return (self.mention.begins_on(self.year) if self.mention.begins else None) or self.day


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
    entries = [entry for line in lines for entry in _entries_of(line, title, country)][:_MOST_ENTRIES]
    entries = _with_default_zone(entries, lines, country)
    evidence = _evidence(document, entries, lines, title, as_of)
    event = _event_day(document, entries, evidence)
    evidence = replace(evidence, event=event)
    return Timeline(_with_years(entries, evidence), tuple(lines), evidence, title)


def page_day_first(document: Document, lines: list[Line]) -> bool | None:
    """Settle the order of 01/02/2027 from the page: its other numeric dates, language or country, else None."""
    orders: Counter[bool] = Counter()
    for line in lines:
        for found in re.finditer(r"(?<![\d/.\-])(\d{1,2})[/-](\d{1,2})[/-](?:20)?\d\d(?![\d/\-])", line.text):
            if int(found[1]) > 12 >= int(found[2]) or int(found[2]) > 12 >= int(found[1]):
                orders[int(found[1]) > 12] += 1
    if len(orders) == 1:
        return next(iter(orders))
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


def _entries_of(line: Line, title: str, country: str | None) -> list[Entry]:
    entries = _read(line, line.text, line.mentions, title, country)
    if line.struck:
        whole = line.text + " " + line.lead
        for mention in dates_in(line.struck):
            sense = entries[0].sense if entries else sense_of(whole, labelled=True, hint=title)
            entries.append(Entry(line, mention, sense, whole, Clock(mention.start, mention.end), replaced=True))
    return entries


def _read(line: Line, text: str, mentions: tuple[Mention, ...], title: str, country: str | None) -> list[Entry]:
    entries: list[Entry] = []
    for start, end in _sentences(text, mentions):
        inside = [mention for mention in mentions if start <= mention.start < end]
        if not inside:
            continue
        clocks = _clocks(text, inside, start, end, country)
        date_first = bool(_NOTHING_SAID.fullmatch(text[start : inside[0].start]))
        for index, mention in enumerate(inside):
            from_ = clocks[index - 1].end if index else start
            to = clocks[index + 1].start if index + 1 < len(inside) else end
            before, after = text[from_ : clocks[index].start], text[clocks[index].end : to]
            is_last = index + 1 == len(inside)
            entries.append(_entry(line, mention, before, after, clocks[index], date_first, title, entries, is_last))
    return entries


def _entry(
    line: Line,
    mention: Mention,
    before: str,
    after: str,
    clock: Clock,
    date_first: bool,
    title: str,
    earlier: list[Entry],
    is_last: bool,
) -> Entry:
    hint = f"{line.heading} {title}"
    labelled = len(line.text) <= 110 or before.rstrip()[-1:] in ":–—-|("
    said_before, said_after = ("", after) if date_first and _NOTHING_SAID.fullmatch(after) is None else (before, after)
    if date_first and said_before and _NOTHING_SAID.fullmatch(said_before):
        said_before = ""
    if _says(said_before):
        said_after = said_after[:_NEXT_WORDS]
    sense = sense_of(said_before, said_after, labelled=labelled, hint=hint)
    words = said_before if _says(said_before) else said_after
    if sense.role is Role.NONE and line.is_bare:
        sense, words = _sense_from_leads(line, hint)
    if sense.role is Role.NONE and earlier and _goes_on(before):
        sense = replace(
            earlier[-1].sense, purpose=purpose_of(before, "") if _says(before) else earlier[-1].sense.purpose
        )
        words = before if _says(before) else earlier[-1].words
    if after.rstrip().endswith("?"):
        sense = Sense(Role.NONE)  # a question states no date
    sense = _as_window(sense, mention, f"{words} {line.lead}")
    if (
        sense.role is Role.DEADLINE
        and not sense.extended
        and is_extension(
            f"{before} {after[:60] if is_last or after.lstrip()[:1] == '(' else ''} {line.lead} {line.follow}"
        )
    ):
        sense = replace(sense, extended=True)
    return Entry(line, mention, sense, words.strip() or before.strip(), clock, replaced=is_replaced(before))


def _sense_from_leads(line: Line, hint: str) -> tuple[Sense, str]:
    for words in (line.lead, line.follow, *line.context[:_TIMES]):
        if words:
            sense = sense_of(words, labelled=True, hint=hint)
            if (
                sense.role is not Role.NONE
                or words == line.lead
                and not asks_to_hand_in(words)
                and len(words) < 40
                and not line.context
            ):
                return sense, words
    if line.heading and speaks_of_deadlines(line.heading):
        return sense_of(line.heading, labelled=True, hint=hint), line.heading
    return Sense(Role.NONE), line.lead or line.follow


def _as_window(sense: Sense, mention: Mention, words: str) -> Sense:
    """A range during which one can apply ends with the deadline; a range of days is not an opening date."""
    if mention.begins is None:
        return sense
    if sense.role is Role.OPENS or (
        sense.role is Role.NONE
        and re.search(
            r"\b(?:applications?|submission|registration|nomination)s?\b.{0,25}(?:period|window|phase|open|dates?)\b",
            words,
            re.I,
        )
    ):
        return Sense(Role.DEADLINE, purpose_of(words), sense.extended)
    return sense


def _says(words: str) -> bool:
    return _NOTHING_SAID.fullmatch(words) is None


def _goes_on(before: str) -> bool:
    """Whether the date continues a list: "15 July and 15 October", "papers 5 May, and demos 19 May"."""
    return len(before) <= 40 and _CONTINUES.fullmatch(before) is not None


def _sentences(text: str, mentions: tuple[Mention, ...]) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    start = 0
    for found in _SENTENCE_END.finditer(text):
        if any(mention.start <= found.start() < mention.end for mention in mentions):
            continue
        spans.append((start, found.end()))
        start = found.end()
    spans.append((start, len(text)))
    return spans


def _clocks(text: str, inside: list[Mention], start: int, end: int, country: str | None) -> list[Clock]:
    clocks: list[Clock] = []
    for index, mention in enumerate(inside):
        floor = clocks[-1].end if clocks else start
        ceiling = inside[index + 1].start if index + 1 < len(inside) else end
        clocks.append(clock_beside(text, mention.start, mention.end, country, floor, ceiling))
    return clocks


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


def _evidence(
    document: Document, entries: list[Entry], lines: list[Line], title: str, as_of: dt.date | None
) -> YearEvidence:
    stated = tuple(day for _, machine in document.times if (day := iso_day(machine)))
    posted = document.published or dated_path(document.url)
    if posted is None:
        days = [entry.mention.on() for entry in entries if entry.sense.role is Role.POSTED and entry.mention.day]
        posted = next((day for day in days if day), None)
    return YearEvidence(stated, posted, None, _editions(title, document, lines), (), as_of)


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


def _with_years(entries: list[Entry], evidence: YearEvidence) -> tuple[Entry, ...]:
    """Settle each date's year, by the page's evidence and the full dates of the same list."""
    full = [(entry.line.order, day) for entry in entries if entry.sense.role in _LISTED and (day := _full_day(entry))]
    settled = []
    for entry in entries:
        year = entry.mention.year
        if year is None:
            near = tuple(day for order, day in full if abs(order - entry.line.order) <= _SAME_LIST)
            is_event = entry.sense.role in (Role.EVENT, Role.STARTS, Role.ENDS, Role.NONE)
            year = settled_year(entry.mention, replace(evidence, full=near), is_event=is_event)
        settled.append(replace(entry, year=year))
    return tuple(settled)


def _full_day(entry: Entry) -> dt.date | None:
    return entry.mention.on() if entry.mention.day and not entry.mention.ambiguous else None


def _host(url: str | None) -> str:
    try:
        return (urlsplit(url).hostname or "") if url else ""
    except ValueError:
        return ""
