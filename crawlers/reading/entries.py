"""What one line says of each of its dates."""

import datetime as dt
import re
from dataclasses import dataclass

from crawlers.reading.clocks import Clock, clock_beside
from crawlers.reading.cues import is_replaced, moves_to_next
from crawlers.reading.date_clauses import sense_of
from crawlers.reading.date_senses import Said, Surroundings, said_of, says_nothing
from crawlers.reading.dates import dates_in
from crawlers.reading.lines import Line
from crawlers.reading.mentions import Mention
from crawlers.reading.roles import Sense

_SENTENCE_END = re.compile(
    r"(?:(?<![\s.][A-Za-z])(?<!\b(?:no|st|dr|mr|vs|eg|ie))"
    r"(?<!\b(?:jan|feb|mar|apr|jun|jul|aug|sep|oct|nov|dec|e\.g|i\.e|a\.m|p\.m))(?<!\b(?:prof|sept|godz))"
    r"[.!?](?!\s+(?-i:[a-zà-ÿ]))|;)\s+|\s[|·•∙]\s|\n",
    re.I,
)
_EARSHOT = 800
"""Characters before and after a date that can speak of it: longer clauses are no sentences."""
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
    entries = _read(line, title, country)
    if line.struck:
        whole = line.text + " " + line.lead
        for mention in dates_in(line.struck):
            sense = entries[0].sense if entries else sense_of(whole, labelled=True, hint=title)
            entries.append(Entry(line, mention, sense, whole, Clock(mention.start, mention.end), replaced=True))
    return entries


def _read(line: Line, title: str, country: str | None) -> list[Entry]:
    entries: list[Entry] = []
    for start, end in _sentences(line.text, line.mentions) if line.mentions else ():
        inside = [mention for mention in line.mentions if start <= mention.start < end]
        clocks = _clocks(line.text, inside, start, end, country)
        for index, clock in enumerate(clocks):
            earlier = Said(entries[-1].sense, entries[-1].words) if entries else None
            date = _surroundings(line, (start, end), inside, clocks, index, earlier, title)
            said, replaced = said_of(date), is_replaced(date.before) or (not date.is_last and moves_to_next(date.after))
            entries.append(Entry(line, date.mention, said.sense, said.words, clock, replaced=replaced))
    return entries


def _surroundings(
    line: Line,
    clause: tuple[int, int],
    inside: list[Mention],
    clocks: list[Clock],
    index: int,
    earlier: Said | None,
    title: str,
) -> Surroundings:
    """The date at `index` of those `inside` a clause of the line, with the words up to its neighbours' clock times."""
    (start, end), text, is_last = clause, line.text, index + 1 == len(inside)
    from_ = clocks[index - 1].end if index else start
    to = end if is_last else clocks[index + 1].start
    until, since = clocks[index].start, clocks[index].end
    return Surroundings(
        line,
        inside[index],
        before=text[max(from_, until - _EARSHOT) : until],
        after=text[since : min(to, since + _EARSHOT)],
        date_first=says_nothing(text[start : inside[0].start]),
        short=len(text) <= _SHORT or (end - start <= _SHORT and _stands_apart(text, start, end)),
        is_last=is_last,
        earlier=earlier,
        title=title,
    )


def _stands_apart(text: str, start: int, end: int) -> bool:
    """Whether a bar or a raised dot parts the clause from its neighbours, as in a list printed in one line."""
    return text[:start].rstrip()[-1:] in _PARTINGS or text[start:end].rstrip()[-1:] in _PARTINGS


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
