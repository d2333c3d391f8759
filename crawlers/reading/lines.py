"""A page's lines with the dates in each, and the words that introduce a date standing alone.

A line is what a reader takes in at once: a paragraph, a list item, a labelled value, one line of a
mailed call. Wrapped lines of plain text are put together again.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from crawlers.reading.calendar_words import MONTH, WEEKDAY
from crawlers.reading.cues import speaks_of_deadlines
from crawlers.reading.date_clauses import sense_of
from crawlers.reading.dates import dates_in
from crawlers.reading.document import Block, Document
from crawlers.reading.mentions import Mention
from crawlers.reading.roles import Role

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
_CARD_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:\s?(?:st|nd|rd|th|\.))?,?"
_CARD = re.compile(
    rf"(?:{_CARD_DAY}(?:\s+{WEEKDAY}\b\.?,?)?(?:\s+{MONTH}\b\.?,?(?:\s+20\d\d)?)?"
    rf"|(?:{WEEKDAY}\.?,?\s+)?{MONTH}\.?,?(?:\s+{_CARD_DAY}(?:\s+20\d\d)?)?)",
    re.I,
)
"""What the parts of a date make together as they come: day, weekday, month, year; or month, day, year."""
_LONGEST_PART = 20
_CLOCK_ONLY = re.compile(r"\W*\d{1,2}\s?[:.h]\s?\d\d\s*(?:[ap]\.?m\.?)?\W*", re.I)
_BUTTON = re.compile(
    r"\W*(?:apply|register|submit|sign up|book|enrol|join|read|learn|click|download|view)\b.{0,20}"
    r"\b(?:now|here|online|today|more)\W*",
    re.I,
)
"""What stands on a button beside a date names something to do, not the date."""
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
    for text, block in _date_cards_joined(_texts(document, aside)):
        budget -= len(text)
        if len(lines) >= _MOST_LINES or budget < 0:
            break
        mentions = tuple(dates_in(text, day_first)[:_MOST_DATES])
        lines.append(Line(text, len(lines), mentions, block.heading, block.level, block.struck, block.aside))
    return _with_leads(lines)


def _texts(document: Document, aside: bool) -> Iterator[tuple[str, Block]]:
    for block in document.blocks:
        if block.aside is aside:
            for text in _block_lines(block):
                yield text, block


def _date_cards_joined(texts: Iterable[tuple[str, Block]]) -> Iterator[tuple[str, Block]]:
    """Join the parts of a date that a calendar's card shows one above the other: 30 | Wednesday | June 2027."""
    held: tuple[str, Block] | None = None
    for text, block in texts:
        if held is not None and len(text) <= _LONGEST_PART and _CARD.fullmatch(f"{held[0]} {text}"):
            held = (f"{held[0]} {text}", held[1])
            continue
        if held is not None:
            yield held
            held = None
        if len(text) <= _LONGEST_PART and _CARD.fullmatch(text):
            held = (text, block)
        else:
            yield text, block
    if held is not None:
        yield held


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
        if not _goes_on_a_run(lines, index):
            dates_first = after is not None and (not before or _heads_a_list(lines[index - 1], after))
        follow = after.text if dates_first and after is not None else ""
        lead = "" if dates_first else (before[0] if before else "")
        context = tuple(before[0 if dates_first else 1 :])
        done.append(replace(line, lead=lead, follow=follow, context=context))
    return done


def _goes_on_a_run(lines: list[Line], index: int) -> bool:
    """Whether a date and one name stand before the date at `index`, clock times between them not counted."""
    above = [line for line in lines[max(0, index - 4) : index] if not _CLOCK_ONLY.fullmatch(line.text)]
    return len(above) >= 2 and bool(above[-2].mentions) and _is_bare(above[-2])


def _heads_a_list(above: Line, after: Line) -> bool:
    """Whether the line above a list's first date is the heading of the list, and no name of the date."""
    if _LIST_HEADING.search(above.text):
        return True
    is_title = 0 < above.level <= 2 and not speaks_of_deadlines(above.text)
    return is_title and sense_of(after.text, labelled=True).role is not Role.NONE


def _names_above(lines: list[Line], index: int) -> list[str]:
    """The short dateless lines directly above, nearest first; a bare weekday belongs to the date."""
    names: list[str] = []
    weekday = ""
    for above in reversed(lines[max(0, index - 4) : index]):
        if _WEEKDAY_ONLY.fullmatch(above.text):
            weekday = f" {above.text}{weekday}"
            continue
        if _CLOCK_ONLY.fullmatch(above.text):
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
    return not _BUTTON.fullmatch(line.text) and not (len(line.text) > _LONGEST_NAME and line.text.endswith("."))
