"""Is this page something one can go for, and of which kind?

Evidence for (an application to make, a deadline, terms) is weighed against evidence that the page
is something else: a list, news, advice, standing guidelines, an institution's grant. A page must
name one of the four kinds *and* present something to act on. The reasons say in words what
decided, so that a person can see why a page was taken or refused.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from catalog.words import Kind
from crawlers.reading.document import Document
from crawlers.reading.kinds_evidence import Evidence, Places, find, places_of
from crawlers.reading.kinds_shape import shape_of

ENOUGH = 2.5
"""Weight that a page needs: what it offers and asks, and how plainly it names its kind, less what speaks against it."""
SURE_REFUSAL = 7.0
"""A page that carries this much against it is refused whatever else it says."""
_FEWEST_WORDS = 6
_ASKS = {"deadline-word", "apply-word", "who-may", "call"}
_AWARD_SIGNS = {"who-may", "terms"}
"""A page that names no kind but says who may apply and what is paid or covered offers an award to a person."""
_DEADLINE_WEIGHT = 2.0
_HEAD_BONUS = 2.0
"""Added where the first part of the title names the kind: "Travel Awards - X Workshop 2026" are awards."""
_LEANING = 0.25
_EVENT_TYPES = {"Event", "EducationEvent", "CourseInstance", "Course", "BusinessEvent", "ScholarlyEvent"}
_ROUNDUP = re.compile(
    r"^\W*(?:the |top |best |over |more than )*(?:\d{2,4}|[3-9]|ten|five)\+? "
    r"(?!(?:year|month|week|day|hour|minute)s?\b)"
    r"(?:[\w'/&-]+ ){0,5}?"
    r"(?:fellowships|internships|scholarships|jobs|opportunities|grants|programs|programmes|courses|conferences"
    r"|workshops|awards|calls|bursaries|positions|vacancies|ways|things|tips|reasons)\b"
    r"|\b(?:currently|now) open\W*$",
    re.IGNORECASE,
)
_LEADING_COUNT = re.compile(r"^\W*(?:top |best |the |over )*\d{1,4}\+?\s", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a page was found to be.

    `quote` holds the page's words that named the kind (or that refused it); `reasons` are codes
    with words, for example `questions-and-answers: a page of questions and answers`.
    """

    is_opportunity: bool
    kind: Kind | None
    quote: str
    reasons: tuple[str, ...]


def judge(document: Document, *, has_deadline: bool = False, closed: bool = False) -> Judgement:
    """Say whether a page presents one thing a reader can act on, and its kind.

    `has_deadline`: a reader found an applicant's deadline. `closed`: the page says that it is closed.
    """
    places = places_of(document)
    evidence = find(places)
    kinds = [found for found in evidence if found.cue.role == "kind"]
    kind, named_by = _kind(kinds, places)
    refused = _refused_outright(places, evidence)
    if refused is not None:
        return refused
    acts = [found for found in evidence if found.cue.role == "act"]
    against = [found for found in evidence if found.cue.role == "refusal"]
    if kind is None and _AWARD_SIGNS <= {found.cue.code for found in acts}:
        kind = Kind.FELLOWSHIP
    reasons = tuple(_reason(found) for found in (*([named_by] if named_by else []), *acts, *against))
    quote = named_by.words if named_by else ""
    if closed:
        return Judgement(False, kind, quote, ("closed: the page says that it is closed", *reasons))
    weight = sum(found.weight for found in acts) + max((found.cue.asks for found in kinds), default=0.0)
    weight += _DEADLINE_WEIGHT * has_deadline + _structured_weight(document)
    shapes = shape_of(document, places.lowered["text"], asks=has_deadline or bool(_ASKS & {f.cue.code for f in acts}))
    reasons += tuple(f"{shape.code}: {shape.says}" for shape in shapes)
    refusal = sum(found.weight for found in against) + sum(shape.weight for shape in shapes)
    strength = min(named_by.weight, 4.0) / 2 if named_by else 0.0
    if refusal >= SURE_REFUSAL:
        worst = max(against, key=lambda found: found.weight, default=None)
        return Judgement(False, kind, worst.words if worst else quote, reasons)
    return Judgement(weight >= 1 and weight + strength - refusal >= ENOUGH, kind, quote, reasons)


def _refused_outright(places: Places, evidence: list[Evidence]) -> Judgement | None:
    for found in evidence:
        if found.cue.hard:
            return Judgement(False, None, found.words, (_reason(found),))
    if len(places.lowered["text"].split()) < _FEWEST_WORDS:
        return Judgement(False, None, places.written["text"].strip(), ("empty: a page without matter of its own",))
    return None


def _kind(kinds: list[Evidence], places: Places) -> tuple[Kind | None, Evidence | None]:
    """The kind with the most evidence, and the evidence that weighs most for it."""
    if not kinds:
        return None, None
    by_kind: dict[Kind, list[tuple[float, Evidence]]] = {}
    for found in kinds:
        assert found.cue.kind is not None
        bonus = _HEAD_BONUS if found.place == "title" and found.cue.pattern.search(places.head) else 0.0
        by_kind.setdefault(found.cue.kind, []).append((found.weight + bonus, found))
    best = max(by_kind, key=lambda kind: _total(weight for weight, _ in by_kind[kind]))
    return best, max(by_kind[best], key=lambda pair: pair[0])[1]


def _total(weights: Iterable[float]) -> float:
    """The weightiest cue decides; the others only lean on it."""
    first, *rest = sorted(weights, reverse=True)
    return first + _LEANING * sum(rest)


def _structured_weight(document: Document) -> float:
    types = {str(kind) for entry in document.structured for kind in _as_list(entry.get("@type"))}
    return 1.5 if types & _EVENT_TYPES or "JobPosting" in types else 0.0


def _as_list(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def _reason(found: Evidence) -> str:
    return f"{found.cue.code}: {found.cue.says}"


def is_roundup(title: str) -> bool:
    """Whether a title announces many things ("20 fellowships currently open"), so that it is not one.

    A leading count decides; "Opportunities for Collaborative Research at NIH" is one call.
    """
    return bool(_ROUNDUP.search(title)) and bool(_LEADING_COUNT.match(title) or "open" in title.lower())
