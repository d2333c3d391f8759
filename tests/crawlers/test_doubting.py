"""Which postings are put to a person, and with which words."""

import datetime as dt

import pytest

from catalog.drafts import Deadline, PostingDraft
from catalog.reviewing import DoubtCode
from catalog.words import DeadlinePurpose, Kind, Outcome, Precision, Timing
from crawlers.bases.prose import document_of, judged
from crawlers.doubting import doubts_about
from tests.builders import NOW, make_deadline, make_draft

JUNE = dt.date(2027, 6, 30)
PAST = dt.date(2027, 2, 1)


def codes(draft: PostingDraft, before: PostingDraft | None = None, **options: bool) -> list[DoubtCode]:
    return [doubt.code for doubt in doubts_about(draft, before, now=NOW, **options)]


def due(*days: dt.date, **changes: object) -> PostingDraft:
    return make_draft(deadlines=tuple(make_deadline(day) for day in days), **changes)


def read(text: str, title: str = "Harbour Fellowship in Family Medicine") -> PostingDraft:
    """A page as the reader reads it."""
    found = judged(document_of(text, title=title), as_of=NOW, kind=Kind.FELLOWSHIP)
    return PostingDraft(
        source="lakeside_listing", key="k", url="https://lakeside.example.org/k", title=title, description=text,
        kind=Kind.FELLOWSHIP, **{**found.fields},
    )  # fmt: skip


OFFER = "The fellowship is for family physicians. It pays a stipend of 20,000 euros and travel. "


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Apply by 30 June 2027.", []),
        ("Applications are accepted on a rolling basis.", []),
        ("Apply by 05/06/2027.", [DoubtCode.DATE_AMBIGUOUS]),
        ("Apply by Monday, 30 June 2027.", [DoubtCode.WEEKDAY_WRONG]),
        ("Apply by 31 June 2027.", [DoubtCode.DATE_IMPOSSIBLE]),
        ("The deadline will be announced to heads of department.", [DoubtCode.DEADLINE_NOT_FOUND]),
        ("Apply by 1 February 2027.", []),
        ("Write to the secretary of the fund.", []),
    ],
)
def test_what_a_page_leaves_open_is_asked(said: str, expected: list[DoubtCode]) -> None:
    assert codes(read(OFFER + said)) == expected


def test_the_words_that_speak_of_a_deadline_are_shown() -> None:
    [doubt] = doubts_about(read(OFFER + "The deadline is on our portal."), None, now=NOW)
    assert doubt.quotes == ("The deadline is on our portal.",)


def test_a_kind_that_no_words_name_is_asked_with_what_made_it_so() -> None:
    [doubt] = doubts_about(make_draft(flags=("kind_inferred",), quotes={"kind": "Open to nurses"}), None, now=NOW)
    assert (doubt.code, doubt.quotes) == (DoubtCode.KIND_INFERRED, ("Open to nurses",))


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        (due(JUNE), due(dt.date(2027, 5, 1)), [DoubtCode.MOVED_EARLIER]),
        (due(JUNE), due(PAST), [DoubtCode.MOVED_EARLIER]),
        (due(JUNE), due(JUNE), []),
        (due(JUNE), due(dt.date(2027, 8, 1)), []),
        (due(JUNE), due(dt.date(2027, 5, 1), JUNE), []),
        (due(PAST), due(dt.date(2027, 5, 1)), []),
        (due(JUNE), due(), []),
        (due(), due(dt.date(2027, 5, 1)), []),
    ],
    ids=["nearer", "already past", "the same", "extended", "a round added", "a new round", "none now", "none before"],
)
def test_a_deadline_that_comes_nearer_is_asked(
    before: PostingDraft, now: PostingDraft, expected: list[DoubtCode]
) -> None:
    assert codes(now, before) == expected


@pytest.mark.parametrize(
    "draft",
    [
        due(PAST, flags=("deadlines_disagree", "kind_inferred")),
        due(JUNE, outcome=Outcome.CLOSED, quotes={"outcome": "Closed"}, flags=("weekday_mismatch",)),
    ],
    ids=["past", "closed"],
)
def test_nobody_is_asked_about_what_is_over(draft: PostingDraft) -> None:
    assert codes(draft, first_look=True) == []


def test_a_replaced_deadline_is_no_deadline_that_was_found() -> None:
    gone = Deadline(precision=Precision.DAY, on=PAST, superseded=True, purpose=DeadlinePurpose.APPLICATION)
    draft = make_draft(deadlines=(gone,), timing=Timing.UNKNOWN, description="A new deadline follows.")
    assert codes(draft) == [DoubtCode.DEADLINE_NOT_FOUND]


def test_a_first_look_repeats_no_quotes() -> None:
    alone, beside = due(JUNE), due(JUNE, dt.date(2027, 7, 7), flags=("deadlines_disagree",))
    assert doubts_about(alone, None, now=NOW, first_look=True)[-1].quotes
    assert doubts_about(beside, None, now=NOW, first_look=True)[-1].quotes == ()
