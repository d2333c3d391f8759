"""A page as it is judged: what was found in its words, and the kind that they make it."""

import re
from dataclasses import dataclass

from catalog.words import Kind
from crawlers.reading.document import Document
from crawlers.reading.kinds_evidence import Evidence, Places
from crawlers.reading.kinds_naming import kind_named
from crawlers.reading.patterns import words

_ASKS = {"deadline-word", "apply-word", "call"}
_AWARD_SIGNS = {"who-may", "terms"}
"""A page that names no kind but says who may apply and what is paid or covered offers an award to a person."""
_DUE_SIGNS = {"deadline-word", "apply-word"}
"""So does a page that asks for a person's own papers (CV, transcript, references) by a day."""
_STUDENT_WEEKS = re.compile(
    r"\b(?:undergraduates?|(?:medical|high|college) (?:school|students?))\b[\s\S]{0,400}\bweeks?\b"
    r"|\bweeks?\b[\s\S]{0,400}\b(?:undergraduates?|(?:medical|high|college) (?:school|students?))\b"
)
"""Students for some weeks are interns, whatever it is called."""


@dataclass(frozen=True, slots=True)
class Case:
    """What is weighed. `named_by` names the kind; where nothing does, it may be `inferred` from what is offered.

    `acts` are what the page offers and asks for, of that kind.
    """

    document: Document
    places: Places
    evidence: list[Evidence]
    acts: list[Evidence]
    kind: Kind | None
    named_by: Evidence | None
    has_deadline: bool
    inferred: bool = False

    @property
    def text(self) -> str:
        """The page's matter in lower case."""
        return self.places.lowered["text"]

    @property
    def asks(self) -> bool:
        """Whether it asks somebody to do something."""
        return self.has_deadline or any(found.cue.code in _ASKS for found in self.acts)

    @property
    def announces(self) -> bool:
        """Whether it calls for something by a day, or calls at all."""
        return self.has_deadline or any(found.cue.code == "call" for found in self.acts)


def case_of(document: Document, places: Places, evidence: list[Evidence], *, has_deadline: bool) -> Case:
    """The case of a page, its kind named by its words or else inferred from what it offers to whom."""
    kind, named_by = kind_named([found for found in evidence if found.cue.role == "kind"], places)
    acts = [found for found in evidence if found.cue.role == "act" and found.cue.only_for in (None, kind)]
    inferred = _inferred({found.cue.code for found in acts}, places.lowered["text"]) if kind is None else None
    return Case(document, places, evidence, acts, kind or inferred, named_by, has_deadline, inferred is not None)


def _inferred(said: set[str], text: str) -> Kind | None:
    """The kind of a page that names none, by whom it is for and what it pays or asks for."""
    of_a_person = said >= _DUE_SIGNS and bool(words("kinds", "personal_papers").search(text))
    if "terms" in said and _STUDENT_WEEKS.search(text):
        return Kind.INTERNSHIP
    if of_a_person and words("kinds", "students_papers").search(text):
        return Kind.INTERNSHIP
    return Kind.FELLOWSHIP if of_a_person or said >= _AWARD_SIGNS else None
