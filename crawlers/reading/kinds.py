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
from crawlers.reading.kinds_evidence import Evidence, Places, find, first_match, places_of
from crawlers.reading.kinds_evidence import quote as quote_of
from crawlers.reading.kinds_naming import in_passing, kind_named, kind_of_words, speaks_of_an_event
from crawlers.reading.kinds_shape import WHOLE_PAGE, Doubt, shape_of
from crawlers.reading.patterns import words

__all__ = ["Judgement", "for_a_person", "is_roundup", "judge", "kind_of_words"]

ENOUGH = 2.5
"""Weight that a page needs: what it offers and asks, and how plainly it names its kind, less what speaks against it."""
ENOUGH_UNASKED = 4.5
"""Weight that a text needs which asks for nothing (no deadline, no application, no call), once it is long enough to."""
SURE_REFUSAL = 7.0
"""A page that carries this much against it is refused whatever else it says."""
_LONG_ENOUGH_TO_ASK = 45
"""Words from which a text would say how to apply; a sentence or two about a programme may leave it out."""
_FEWEST_WORDS = 6
_PLAINLY_NAMED = 1.5
_ONE_CALL = {"special-issue", "call-for-papers", "call"}
"""What makes a journal's words one call; without it or a deadline they are how that journal always takes papers."""
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
_CLOSED = "closed: the page says that it is closed"
_TOO_LITTLE = "too-little: says too little that one could act on"
_MILD_FOR_EVENTS = {"advice", "author-guidelines"}
"""An event explains how to take part in it: its guidelines for abstracts are its call."""
_DEADLINE_WEIGHT = 2.0
_PASSING_DOUBT = 3.0
_DECLARED_TYPES = {"Event", "EducationEvent", "CourseInstance", "Course", "BusinessEvent", "JobPosting"}
_STRUCTURED_WEIGHT = 1.5
_STRONGEST_NAME = 4.0
_SOFT_BUT_NOTHING_ASKED = 2.0
"""A place where calls also stand counts double against a page that asks nobody for anything."""
_LONGEST_TITLE = 300
_COUNT = re.compile(
    r"\W*(?:(?:the|top|best|over|more than|these|latest)\s+){0,3}(?!(?:19|20)\d\d\b)"
    r"(?:\d{2,4}|[3-9]|ten|twenty|thirty|fifty)\+?\s"
    r"(?!(?:one|two|three|four|five|six|year|month|week|day|hour|minute|phd|doctoral|postdoc\w*|esr)\b)",
    re.IGNORECASE,
)
"""A leading count of things: not a year, and not the places or the length of one thing."""
_FEW_WORDS = re.compile(r"(?:[\w'/&-]+\s+){0,6}")


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
    kind, named_by = kind_named([found for found in evidence if found.cue.role == "kind"], places)
    acts = [found for found in evidence if found.cue.role == "act" and found.cue.only_for in (None, kind)]
    said = {found.cue.code for found in acts}
    of_students = kind is None and "terms" in said and bool(_STUDENT_WEEKS.search(places.lowered["text"]))
    of_a_person = said >= _DUE_SIGNS and bool(words("kinds", "personal_papers").search(places.lowered["text"]))
    of_students = of_students or (
        kind is None and of_a_person and bool(words("kinds", "students_papers").search(places.lowered["text"]))
    )
    inferred = kind is None and (of_students or of_a_person or said >= _AWARD_SIGNS)
    if inferred:
        kind = Kind.INTERNSHIP if of_students else Kind.FELLOWSHIP
    asks = has_deadline or any(f.cue.code in _ASKS for f in acts)
    against = _against(document, places, evidence, kind, asks=asks, has_deadline=has_deadline)
    if not named_by or named_by.weight < _PLAINLY_NAMED:
        against += [
            Doubt(f.cue.code, f.cue.says, SURE_REFUSAL, f.words)
            for f in evidence
            if f.cue.code == "staff-post" and f.place != "opening"
        ]
    if not inferred and not has_deadline and in_passing(kind, evidence, places):
        against.append(Doubt("in-passing", "names its kind in passing, if at all", _PASSING_DOUBT, soft=True))
    weight_for = _weight_for(document, evidence, acts, has_deadline)
    strength = min(named_by.weight, _STRONGEST_NAME) / 2 if named_by else 0.0
    announced = has_deadline or any(found.cue.code == "call" for found in acts)
    soft_share = 0.5 if announced else 1.0 if asks else _SOFT_BUT_NOTHING_ASKED
    refusal = sum(doubt.weight * (soft_share if doubt.soft else 1) for doubt in against)
    refused = refusal >= SURE_REFUSAL or closed
    enough = ENOUGH_UNASKED if not asks and kind is not Kind.WORKSHOP and _keeps_silent(places) else ENOUGH
    taken = not refused and weight_for >= 1 and weight_for + strength - refusal >= enough
    for_it = [
        *([f"inferred: names no kind; whom it is for and what it pays make it a {kind}"] if inferred else []),
        *(_reason(found) for found in (named_by, *acts) if found),
    ]
    quote = (
        _on_page(named_by, places, document.url)
        if named_by
        else next((f.words for f in acts if inferred and f.cue.code == "who-may"), "")
    )
    if refused and not closed and against:
        quote = max(against, key=lambda doubt: doubt.weight).words or quote
    return Judgement(taken, kind, quote, _in_order(taken, closed, for_it, against), inferred)


