"""A page's lines with the dates in each, and the words that introduce a date standing alone.

A line is what a reader takes in at once: a paragraph, a list item, a labelled value, one line of a
mailed call. Wrapped lines of plain text are put together again.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from crawlers.reading.calendar_words import WEEKDAY
from crawlers.reading.dates import dates_in
from crawlers.reading.document import Block, Document
from crawlers.reading.mentions import Mention

_MOST_DATES = 80
"""Dates read of one line: a sentence has few, and a calendar printed in one is no call."""
_MOST_LINES = 6_000
_MOST_CHARACTERS = 400_000
_LONGEST_LEAD = 100
_LONGEST_NAME = 50
_LONGEST_BARE = 80
_WRAPPED = 58
_OPEN_END = re.compile(
    r"(?:[,:–—-]|\b(?:by|until|till|is|are|on|of|the|due|before|and|to|from|in|for|at|than|deadline|le|el|am|bis|zum))$",
    re.I,
)
_NEW_ITEM = re.compile(r"^(?:[-*•·–—o>#]\s|\(?\d{1,2}[.)]\s|\[|[^\s:]{1,25}(?: [^\s:]+){0,6}\s*:\s)")
_BARE = re.compile(
    rf"\b(?:{WEEKDAY}|aoe|cet|cest|utc|gmt|est|edt|pst|pdt|et|pt|hrs?|hours|noon|midnight|[ap]\.?m|am|pm|at|by|on|and|or|time"
    r"|new|extended|tentative|approx|updated|strict|firm|final|h|uhr|anywhere|earth)\b|[\W\d_]",
    re.I,
)
_WEEKDAY_ONLY = re.compile(rf"\W*{WEEKDAY}\W*", re.I)
_LIST_HEADING = re.compile(
    r"\b(?:important|key|relevant|main|critical)?\s*(?:dates?|deadlines?|timeline|time\s?line|schedule|calendar|calendario"
    r"|termine|fristen|échéances|fechas|datas|zeitplan|wichtige termine|agenda)\W*$",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its words, its dates, the heading above it and what it is labelled by elsewhere.

    `lead` is the line before that introduces a date standing alone, `follow` the one after it.
    `order` counts lines down the page.
    """

    text: str
    order: int
    mentions: tuple[Mention, ...] = ()
    heading: str = ""
    level: int = 0
    struck: str = ""
    aside: bool = False
    lead: str = ""
    follow: str = ""
    context: tuple[str, ...] = field(default=())  # short lines above the lead, nearest first

    @property
    def is_bare(self) -> bool:
        """Whether the line says nothing but dates and times."""
        return bool(self.mentions) and _is_bare(self)


def lines_of(document: Document, day_first: bool | None = None, *, aside: bool = False) -> list[Line]:
    """Return the lines of the page's own matter (of its furniture with `aside`), leads attached."""
    lines: list[Line] = []
    budget = _MOST_CHARACTERS
    for block in document.blocks:
        if block.aside is not aside:
            continue
        for text in _block_lines(block):
            budget -= len(text)
            if len(lines) >= _MOST_LINES or budget < 0:
                return _with_leads(lines)
            mentions = tuple(dates_in(text, day_first)[:_MOST_DATES])
            lines.append(Line(text, len(lines), mentions, block.heading, block.level, block.struck, block.aside))
    return _with_leads(lines)


def _block_lines(block: Block) -> Iterator[str]:
    if not block.text and block.struck:
        yield ""
        return
    held = ""
    for line in block.words.split("\n"):
        if not held:
            held = line
        elif _continues(held, line):
            held = f"{held} {line}"
        else:
            yield held
            held = line
    yield held


def _continues(held: str, line: str) -> bool:
    """Whether `line` goes on with the sentence that `held` began."""
    if not line or _NEW_ITEM.match(line):
        return False
    if line[0].islower() or _OPEN_END.search(held):
        return True
    return len(held) - held.rfind("\n") >= _WRAPPED and held[-1] not in ".:;!?" and not _starts_with_date(line)


def _starts_with_date(line: str) -> bool:
    return line[0].isdigit() or any(mention.start <= 3 for mention in dates_in(line[:40]))


def _is_bare(line: Line) -> bool:
    rest, end = [], 0
    for mention in line.mentions:
        rest.append(line.text[end : mention.start])
        end = mention.end
    rest.append(line.text[end:])
    said = " ".join(rest)
    return len(said) <= _LONGEST_BARE and len(_BARE.sub("", said)) <= 2


def _with_leads(lines: list[Line]) -> list[Line]:
    """Give each date that stands alone the line that names it: before it, or after it in lists that put dates first."""
    done: list[Line] = []
    dates_first = False
    for index, line in enumerate(lines):
        if not line.mentions or not _is_bare(line):
            done.append(line)
            continue
        before = _names_above(lines, index)
        after = lines[index + 1] if index + 1 < len(lines) and _is_name(lines[index + 1]) else None
        starts_run = not (index >= 2 and lines[index - 2].mentions and _is_bare(lines[index - 2]))
        if starts_run:
            dates_first = after is not None and (not before or bool(_LIST_HEADING.search(before[0])))
        follow = after.text if dates_first and after is not None else ""
        lead = "" if dates_first else (before[0] if before else "")
        context = tuple(before[0 if dates_first else 1 :])
        done.append(replace(line, lead=lead, follow=follow, context=context))
    return done


def _names_above(lines: list[Line], index: int) -> list[str]:
    """The short dateless lines directly above, nearest first; a bare weekday belongs to the date."""
    names: list[str] = []
    weekday = ""
    for above in reversed(lines[max(0, index - 4) : index]):
        if _WEEKDAY_ONLY.fullmatch(above.text):
            weekday = f" {above.text}{weekday}"
            continue
        if not _is_name(above):
            break
        names.append(above.text + weekday)
        weekday = ""
    return names


def _is_name(line: Line) -> bool:
    """Whether a line can name the date beside it: short, without a date, and no whole sentence."""
    if line.mentions or not 0 < len(line.text) <= _LONGEST_LEAD:
        return False
    return not (len(line.text) > _LONGEST_NAME and line.text.endswith("."))
