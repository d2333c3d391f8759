"""What one line says of each of its dates."""

import datetime as dt
import re
from dataclasses import dataclass, replace

from crawlers.reading.calendar_words import WEEKDAY
from crawlers.reading.clocks import Clock, clock_beside
from crawlers.reading.cues import (
    Role,
    Sense,
    asks_to_hand_in,
    is_deadline_heading,
    is_extension,
    is_replaced,
    is_session,
    moves_to_next,
    purpose_of,
    sense_of,
    speaks_of_deadlines,
)
from crawlers.reading.dates import dates_in
from crawlers.reading.lines import Line
from crawlers.reading.mentions import Mention

_SENTENCE_END = re.compile(
    r"(?:(?<![\s.][A-Za-z])(?<!\b(?:no|st|dr|mr|vs|eg|ie))"
    r"(?<!\b(?:jan|feb|mar|apr|jun|jul|aug|sep|oct|nov|dec|e\.g|i\.e|a\.m|p\.m))(?<!\b(?:prof|sept))"
    r"[.!?](?!\s+(?-i:[a-zà-ÿ]))|;)\s+|\s[|·•∙]\s|\n",
    re.I,
)
_NOTHING_SAID = re.compile(
    rf"(?:[\W\d_]|\b(?:on|the|extended|new|updated|revised|now|final|by|until|from|date|{WEEKDAY}|noon|midnight|am|pm|aoe|utc)\b)*",
    re.I,
)
_CONTINUES = re.compile(
    r"\W*|\s*(?:[,;/&(]\W*(?:\b(?:and|or|und|oder|et|ou|y|o|e|en|или|и)\b)?|(?:and|or|und|oder|et|ou|y|o|e|en|или|и)\b)"
    r"(?:\s*(?:for\s+)?[\w-]+){0,3}\W*",
    re.I,
)
_JUST_AND = re.compile(r"[\W\d_]*(?:and|or|und|oder|et|ou|y|o|e|en|или|и)?[\W\d_]*", re.I)
_ASIDE = re.compile(
    r"\s*\([^()]{0,60}\)|,?\s+(?:(?:by|on|upon) invitation(?: only)?|if (?:you are )?invited)\b,?", re.I
)
"""What is said in passing of a date before or of what is due, and does not end a list of dates."""
_EARLIEST = 2000
"""Calls are read from this year on; an older date is history, whatever stands beside it."""
_NEXT_WORDS = 40
"""Characters after a date that may name it when a sentence leads up to it ("May 1 is the deadline")."""
_EARSHOT = 800
"""Characters before and after a date that can speak of it: longer clauses are no sentences."""
_TIMES = 3
_SHORT = 110
"""Characters: a line no longer than this is a label with its date."""
_PARTINGS = ("|", "·", "•", "∙")


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


def entries_of(line: Line, title: str, country: str | None) -> list[Entry]:
    """Read the dates of a line, struck-out ones after the others. `title` is the page's, for what is handed in."""
    entries = _read(line, line.text, line.mentions, title, country)
    if line.struck:
        whole = line.text + " " + line.lead
        for mention in dates_in(line.struck):
            sense = entries[0].sense if entries else sense_of(whole, labelled=True, hint=title)
            entries.append(Entry(line, mention, sense, whole, Clock(mention.start, mention.end), replaced=True))
    return entries


def _read(line: Line, text: str, mentions: tuple[Mention, ...], title: str, country: str | None) -> list[Entry]:
    entries: list[Entry] = []
    for start, end in _sentences(text, mentions) if mentions else ():
        inside = [mention for mention in mentions if start <= mention.start < end]
        if not inside:
            continue
        clocks = _clocks(text, inside, start, end, country)
        date_first = bool(_NOTHING_SAID.fullmatch(text[start : inside[0].start]))
        for index, mention in enumerate(inside):
            from_ = clocks[index - 1].end if index else start
            to = clocks[index + 1].start if index + 1 < len(inside) else end
            until, since = clocks[index].start, clocks[index].end
            before, after = text[max(from_, until - _EARSHOT) : until], text[since : min(to, since + _EARSHOT)]
            is_last = index + 1 == len(inside)
            short = len(text) <= _SHORT or (end - start <= _SHORT and _stands_apart(text, start, end))
            clock = clocks[index]
            entries.append(_entry(line, mention, before, after, clock, date_first, short, title, entries, is_last))
    return entries


