"""Where the words of a page place what it offers: labels and sentences, each weighed by how surely it says so."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from crawlers.reading.document import Block, Document
from crawlers.reading.gazetteer import Mention, Naming, mentions
from crawlers.reading.patterns import words
from crawlers.reading.place_weights import Told, weight_of
from crawlers.reading.sentences import clip, own_title, split

_MOST_SENTENCES = 600
_LABEL_REST = 25
_JOINS = re.compile(r"\s?(?:,|/|&|;)?\s?(?:and/or|and|or|et|ou|y|e|und|und/oder|en)?\s?(?:the )?")
"""What parts the places of one list, which are all as likely."""
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


def _in_label(block: Block) -> Iterator[Sighting]:
    text = " ".join(block.text.split())
    if len(text) <= 200:
        for mention in places_named(text):
            yield Sighting(mention, text[mention.start : mention.end], 8, clip(text, mention.start, mention.end))


def _in_sentence(sentence: str, *, title: bool = False) -> Iterator[Sighting]:
    told = Told(sentence, places_named(sentence), title)
    before: Sighting | None = None
    for position, mention in enumerate(told.named):
        weight = weight_of(told, position)
        if before is not None and _JOINS.fullmatch(sentence, before.mention.end, mention.start):
            weight = max(weight, before.weight)
        before = _sighting(sentence, mention, weight) if weight else None
        if before is not None:
            yield before


def _sighting(sentence: str, mention: Mention, weight: float) -> Sighting:
    name = mention.nominative or sentence[mention.start : mention.end]
    return Sighting(mention, name, weight, clip(sentence, mention.start, mention.end))


def places_named(text: str) -> list[Mention]:
    """The countries and cities that `text` names, without its peoples and groups of countries."""
    return [mention for mention in mentions(text) if mention.naming not in _NOT_PLACES]
