"""Which of the four kinds a page's words name most plainly, and how."""

from collections.abc import Iterable

from catalog.words import Kind
from crawlers.reading.document import Block, Document
from crawlers.reading.kinds_evidence import Evidence, Places, find, first_match, places_of
from crawlers.reading.kinds_shape import WHOLE_PAGE
from crawlers.reading.patterns import words

_HEAD_BONUS = 2.0
"""Added where the first part of the title names the kind: "Travel Awards - X Workshop 2026" are awards."""
_LEANING = 0.25
_EVENT_BONUS = 3.0
_FEWEST_EVENT_WORDS = 2


def kind_named(kinds: list[Evidence], places: Places) -> tuple[Kind | None, Evidence | None]:
    """The kind with the most evidence, and the evidence that weighs most for it."""
    if not kinds:
        return None, None
    by_kind: dict[Kind, list[tuple[float, Evidence]]] = {}
    for found in kinds:
        assert found.cue.kind is not None
        bonus = _HEAD_BONUS if found.place == "title" and first_match(found.cue, places.head) else 0.0
        by_kind.setdefault(found.cue.kind, []).append((found.weight + bonus, found))
    totals = {kind: _total(weight for weight, _ in pairs) for kind, pairs in by_kind.items()}
    best = max(totals, key=lambda kind: totals[kind])
    if (
        best is Kind.JOURNAL_CALL
        and totals.get(Kind.WORKSHOP, -_EVENT_BONUS) + _EVENT_BONUS > totals[best]
        and speaks_of_an_event(places.lowered["text"])
    ):
        best = Kind.WORKSHOP
    return best, max(by_kind[best], key=lambda pair: pair[0])[1]


def in_passing(kind: Kind | None, evidence: list[Evidence], places: Places) -> bool:
    """Whether a whole page names its kind neither in its title or address nor at its beginning."""
    if len(places.lowered["text"].split()) < WHOLE_PAGE:
        return False
    return not any(found.cue.kind is kind and found.place != "text" for found in evidence if found.cue.role == "kind")


def kind_of_words(title: str, text: str = "") -> Kind | None:
    """The kind that a record's title names, else its text; None when neither names one.

    For sources whose records are known to be calls, so that only their kind is in question.
    """
    places = places_of(Document(blocks=(Block(text),) if text else (), title=title))
    return kind_named(find(places, "kind"), places)[0]


def speaks_of_an_event(text: str) -> bool:
    """Whether papers asked for are an event's: the text speaks of a conference oftener than of a journal."""
    events = sum(1 for _ in words("kinds", "event_words").finditer(text))
    return events >= _FEWEST_EVENT_WORDS and events > sum(1 for _ in words("kinds", "journal_words").finditer(text))


def _total(weights: Iterable[float]) -> float:
    """The weightiest cue decides; the others only lean on it."""
    first, *rest = sorted(weights, reverse=True)
    return first + _LEANING * sum(rest)
