"""What the words around one date, and those above and below its line, make of it."""

import re
from dataclasses import dataclass, replace

from crawlers.reading.calendar_words import WEEKDAY
from crawlers.reading.cues import (
    asks_to_hand_in,
    begins_window,
    ends_window,
    is_deadline_heading,
    is_extension,
    is_past_heading,
    is_session,
    is_window,
    purpose_of,
    speaks_of_deadlines,
)
from crawlers.reading.date_clauses import sense_of
from crawlers.reading.lines import Line
from crawlers.reading.mentions import Mention
from crawlers.reading.roles import Role, Sense

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
_IN_PASSING = re.compile(
    r"\s*\([^()]{0,60}\)|,?\s+(?:(?:by|on|upon) invitation(?: only)?|if (?:you are )?invited)\b,?", re.I
)
"""What is said in passing of a date before or of what is due, and does not end a list of dates."""
_EARLIEST = 2000
"""Calls are read from this year on; an older date is history, whatever stands beside it."""
_NEXT_WORDS = 40
"""Characters after a date that may name it when a sentence leads up to it ("May 1 is the deadline")."""
_LONGEST_GAP = 40
_TIMES = 3
_LABEL_ENDS = tuple(":–—-|(")


@dataclass(frozen=True, slots=True)
class Said:
    """What a date was found to be, and the words that say so."""

    sense: Sense
    words: str


@dataclass(frozen=True, slots=True)
class Surroundings:
    """A date with the words between it and its neighbours in the clause.

    `date_first`: the clause begins with its first date. `short`: it is no more than a label with its date.
    `is_last`: no date follows in the clause. `earlier`: what was said of the date before it. `title` is the page's,
    for what is handed in.
    """

    line: Line
    mention: Mention
    before: str
    after: str
    date_first: bool
    short: bool
    is_last: bool
    earlier: Said | None
    title: str

    @property
    def joint(self) -> str:
        """The words that part it from the date before it, without what is said in passing."""
        return _IN_PASSING.sub("", self.before)

    @property
    def goes_on(self) -> bool:
        """Whether it continues a list: "15 July and 15 October", "papers 5 May, and demos 19 May"."""
        if self.earlier is None:
            return False
        joint = self.joint
        return len(joint) <= _LONGEST_GAP and _CONTINUES.fullmatch(joint) is not None

    @property
    def is_labelled(self) -> bool:
        """Whether what stands before it is a label, or nothing."""
        before = self.before.rstrip()
        return self.short or not before or before.endswith(_LABEL_ENDS)

    @property
    def hint(self) -> str:
        """What may tell what is handed in where its own words do not."""
        return f"{self.line.heading} {self.title}"


def says_nothing(words: str) -> bool:
    """Whether words beside a date are no more than parts of it."""
    return _NOTHING_SAID.fullmatch(words) is not None


def said_of(date: Surroundings) -> Said:
    """What words make of a date: those beside it, else those above, those of the list it goes on with, a heading."""
    before, after = _words_beside(date)
    sense = sense_of(before, after, labelled=date.is_labelled, hint=date.hint)
    said = Said(sense, after if says_nothing(before) else before)
    if _ends_what_began(date):
        said = _said_of_window(date)
    elif said.sense.role is Role.DEADLINE and date.mention.begins is None and begins_window("", date.after):
        said = replace(said, sense=Sense(Role.OPENS))
    if said.sense.role is Role.NONE and date.line.is_bare:
        said = _said_around(date)
    if said.sense.role is Role.NONE and date.goes_on:
        said = _said_before(date, said)
    if said.sense.role is Role.NONE and date.short and not date.line.level and is_deadline_heading(date.line.heading):
        purpose = purpose_of(f"{said.words} {date.line.heading}", date.title)
        said = Said(Sense(Role.DEADLINE, purpose, sure=False), said.words)
    return Said(_corrected(said, date), said.words.strip() or date.before.strip())


