"""How surely a sentence says that something happens in a place that it names.

A country named in a page may be the host, the applicants' nationality, a referee's address or the subject of study.
"""

import re
from dataclasses import dataclass
from functools import cache, cached_property

from crawlers.reading.gazetteer import Mention, Naming, state_after
from crawlers.reading.patterns import words

_BEFORE = re.compile(
    r"(?:\b(?:in|at|to|within|across|throughout|near|visit|[àa]|au|aux|en|in der|nach|em|no|na|nel|nella|"
    r"te|в|di)\s+"
    r"(?:the |either |both |downtown |central |beautiful |sunny )*(?:[A-Z][\w.'’-]*,? (?:of |and )?){0,6}|"
    r"[(\[–—-]\s*(?:likely |e\.g\. |including |such as )?|^)$"
)
_INSTITUTION = re.compile(
    r"[\s,]*(?:(?:State|A&T|Technical|Medical) ){0,3}"
    r"(?:University|College|Institute|Hospital|School|Institution|Medical|Clinic|Society|Association)\b"
)
_DATED = re.compile(r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b|\b20\d\d\b", re.IGNORECASE)
_VENUE_LINE = re.compile(r"(?:[A-Z0-9][\w.'’&-]*,?\s+(?:(?:of|de|van|the|and|&|der|la)\s+)?){2,6}[A-Z][\w'’-]*\.?")
"""A line of names that ends with a city: "Example Institute Delft"; of two names it may be a person's."""
_COMPOUND = re.compile(r"\w[-–]$")
_NAME_BEFORE = re.compile(r"(?:^|[|•·:;(\d–-]|\b(?:in|at)\b)\s*(?:[A-Z][\w'’.-]+\s){0,2}[A-Z][\w'’.-]+,\s*$")
"""A town that no list has, before its country: "| Exampleton, Uganda"."""
_DATELINE = re.compile(r"\s*(?:,|\(|–|-)\s*\d|\s*[–—-]{1,2}\s")
_LEADING, _BESIDE, _LABELLED = 80, 8, 40
"""Characters before a name that lead up to it, between a city and its country, and after a label."""
_SHORT, _LONG = 60, 160
"""Characters of a line that is no sentence, and of a sentence that tells of one thing."""


@cache
def inline_label() -> re.Pattern[str]:
    """A label within a sentence, with its colon: "Venue: "."""
    return re.compile(rf"{words('places', 'inline_labels').pattern}\s*:\s*", re.IGNORECASE)


@dataclass(frozen=True)
class Told:
    """A sentence, or a page's `title`, with the places that it names, and what it tells of them."""

    text: str
    named: list[Mention]
    title: bool

    @cached_property
    def happens(self) -> bool:
        """Whether it says that something is held or done somewhere."""
        return self.title or bool(words("places", "happens").search(self.text))

    @cached_property
    def is_dated(self) -> bool:
        """Whether it names a month or a year, as an announcement does."""
        return bool(_DATED.search(self.text))

    @cached_property
    def is_of_elsewhere(self) -> bool:
        """Whether it tells of the past, or of where people are from."""
        if words("places", "past").search(self.text) and not self.title:
            return True
        affiliations, surely = words("places", "affiliations"), words("places", "surely_happens")
        return bool(affiliations.search(self.text)) and not surely.search(self.text)

    @cached_property
    def applicants(self) -> int:
        """Where it begins to speak of those who apply; its end where it does not."""
        found = words("places", "applicants").search(self.text)
        return found.start() if found else len(self.text)

    @cached_property
    def labels(self) -> list[int]:
        """Where its labels of places end."""
        return [label.end() for label in inline_label().finditer(self.text)] if ":" in self.text else []

    def before(self, mention: Mention) -> str:
        """The words that lead up to a name."""
        return self.text[max(0, mention.start - _LEADING) : mention.start]

    def is_pair(self, position: int) -> bool:
        """Whether the name at `position` and the one before it are a place and its country: "Kampala, Uganda"."""
        if not 0 < position < len(self.named):
            return False
        one, other = self.named[position - 1], self.named[position]
        return one.code == other.code and other.start - one.end <= _BESIDE


def weight_of(told: Told, position: int) -> float:
    """How surely the sentence says that it happens in the place that it names at `position`; 0 where it does not."""
    mention = told.named[position]
    if any(end <= mention.start <= end + _LABELLED for end in told.labels):
        return 8.0
    if _is_no_host(told, mention):
        return 0.0
    for weighed in (_behind_a_town, _behind_in, _with_its_country):
        if (weight := weighed(told, position)) is not None:
            return weight
    return 1.5 if _stands_alone(told, mention) else 0.0


def _is_no_host(told: Told, mention: Mention) -> bool:
    """Whether the place is the applicants', past, somebody's affiliation, in somebody's words or part of a name."""
    if told.applicants < mention.start or told.is_of_elsewhere:
        return True
    if told.text.count("“", 0, mention.start) > told.text.count("”", 0, mention.start):
        return True
    is_part = told.text[mention.end : mention.end + 1] == "-"  # "Euro-China": a name, not a place
    return is_part or bool(_COMPOUND.search(told.before(mention)))


def _behind_a_town(told: Told, position: int) -> float | None:
    """The weight of a country behind a town that no list has."""
    mention = told.named[position]
    is_country = mention.naming is Naming.COUNTRY and not told.is_pair(position)
    if not is_country or not _NAME_BEFORE.search(told.before(mention)):
        return None
    if told.is_dated:
        return 4.0
    return 3.0 if told.happens or len(told.text) <= _SHORT else 0.0


def _behind_in(told: Told, position: int) -> float | None:
    """The weight of a place behind "in", "at" and their like."""
    before = told.before(told.named[position])
    if not before.strip() or not _BEFORE.search(before):
        return None
    if told.title:
        return 4.0
    return 3.0 if told.happens else 1.0


def _with_its_country(told: Told, position: int) -> float | None:
    """The weight of a city that stands with its country or state; None, too, for a part of an institution's name."""
    mention = told.named[position]
    is_city = mention.naming is Naming.CITY
    if not is_city or not (told.is_pair(position + 1) or state_after(told.text, mention.end)):
        return None
    if told.is_dated:
        return 4.0
    return 3.0 if len(told.text) <= _LONG or told.happens else 1.0


def _stands_alone(told: Told, mention: Mention) -> bool:
    """Whether a place is all, or the beginning or end of all, that a short line says."""
    text, before = told.text, told.before(mention)
    if _INSTITUTION.match(text, mention.end) or _DATELINE.match(text, mention.end):
        return False
    if len(text) <= _SHORT and (told.title or not before.strip() or before.rstrip().endswith((",", "|", "(", ":"))):
        return True
    ends = mention.naming is Naming.CITY and mention.end >= len(text) - 1 and not before.endswith(" of ")
    return ends and bool(_VENUE_LINE.fullmatch(text))
