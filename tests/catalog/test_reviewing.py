"""What a decision means from night to night, whatever is read: refusals hold, mends hold, changes are asked about."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.drafts import Moment, PostingDraft
from catalog.mending import FIELDS, MENDED_FLAG, MendRefused, as_written, made_mends, mended, own_value
from catalog.reviewing import IN_REVIEW_FLAG, Doubt, DoubtCode, Review, as_shown, gist, is_refused, review
from catalog.words import Kind, Outcome, Precision, ReviewState, Timing
from tests.builders import NOW, make_deadline, make_draft

DATES = Doubt(code=DoubtCode.DATES_DISAGREE, says="Two dates.")
KIND = Doubt(code=DoubtCode.KIND_INFERRED, says="No kind.")
MOVED = Doubt(code=DoubtCode.MOVED_EARLIER, says="Earlier.")

days = st.dates(dt.date(2027, 1, 1), dt.date(2029, 12, 31))
drafts = st.builds(
    lambda title, kind, day, outcome, rolling: make_draft(
        title=title,
        kind=kind,
        deadlines=(make_deadline(day),) if day else (),
        timing=Timing.FIXED if day else Timing.ROLLING if rolling else Timing.UNKNOWN,
        outcome=outcome,
        quotes={"outcome": "closed"} if outcome is Outcome.CLOSED else {},
    ),
    st.text("abcdefghij ", min_size=3, max_size=20).filter(
        lambda text: len(text.split()) > 0 and len(text.strip()) > 2
    ),
    st.sampled_from(Kind),
    st.none() | days,
    st.sampled_from((Outcome.OPEN, Outcome.CLOSED)),
    st.booleans(),
)
doubts = st.lists(st.sampled_from((DATES, KIND, MOVED)), unique=True)


def decided(draft: PostingDraft, state: ReviewState, **values: str) -> Review:
    mends = made_mends(draft, values, now=NOW, why="by telephone") if values else {}
    return Review(state, (), mends, gist(draft))


@given(drafts, doubts)
def test_what_is_plain_is_not_asked_about_and_what_is_not_is_marked(draft: PostingDraft, found: list[Doubt]) -> None:
    stands = review(draft, found, None)

    assert (stands is None) == (not found)
    assert (IN_REVIEW_FLAG in as_shown(draft, stands).flags) == bool(found)


@given(drafts, doubts, st.sampled_from((ReviewState.ACCEPTED, ReviewState.REFUSED)))
def test_a_decision_holds_while_the_source_says_the_same(
    draft: PostingDraft, found: list[Doubt], state: ReviewState
) -> None:
    before = decided(draft, state)
    reworded = draft.model_copy(update={"description": draft.description + " Seen 31 times.", "fetched_at": None})

    assert review(reworded, found, before) == before
    assert is_refused(reworded, before.gist)


@given(drafts, drafts, doubts)
def test_a_refused_posting_that_says_something_else_is_asked_about_again(
    draft: PostingDraft, other: PostingDraft, found: list[Doubt]
) -> None:
    before = decided(draft, ReviewState.REFUSED)
    stands = review(other, found, before)

    assert stands is not None
    if gist(draft) == gist(other):
        assert stands == before
    else:
        assert not is_refused(other, before.gist)
        assert stands.state is ReviewState.WAITING
        assert DoubtCode.REFUSED_BEFORE in {one.code for one in stands.doubts}


@given(drafts, drafts, days)
def test_a_mend_is_shown_until_the_sources_own_value_changes(
    draft: PostingDraft, other: PostingDraft, day: dt.date
) -> None:
    before = decided(draft, ReviewState.MENDED, deadline=day.isoformat())
    stands = review(other, [], before)

    assert stands is not None
    if own_value(other, "deadline") == own_value(draft, "deadline"):
        assert as_written(as_shown(other, stands), "deadline") == day.isoformat()
        assert MENDED_FLAG in as_shown(other, stands).flags
    elif as_written(other, "deadline") == day.isoformat() and other.kind is draft.kind:
        assert stands.state is ReviewState.ACCEPTED, "the source itself says it now"
    else:
        assert not stands.mends
        assert own_value(as_shown(other, stands), "deadline") == own_value(other, "deadline")


def test_a_mended_deadline_settles_the_doubts_about_it_and_no_others() -> None:
    draft = make_draft()
    before = decided(draft, ReviewState.MENDED, deadline="2027-06-30")
    renamed = draft.model_copy(update={"title": "Rural Surgery Fellowship 2027"})

    assert review(renamed, [DATES], before) == Review(ReviewState.MENDED, (), before.mends, gist(renamed))
    asked = review(renamed, [DATES, KIND], before)
    assert asked is not None
    assert (asked.state, asked.doubts, asked.mends) == (ReviewState.WAITING, (KIND,), before.mends)


def test_what_happened_on_one_night_is_asked_until_somebody_answers_or_it_is_over() -> None:
    draft = make_draft()
    before = review(draft, [MOVED, DATES], None)

    again = review(draft, [], before)

    assert again is not None
    assert again.doubts == (MOVED,)
    assert review(draft, [], before, over=True) is None


@given(drafts, st.dictionaries(st.sampled_from([*FIELDS, "url", "key"]), st.text(max_size=30), max_size=3))
def test_any_value_is_taken_or_refused_with_the_field_it_was_for(draft: PostingDraft, values: dict[str, str]) -> None:
    refused_for = ""
    try:
        shown = mended(draft, made_mends(draft, values, now=NOW, why="by telephone"))
    except MendRefused as refused:
        shown, refused_for = draft, refused.field
    assert refused_for in {"", *values, "mends"}
    assert PostingDraft.model_validate(shown.model_dump()) == shown
    assert shown.key == draft.key


@pytest.mark.parametrize(
    "value", ["2027-02-30", "1027-01-01", "2027-1-1", "tomorrow", "20270101T00", "20270531", "2027-W22-1", ""]
)
def test_a_day_that_there_is_not_is_refused(value: str) -> None:
    with pytest.raises(MendRefused, match="deadline"):
        made_mends(make_draft(), {"deadline": value}, now=NOW, why="by telephone")


def test_what_would_end_before_it_starts_is_refused_whichever_is_put_right() -> None:
    said = make_draft(starts=make_moment(dt.date(2027, 9, 1)), ends=make_moment(dt.date(2028, 8, 31)))
    with pytest.raises(MendRefused, match="ends: it would end before it starts"):
        made_mends(said, {"ends": "2027-08-31"}, now=NOW)
    with pytest.raises(MendRefused, match="starts: it would end before it starts"):
        made_mends(said, {"starts": "2029-01-01"}, now=NOW)
    earlier = made_mends(said, {"ends": "2027-12-31"}, now=NOW)
    with pytest.raises(MendRefused, match="starts"):
        made_mends(said, {"starts": "2028-01-01"}, now=NOW, besides=earlier)
    both = made_mends(said, {"starts": "2027-08-31", "ends": "2027-08-31"}, now=NOW)
    assert sorted(both) == ["ends", "starts"]


def make_moment(day: dt.date) -> Moment:
    return Moment(precision=Precision.DAY, on=day, quote=f"{day:%d %B %Y}")