def _ends_what_began(date: Surroundings) -> bool:
    """Whether one can apply from the date before this one until this one: "opens on 1 May and ends on 9 June"."""
    return date.earlier is not None and date.earlier.sense.role is Role.OPENS and ends_window(date.before)


def _said_of_window(date: Surroundings) -> Said:
    """What is due when a window ends: what the words told that began it."""
    began = date.earlier.words if date.earlier else ""
    return Said(Sense(Role.DEADLINE, purpose_of(began, date.hint)), f"{began} {date.before}".strip())


def _words_beside(date: Surroundings) -> tuple[str, str]:
    """The words before and after a date that may be said of it."""
    before, after = ("", date.after) if date.date_first and not says_nothing(date.after) else (date.before, date.after)
    if date.date_first and before and says_nothing(before):
        before = ""
    if date.before.lstrip().startswith("(") and date.goes_on:  # what stands in brackets is said of the date before it
        before, after = date.joint, "" if after.lstrip().startswith("(") else after
    return before, after if says_nothing(before) else after[:_NEXT_WORDS]


def _said_around(date: Surroundings) -> Said:
    """What the lines around a line of dates alone say, the nearest first; else its heading."""
    line = date.line
    for words in (line.lead, line.follow, *line.context[:_TIMES]):
        if words:
            sense = sense_of(words, labelled=True, hint=date.hint)
            names_it = words == line.lead and len(words) < _LONGEST_GAP and not line.context
            if sense.role is not Role.NONE or (names_it and not asks_to_hand_in(words)):
                return Said(sense, words)
    if line.heading and speaks_of_deadlines(line.heading):
        return Said(sense_of(line.heading, labelled=True, hint=date.hint), line.heading)
    return Said(Sense(Role.NONE), line.lead or line.follow)


def _said_before(date: Surroundings, said: Said) -> Said:
    """What was said of the date before it in a list, for the thing that the words between the two name."""
    if date.earlier is None:
        return said
    joint, earlier = date.joint, date.earlier
    if _JUST_AND.fullmatch(joint) or says_nothing(joint):
        return earlier
    return Said(replace(earlier.sense, purpose=purpose_of(joint, "")), joint)


def _corrected(said: Said, date: Surroundings) -> Sense:
    """What a date was found to be, unless the words around it or the date itself speak against it."""
    sense = Sense(Role.NONE) if date.after.rstrip().endswith("?") else said.sense  # a question states no date
    sense = _as_window(sense, date.mention, f"{said.words} {date.line.lead}")
    if sense.role is not Role.DEADLINE:
        return sense
    if not sense.sure and is_session(date.before, date.after):
        return Sense(Role.EVENT)
    if not _may_be_due(date.mention, sense):
        return Sense(Role.NONE)
    sense = replace(sense, extended=sense.extended or _is_extended(date))
    if is_past_heading(date.line.heading):
        return Sense(Role.PAST, if_ahead=sense)
    return sense


def _as_window(sense: Sense, mention: Mention, words: str) -> Sense:
    """A range during which one can apply ends with the deadline; a range of days is not an opening date."""
    if mention.begins is None:
        return sense
    opens = sense.role is Role.OPENS and asks_to_hand_in(words)
    if opens or (sense.role is Role.NONE and is_window(words)):
        return Sense(Role.DEADLINE, purpose_of(words), sense.extended)
    return sense


def _may_be_due(mention: Mention, sense: Sense) -> bool:
    """Whether the date may be a deadline: a bare month needs a word for it, and history is none."""
    return (mention.day > 0 or sense.sure) and (mention.year or _EARLIEST) >= _EARLIEST


def _is_extended(date: Surroundings) -> bool:
    """Whether the words around a deadline say that it replaces an earlier one."""
    of_it = date.is_last or date.after.lstrip()[:1] == "("
    return is_extension(f"{date.before} {date.after[:60] if of_it else ''} {date.line.lead} {date.line.follow}")