def _keeps_silent(places: Places) -> bool:
    """Whether a text is long enough to ask for something and does not; whole pages are judged by their make-up."""
    text = places.lowered["text"]
    long_enough = _LONG_ENOUGH_TO_ASK <= len(text.split()) < WHOLE_PAGE
    return long_enough and not words("kinds", "plainly_asked").search(text)


def _on_page(found: Evidence, places: Places, url: str | None) -> str:
    """The words that name the kind as they stand: on the page rather than in its address, else the address itself."""
    if found.place not in ("path", "host"):
        return found.words
    match = first_match(found.cue, places.lowered["text"])
    return quote_of(places.written["text"], *match.span()) if match else url or found.words


def _in_order(taken: bool, closed: bool, for_it: list[str], against: list[Doubt]) -> tuple[str, ...]:
    """The reasons with what decided first, the weightiest doubt before lesser ones."""
    doubts = [f"{doubt.code}: {doubt.says}" for doubt in sorted(against, key=lambda doubt: -doubt.weight)]
    if taken:
        return tuple(dict.fromkeys((*for_it, *doubts)))
    first = [_CLOSED] if closed else [] if doubts else [_TOO_LITTLE]
    return tuple(dict.fromkeys((*first, *doubts, *for_it)))


def _weight_for(document: Document, evidence: list[Evidence], acts: list[Evidence], has_deadline: bool) -> float:
    """How much a page offers and asks. A kind that is itself a request ("manuscripts are due") asks too."""
    asked = max((found.cue.asks for found in evidence), default=0.0)
    declared = _STRUCTURED_WEIGHT if _declares_an_event(document) else 0.0
    return sum(found.weight for found in acts) + asked + declared + _DEADLINE_WEIGHT * has_deadline


def _against(
    document: Document, places: Places, evidence: list[Evidence], kind: Kind | None, *, asks: bool, has_deadline: bool
) -> list[Doubt]:
    """Everything that speaks against a page: words that refuse it, its shape, a roundup's title."""
    names_event = kind is Kind.WORKSHOP and (
        any(f.place == "title" and f.cue.kind is kind for f in evidence) or speaks_of_an_event(places.lowered["text"])
    )
    found = [
        Doubt(
            f.cue.code,
            f.cue.says,
            min(f.weight, 1.0) if names_event and f.cue.code in _MILD_FOR_EVENTS else f.weight,
            _on_page(f, places, document.url),
            f.cue.soft,
        )
        for f in evidence
        if f.cue.role == "refusal"
    ]
    found += shape_of(document, places.lowered["text"], asks=asks or names_event)
    codes = {f.cue.code for f in evidence}
    if kind is Kind.JOURNAL_CALL and not has_deadline and not codes & _ONE_CALL:
        found.append(Doubt("standing-journal", "how a journal takes papers at any time, not one call", 6.0))
    if is_roundup(places.written["title"]) or is_roundup(places.written["opening"]):
        found.append(Doubt("roundup", "announces many things, not one", 5.0))
    return found


def _refused_outright(places: Places, evidence: list[Evidence]) -> Judgement | None:
    for found in evidence:
        if found.cue.hard:
            return Judgement(False, None, found.words, (_reason(found),))
    if len(places.lowered["text"].split()) < _FEWEST_WORDS:
        return Judgement(False, None, places.written["text"].strip(), ("empty: a page without matter of its own",))
    return None


def _declares_an_event(document: Document) -> bool:
    types = {str(kind) for entry in document.structured for kind in _as_list(entry.get("@type"))}
    return bool(types & _DECLARED_TYPES)


def _as_list(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def _reason(found: Evidence) -> str:
    return f"{found.cue.code}: {found.cue.says}"


def is_roundup(title: str) -> bool:
    """Whether a title announces many things ("20 fellowships currently open"), so that it is not one.

    A leading count decides; "Opportunities for Collaborative Research at NIH" is one call, and
    "12 one-year fellowships" or "10 PhD positions" are the places of one.
    """
    count = _COUNT.match(title[:_LONGEST_TITLE])
    if count is None:
        return False
    things = words("kinds", "counted").finditer(title[:_LONGEST_TITLE], count.end())
    return any(_FEW_WORDS.fullmatch(title, count.end(), thing.start()) for thing in things)
