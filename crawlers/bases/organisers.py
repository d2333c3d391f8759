"""Who runs the thing that an aggregator writes about, when the text names them in its first sentences.

"The Example Trust invites nurses …" names the Example Trust. Nothing is guessed from the title:
a fellowship often bears the name of one body and is run by another.
"""

import re
from typing import Any

from crawlers.reading.document import Document
from crawlers.reading.names import is_person
from crawlers.reading.sentences import sentences_of

_FIRST_SENTENCES = 8
_NAME = r"(?P<name>[A-ZÀ-Þ][\w&'’.-]*(?:(?:\s+(?:of|for|and|the|de|du|des|la|in|on|&))*\s+[A-ZÀ-Þ][\w&'’.-]*){0,9})"
_ACTS = re.compile(
    rf"^(?:The |L['’]|La |Le |El |O |A )?{_NAME}(?:\s*\([A-Z][\w-]{{1,11}}\))?,?\s+"
    r"(?:(?:is|are) (?:now |currently |pleased to )*"
    r"(?:accepting|inviting|seeking|offering|calling|looking|announce|invite|offer)"
    r"|invites?|offers?|runs|takes|supports?|pays for|awards?|funds|seeks|announces?|welcomes|calls for|organi[sz]es"
    r"|hosts|provides|propose|offre|lance|accueille|ofrece|convoca|invita|abre|oferece|convida)\b"
)
_OF_ITS = re.compile(
    rf"^[A-Z][\w ]{{2,60}}\b(?:of|at) the {_NAME} (?:in [A-Z]\w+ )?(?:takes?|offers?|invites?|welcomes?)\b"
)
_PROGRAMME = re.compile(
    r"\b(?:Fellowships?|Scholarships?|Program(?:me)?s?|Internships?|Awards?|Prizes?|Grants?|Courses?|Workshops?|Conference|Symposium"
    r"|Competition|Challenge|Residency|Electives?|Observerships?|Summit|Forum \d+|School 20\d\d|\d{4})$"
)
_NOBODY = re.compile(
    r"^(?:applicants|applications|participants|fellows|interns|students|scholars|candidates|residents|observers|nurses"
    r"|physicians|doctors|successful|selected|eligible|this|that|these|those|they|it|we|you|he|she|there|here|each|every"
    r"|both|winners|authors|deadline)\b",
    re.I,
)


def with_organiser(read: dict[str, Any], document: Document) -> dict[str, Any]:
    """What was read of an aggregator's text, and who that text says runs the thing when nothing else told."""
    name, quote = organiser_named(document) if not read.get("organisation") else ("", "")
    if not name:
        return read
    return read | {"organisation": name, "quotes": {**read.get("quotes", {}), "organisation": quote}}


def of_the_call(read: dict[str, Any], document: Document) -> dict[str, Any]:
    """What was read of an aggregator's whole page: whose site it is says nothing of who runs the thing."""
    return with_organiser({name: value for name, value in read.items() if name != "organisation"}, document)


def organiser_named(document: Document) -> tuple[str, str]:
    """The body that a text's first sentences say acts, and that sentence; two empty strings when none does."""
    heading = {document.title, document.heading}
    sentences = [sentence.text for sentence in sentences_of(document) if sentence.text not in heading]
    for text in sentences[:_FIRST_SENTENCES]:
        found = _ACTS.match(text) or _OF_ITS.match(text)
        if found and _is_a_body(found["name"]):
            return found["name"], text[:300]
    return "", ""


def _is_a_body(name: str) -> bool:
    return not _NOBODY.match(name) and len(name) > 2 and not _PROGRAMME.search(name) and not is_person(name)
