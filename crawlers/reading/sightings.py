"""Where the words of a page place what it offers: labels and sentences, each weighed by how surely it says so."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from crawlers.reading.document import Block, Document
from crawlers.reading.gazetteer import Mention, Naming, mentions, state_after
from crawlers.reading.patterns import words
from crawlers.reading.sentences import clip, own_title, split

_MOST_SENTENCES = 600
_LABEL_REST = 25
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
_NOT_PLACES = {Naming.GROUP, Naming.PEOPLE, Naming.CITIZENS}


@dataclass(frozen=True, slots=True)
class Sighting:
    """A place seen on a page: what was named, how surely as the place where it happens, and the words."""

    mention: Mention
    name: str
    weight: float
    quote: str


def sightings_in(document: Document) -> Iterator[Sighting]:
    """Yield the places that the title, labels and sentences of a page name, with the weight of each."""
    for name in dict.fromkeys((own_title(document), own_title(replace(document, heading="")))):
        yield from _in_sentence(name, title=True)
    count = 0
    for block in document.main:
        if is_place_label(block.label):
            yield from _in_label(block)
        if not words("places", "people_headings").search(block.heading):
            for sentence in split(block.text):
                yield from _in_sentence(sentence)
        count += 1 + len(block.text) // 200
        if count > _MOST_SENTENCES:
            return


def is_place_label(label: str) -> bool:
    """Whether a label introduces the place: `Venue`, `Duty station (city)`."""
    found = words("places", "labels").match(label) if label else None
    return found is not None and len(label) - found.end() <= _LABEL_REST


@cache
def inline_label() -> re.Pattern[str]:
    """A label within a sentence, with its colon: "Venue: "."""
    return re.compile(rf"{words('places', 'inline_labels').pattern}\s*:\s*", re.IGNORECASE)


def _in_label(block: Block) -> Iterator[Sighting]:
    text = " ".join(block.text.split())
    if len(text) <= 200:
        for mention in places_named(text):
            yield Sighting(mention, text[mention.start : mention.end], 8, clip(text, mention.start, mention.end))


def _in_sentence(sentence: str, *, title: bool = False) -> Iterator[Sighting]:
    named = places_named(sentence)
    if not named:
        return
    labels = list(inline_label().finditer(sentence))
    applicants = [found.start() for found in words("places", "applicants").finditer(sentence)]
    happens = bool(words("places", "happens").search(sentence)) or title
    chained: Sighting | None = None
    for position, mention in enumerate(named):
        weight = _weight(sentence, mention, named, position, labels, applicants, happens, title)
        between = sentence[named[position - 1].end : mention.start] if position else "."
        if chained is not None and re.fullmatch(
            r"\s?(?:,|/|&|;)?\s?(?:and/or|and|or|et|ou|y|e|und|und/oder|en)?\s?(?:the )?", between
        ):
            weight = max(weight, chained.weight)
        chained = None
        if weight:
            name = mention.nominative or sentence[mention.start : mention.end]
            chained = Sighting(mention, name, weight, clip(sentence, mention.start, mention.end))
            yield chained


def places_named(text: str) -> list[Mention]:
    """The countries and cities that `text` names, without its peoples and groups of countries."""
    return [mention for mention in mentions(text) if mention.naming not in _NOT_PLACES]


def _weight(
    sentence: str,
    mention: Mention,
    named: list[Mention],
    position: int,
    labels: list[re.Match[str]],
    applicants: list[int],
    happens: bool,
    title: bool,
) -> float:
    if any(label.end() <= mention.start <= label.end() + 40 for label in labels):
        return 8.0
    if any(start < mention.start for start in applicants) or (words("places", "past").search(sentence) and not title):
        return 0.0
    if words("places", "affiliations").search(sentence) and not words("places", "surely_happens").search(sentence):
        return 0.0
    if sentence.count("“", 0, mention.start) > sentence.count("”", 0, mention.start):
        return 0.0
    before = sentence[max(0, mention.start - 80) : mention.start]
    if _COMPOUND.search(before) or sentence[mention.end : mention.end + 1] == "-":
        return 0.0  # "Euro-China": a name, not a place
    if (
        mention.naming is Naming.COUNTRY
        and _NAME_BEFORE.search(before)
        and not (position and _is_pair(named, position))
    ):
        return 4.0 if _DATED.search(sentence) else 3.0 if happens or len(sentence) <= 60 else 0.0
    if _BEFORE.search(before) and before.strip():
        return 4.0 if title else 3.0 if happens else 1.0
    pair = position + 1 < len(named) and _is_pair(named, position + 1)
    if mention.naming is Naming.CITY and (pair or state_after(sentence, mention.end)):
        if _DATED.search(sentence):
            return 4.0
        return 3.0 if len(sentence) <= 160 or happens else 1.0
    if _INSTITUTION.match(sentence, mention.end) or _DATELINE.match(sentence, mention.end):
        return 0.0
    if len(sentence) <= 60 and (title or not before.strip() or before.rstrip().endswith((",", "|", "(", ":"))):
        return 1.5
    ends = mention.naming is Naming.CITY and mention.end >= len(sentence) - 1 and not before.endswith(" of ")
    if ends and _VENUE_LINE.fullmatch(sentence):
        return 1.5
    return 0.0


def _is_pair(named: list[Mention], position: int) -> bool:
    """Whether the name before this one is a place in the same country: "Kampala, Uganda"."""
    one, other = named[position - 1], named[position]
    return one.code == other.code and other.start - one.end <= 8