def _stands_apart(text: str, start: int, end: int) -> bool:
    """Whether a bar or a raised dot parts the clause from its neighbours, as in a list printed in one line."""
    return text[:start].rstrip()[-1:] in _PARTINGS or text[start:end].rstrip()[-1:] in _PARTINGS


def _entry(
    line: Line,
    mention: Mention,
    before: str,
    after: str,
    clock: Clock,
    date_first: bool,
    short: bool,
    title: str,
    earlier: list[Entry],
    is_last: bool,
) -> Entry:
    hint = f"{line.heading} {title}"
    labelled = short or before.rstrip()[-1:] in ":–—-|("
    said_before, said_after = ("", after) if date_first and _NOTHING_SAID.fullmatch(after) is None else (before, after)
    if date_first and said_before and _NOTHING_SAID.fullmatch(said_before):
        said_before = ""
    joining = _ASIDE.sub("", before)
    if earlier and before.lstrip().startswith("(") and _goes_on(joining):
        said_before = joining  # what stands in brackets is said of the date before it
        said_after = "" if after.lstrip().startswith("(") else said_after
    if _says(said_before):
        said_after = said_after[:_NEXT_WORDS]
    sense = sense_of(said_before, said_after, labelled=labelled, hint=hint)
    words = said_before if _says(said_before) else said_after
    if sense.role is Role.NONE and line.is_bare:
        sense, words = _sense_from_leads(line, hint)
    if sense.role is Role.NONE and earlier and _goes_on(joining):
        said = _JUST_AND.fullmatch(joining) is None and _says(joining)
        sense = replace(earlier[-1].sense, purpose=purpose_of(joining, "") if said else earlier[-1].sense.purpose)
        words = joining if said else earlier[-1].words
    if sense.role is Role.NONE and short and not line.level and is_deadline_heading(line.heading):
        sense = Sense(Role.DEADLINE, purpose_of(f"{words} {line.heading}", title), sure=False)
    if after.rstrip().endswith("?"):
        sense = Sense(Role.NONE)  # a question states no date
    sense = _as_window(sense, mention, f"{words} {line.lead}")
    if sense.role is Role.DEADLINE and not sense.sure and is_session(before, after):
        sense = Sense(Role.EVENT)
    if sense.role is Role.DEADLINE and not _may_be_due(mention, sense):
        sense = Sense(Role.NONE)
    if (
        sense.role is Role.DEADLINE
        and not sense.extended
        and is_extension(
            f"{before} {after[:60] if is_last or after.lstrip()[:1] == '(' else ''} {line.lead} {line.follow}"
        )
    ):
        sense = replace(sense, extended=True)
    replaced = is_replaced(before) or (not is_last and moves_to_next(after))
    return Entry(line, mention, sense, words.strip() or before.strip(), clock, replaced=replaced)


def _may_be_due(mention: Mention, sense: Sense) -> bool:
    """Whether the date may be a deadline: a bare month needs a word for it, and history is none."""
    return (mention.day > 0 or sense.sure) and (mention.year or _EARLIEST) >= _EARLIEST


def _sense_from_leads(line: Line, hint: str) -> tuple[Sense, str]:
    for words in (line.lead, line.follow, *line.context[:_TIMES]):
        if words:
            sense = sense_of(words, labelled=True, hint=hint)
            if sense.role is not Role.NONE or (
                words == line.lead and not asks_to_hand_in(words) and len(words) < 40 and not line.context
            ):
                return sense, words
    if line.heading and speaks_of_deadlines(line.heading):
        return sense_of(line.heading, labelled=True, hint=hint), line.heading
    return Sense(Role.NONE), line.lead or line.follow


def _as_window(sense: Sense, mention: Mention, words: str) -> Sense:
    """A range during which one can apply ends with the deadline; a range of days is not an opening date."""
    if mention.begins is None:
        return sense
    if (sense.role is Role.OPENS and asks_to_hand_in(words)) or (
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
