"""Is this page something one can go for, and of which kind?

Evidence for (an application to make, a deadline, terms) is weighed against evidence that the page
is something else: a list, news, advice, standing guidelines, an institution's grant. A page must
name one of the four kinds *and* present something to act on. The reasons say in words what
decided, so that a person can see why a page was taken or refused.
"""

import re
from dataclasses import dataclass

from catalog.words import Kind
from crawlers.reading.document import Document
from crawlers.reading.grants import for_a_person
from crawlers.reading.kinds_case import Case, case_of
from crawlers.reading.kinds_doubts import SURE_REFUSAL, doubts_about, on_page
from crawlers.reading.kinds_evidence import Evidence, Places, find, places_of
from crawlers.reading.kinds_naming import kind_of_words
from crawlers.reading.kinds_shape import WHOLE_PAGE, Doubt, is_roundup
from crawlers.reading.patterns import words

__all__ = ["Judgement", "for_a_person", "is_roundup", "judge", "kind_of_words"]

ENOUGH = 2.5
"""Weight that a page needs: what it offers and asks, and how plainly it names its kind, less what speaks against it."""
ENOUGH_UNASKED = 4.5
"""Weight that a text needs which asks for nothing (no deadline, no application, no call), once it is long enough to."""
_LONG_ENOUGH_TO_ASK = 45
"""Words from which a text would say how to apply; a sentence or two about a programme may leave it out."""
_FEWEST_WORDS = 6
_WITHOUT_BLANKS = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")
_CLOSED = "closed: the page says that it is closed"
_TOO_LITTLE = "too-little: says too little that one could act on"
_DEADLINE_WEIGHT = 2.0
_DECLARED_TYPES = {"Event", "EducationEvent", "CourseInstance", "Course", "BusinessEvent", "JobPosting"}
_STRUCTURED_WEIGHT = 1.5
_STRONGEST_NAME = 4.0
_SOFT_BUT_NOTHING_ASKED = 2.0
"""A place where calls also stand counts double against a page that asks nobody for anything."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a page was found to be.

    `quote` holds the page's words that named the kind (or that refused it); `reasons` are codes
    with words, for example `questions-and-answers: a page of questions and answers`. What decided
    comes first: of a refused page what speaks against it.
    """

    is_opportunity: bool
    kind: Kind | None
    quote: str
    reasons: tuple[str, ...]
    inferred: bool = False  # no words name the kind; what the page offers makes it so


def judge(document: Document, *, has_deadline: bool = False, closed: bool = False) -> Judgement:
    """Say whether a page presents one thing a reader can act on, and its kind.

    `has_deadline`: a reader found an applicant's deadline. `closed`: the page says that it is closed.
    """
    places = places_of(document)
    evidence = find(places)
    if outright := _refused_outright(places, evidence):
        return outright
    case = case_of(document, places, evidence, has_deadline=has_deadline)
    against = doubts_about(case)
    refusal = _refusal(case, against)
    refused = closed or refusal >= SURE_REFUSAL
    taken = not refused and _is_enough(case, refusal)
    quote = _naming_words(case)
    if refused and not closed:
        quote = max(against, key=lambda doubt: doubt.weight).words or quote
    return Judgement(taken, case.kind, quote, _reasons(case, against, taken=taken, closed=closed), case.inferred)


def _refused_outright(places: Places, evidence: list[Evidence]) -> Judgement | None:
    for found in evidence:
        if found.cue.hard:
            return Judgement(False, None, found.words, (_reason(found),))
    if _words_in(places.lowered["text"]) < _FEWEST_WORDS:
        return Judgement(False, None, places.written["text"].strip(), ("empty: a page without matter of its own",))
    return None


def _words_in(text: str) -> int:
    """How many words a text has; scripts without blanks take about two letters to a word."""
    return len(text.split()) + len(_WITHOUT_BLANKS.findall(text)) // 2


def _refusal(case: Case, against: list[Doubt]) -> float:
    """The weight of all doubts; those about where a page stands count by how plainly it asks for something."""
    soft_share = 0.5 if case.announces else 1.0 if case.asks else _SOFT_BUT_NOTHING_ASKED
    return sum(doubt.weight * (soft_share if doubt.soft else 1) for doubt in against)


def _is_enough(case: Case, refusal: float) -> bool:
    """Whether what a page offers and asks, and how plainly it names its kind, outweighs what speaks against it."""
    weight_for = _weight_for(case)
    strength = min(case.named_by.weight, _STRONGEST_NAME) / 2 if case.named_by else 0.0
    silent = not case.asks and case.kind is not Kind.WORKSHOP and _keeps_silent(case.text)
    return weight_for >= 1 and weight_for + strength - refusal >= (ENOUGH_UNASKED if silent else ENOUGH)


def _weight_for(case: Case) -> float:
    """How much a page offers and asks. A kind that is itself a request ("manuscripts are due") asks too."""
    asked = max((found.cue.asks for found in case.evidence), default=0.0)
    declared = _STRUCTURED_WEIGHT if _declares_an_event(case.document) else 0.0
    return sum(found.weight for found in case.acts) + asked + declared + _DEADLINE_WEIGHT * case.has_deadline


def _declares_an_event(document: Document) -> bool:
    types = {str(kind) for entry in document.structured for kind in _as_list(entry.get("@type"))}
    return bool(types & _DECLARED_TYPES)


def _as_list(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def _keeps_silent(text: str) -> bool:
    """Whether a text is long enough to ask for something and does not; whole pages are judged by their make-up."""
    long_enough = _LONG_ENOUGH_TO_ASK <= len(text.split()) < WHOLE_PAGE
    return long_enough and not words("kinds", "plainly_asked").search(text)


def _naming_words(case: Case) -> str:
    """The words that name the kind, else those that say for whom a thing is whose kind was inferred."""
    if case.named_by:
        return on_page(case.named_by, case)
    return next((found.words for found in case.acts if case.inferred and found.cue.code == "who-may"), "")


def _reasons(case: Case, against: list[Doubt], *, taken: bool, closed: bool) -> tuple[str, ...]:
    """The reasons with what decided first, the weightiest doubt before lesser ones."""
    doubts = [f"{doubt.code}: {doubt.says}" for doubt in sorted(against, key=lambda doubt: -doubt.weight)]
    if taken:
        return tuple(dict.fromkeys((*_for_it(case), *doubts)))
    first = [_CLOSED] if closed else [] if doubts else [_TOO_LITTLE]
    return tuple(dict.fromkeys((*first, *doubts, *_for_it(case))))


def _for_it(case: Case) -> list[str]:
    guessed = [f"inferred: names no kind; whom it is for and what it pays make it a {case.kind}"]
    return [*(guessed if case.inferred else []), *(_reason(found) for found in (case.named_by, *case.acts) if found)]


def _reason(found: Evidence) -> str:
    return f"{found.cue.code}: {found.cue.says}"
