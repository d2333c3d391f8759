"""Everything that speaks against a page: words that refuse it, its shape, and kinds that are named in passing."""

from collections.abc import Iterator

from catalog.words import Kind
from crawlers.reading.kinds_case import Case
from crawlers.reading.kinds_evidence import Evidence, first_match
from crawlers.reading.kinds_evidence import quote as quote_of
from crawlers.reading.kinds_naming import in_passing, speaks_of_an_event
from crawlers.reading.kinds_shape import Doubt, is_roundup, shape_of

SURE_REFUSAL = 7.0
"""A page that carries this much against it is refused whatever else it says."""
_PLAINLY_NAMED = 1.5
_PASSING_DOUBT = 3.0
_ONE_CALL = {"special-issue", "call-for-papers", "call"}
"""What makes a journal's words one call; without it or a deadline they are how that journal always takes papers."""
_MILD_FOR_EVENTS = {"advice", "author-guidelines"}
"""An event explains how to take part in it: its guidelines for abstracts are its call."""


def doubts_about(case: Case) -> list[Doubt]:
    """What speaks against a page."""
    names_event = _names_event(case)
    return [
        *_refusing_words(case, names_event=names_event),
        *shape_of(case.document, case.text, asks=case.asks or names_event),
        *_of_many(case),
        *_of_its_kind(case),
    ]


def _names_event(case: Case) -> bool:
    in_title = any(found.place == "title" and found.cue.kind is case.kind for found in case.evidence)
    return case.kind is Kind.WORKSHOP and (in_title or speaks_of_an_event(case.text))


def _refusing_words(case: Case, *, names_event: bool) -> Iterator[Doubt]:
    for found in case.evidence:
        if found.cue.role == "refusal":
            mild = names_event and found.cue.code in _MILD_FOR_EVENTS
            weight = min(found.weight, 1.0) if mild else found.weight
            yield Doubt(found.cue.code, found.cue.says, weight, on_page(found, case), found.cue.soft)


def _of_many(case: Case) -> Iterator[Doubt]:
    """A journal that takes papers at any time, or a title that announces many things, is not one call."""
    codes = {found.cue.code for found in case.evidence}
    if case.kind is Kind.JOURNAL_CALL and not case.has_deadline and not codes & _ONE_CALL:
        yield Doubt("standing-journal", "how a journal takes papers at any time, not one call", 6.0)
    if is_roundup(case.places.written["title"]) or is_roundup(case.places.written["opening"]):
        yield Doubt("roundup", "announces many things, not one", 5.0)


def _of_its_kind(case: Case) -> Iterator[Doubt]:
    """A kind that is hardly named may be a post among the staff, or a word in passing."""
    if case.named_by is None or case.named_by.weight < _PLAINLY_NAMED:
        for found in case.evidence:
            if found.cue.code == "staff-post" and found.place != "opening":
                yield Doubt(found.cue.code, found.cue.says, SURE_REFUSAL, found.words)
    if not case.inferred and not case.has_deadline and in_passing(case.kind, case.evidence, case.places):
        yield Doubt("in-passing", "names its kind in passing, if at all", _PASSING_DOUBT, soft=True)


def on_page(found: Evidence, case: Case) -> str:
    """The words that were found as they stand: on the page rather than in its address, else the address itself."""
    if found.place not in ("path", "host"):
        return found.words
    match = first_match(found.cue, case.text)
    return quote_of(case.places.written["text"], *match.span()) if match else case.document.url or found.words
