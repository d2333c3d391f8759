"""Countries and peoples that a sentence on applicants names, and of which it was not read what they are to them.

Then neither yes nor no can rest on the sentence: the place may be asked for, kept out or beside the point.
"""

import re
from collections.abc import Iterator

from catalog.drafts import Requirement
from catalog.words import RequirementType
from crawlers.reading.applicants import Statement, asks_nothing, without_all_places
from crawlers.reading.belonging import Belonging
from crawlers.reading.gazetteer import Naming, mentions
from crawlers.reading.patterns import words
from crawlers.reading.sentences import clip

_GOES_ON = re.compile(
    r"(?:\b(?:or|and|o|ou|oder|ni)\b|:|,)(?:\s+(?!(?:in|to|for|at|will|may|must|is|are|who|with)\b)[\w'’-]+){0,5}[\s:]*$",
    re.IGNORECASE,
)
"""What joins a further place to those that were read."""
_SPOKEN = re.compile(
    r"(?:english|french|spanish|german|portuguese|italian|dutch|russian|arabic|chinese|japanese)$", re.IGNORECASE
)


def unread_places(statements: list[Statement], found: list[Requirement]) -> Iterator[Requirement]:
    """Sentences that ask for something else and name a country, of which it was not read what it is to applicants."""
    of_places = (RequirementType.CITIZENSHIP, RequirementType.RESIDENCE)
    quotes = {one.quote for one in found if one.type in of_places or one.type is RequirementType.OTHER}
    others = {one.quote for one in found} - quotes
    for statement in statements:
        text = statement.text
        if not statement.bears or asks_nothing(text) or clip(text) not in others:
            continue
        rest = without_all_places(text)
        if _names_a_place(rest) or words("eligibility", "belonging.citizen").search(rest):
            yield Requirement(type=RequirementType.OTHER, quote=clip(text))


def half_read(statement: Statement, read: list[Belonging]) -> bool:
    """Whether a sentence goes on to places that were not read: "of Kenya or, with our partner, of Peru"."""
    text = statement.text
    return bool(read) and any(
        one.naming is not Naming.CITY
        and not _SPOKEN.match(text[one.start : one.end])
        and not any(place.start <= one.start < place.end for place in read)
        and any(place.end <= one.start and _GOES_ON.search(text, place.end, one.start) for place in read)
        for one in mentions(text)
    )


def _names_a_place(text: str) -> bool:
    """Whether a country or a people is named that is no language: "nurses in Kenya", not "fluent in French"."""
    return any(one.naming is not Naming.CITY and not _SPOKEN.match(text[one.start : one.end]) for one in mentions(text))
