"""Decisions and watched pages in both databases."""

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from catalog.database import reading, writing
from catalog.reviewing import Doubt, DoubtCode, Review, gist
from catalog.stores import reviews
from catalog.stores.absence import mark_missed
from catalog.stores.incoming import posting_id
from catalog.stores.postings import promote_postings
from catalog.stores.reviews import Kept, keep_reviews, reviews_of
from catalog.stores.watching import active_pages, find_page, record_outcomes, stop_watching, watch_page
from catalog.tables import Opportunity, Passage, PassageVector, Posting, ReviewItem
from catalog.watching import PageOutcome
from catalog.words import Kind, ReviewState, RunVerdict, Way
from tests.builders import NOW, make_draft, make_source, save

DRAFT = make_draft()
ASKED = Review(doubts=(Doubt(code=DoubtCode.WEEKDAY_WRONG, says="Monday?"),), gist=gist(DRAFT))
LATER = NOW + dt.timedelta(hours=1)


@pytest.fixture
def asked(both_engines: Engine) -> Engine:
    """One posting about which somebody is asked."""
    save(both_engines, make_source())
    with writing(both_engines) as session:
        promote_postings(session, [DRAFT], now=NOW)
        keep_reviews(session, DRAFT.source, {DRAFT.key: Kept(ASKED, DRAFT, NOW)})
    return both_engines


def item_in(engine: Engine) -> ReviewItem:
    with reading(engine) as session:
        return session.exec(select(ReviewItem)).one()


def test_a_refusal_withdraws_and_undo_revives(asked: Engine) -> None:
    with writing(asked) as session:
        reviews.refuse(session, session.exec(select(ReviewItem)).one(), why="spam", by=None, now=LATER)
    with reading(asked) as session:
        assert session.exec(select(Opportunity)).one().withdrawn_at == LATER
    with writing(asked) as session:
        reviews.undo(session, session.exec(select(ReviewItem)).one(), now=LATER)
    with reading(asked) as session:
        assert session.exec(select(Opportunity)).one().withdrawn_at is None
    assert item_in(asked).state is ReviewState.WAITING


def test_undoing_a_refusal_does_not_revive_what_was_gone_before(asked: Engine) -> None:
    with writing(asked) as session:
        mark_missed(session, DRAFT.source, (), now=NOW, gone=[DRAFT.key])
        reviews.refuse(session, session.exec(select(ReviewItem)).one(), why="", by=None, now=LATER)
        reviews.undo(session, session.exec(select(ReviewItem)).one(), now=LATER)
    with reading(asked) as session:
        assert session.exec(select(Opportunity)).one().withdrawn_at == NOW


def decide(engine: Engine, how: Any, now: dt.datetime = LATER, **more: Any) -> None:
    with writing(engine) as session:
        how(session, session.exec(select(ReviewItem)).one(), now=now, **more)


def home(engine: Engine) -> tuple[str, Kind, dt.datetime | None]:
    """The opportunity of the posting about which somebody is asked."""
    with reading(engine) as session:
        posting = session.get_one(Posting, posting_id(DRAFT.source, DRAFT.key))
        found = session.get_one(Opportunity, posting.opportunity_id)
        return found.id, found.kind, found.withdrawn_at


def test_refused_twice_and_undone_it_is_shown_again(asked: Engine) -> None:
    decide(asked, reviews.refuse, why="spam", by=None)
    decide(asked, reviews.refuse, why="spam indeed", by=None, now=LATER + dt.timedelta(minutes=5))
    decide(asked, reviews.undo, now=LATER + dt.timedelta(minutes=6))

    assert home(asked)[2] is None
    with reading(asked) as session:
        assert reviews.count_waiting(session) == 1


def test_whoever_holds_a_call_keeps_it_when_its_kind_is_put_right_and_when_that_is_undone(asked: Engine) -> None:
    held = home(asked)[0]
    passage = Passage(id=f"{held}:0", opportunity_id=held, position=0, text="Fellows operate.", text_hash="0" * 64)
    vector = PassageVector(
        passage_id=passage.id, model="m", kind=Kind.FELLOWSHIP, dimension=1, text_hash="0" * 64,
        vector=[1.0],  # type: ignore[arg-type]
    )  # fmt: skip
    save(asked, passage, vector)

    decide(asked, reviews.mend, values={"kind": "internship"}, why="", by=None)
    assert home(asked) == (held, Kind.INTERNSHIP, None)
    with reading(asked) as session:
        assert session.exec(select(PassageVector.kind)).one() is Kind.INTERNSHIP, "it is found among them at once"

    decide(asked, reviews.undo)
    assert home(asked) == (held, Kind.FELLOWSHIP, None)
    with reading(asked) as session:
        assert len(session.exec(select(Opportunity)).all()) == 1


def test_one_of_several_postings_moves_away_with_its_kind_and_comes_back(asked: Engine) -> None:
    save(asked, make_source(name="call_digest", way=Way.WORDPRESS))
    with writing(asked) as session:
        promote_postings(session, [DRAFT.model_copy(update={"source": "call_digest"})], now=NOW)
    held = home(asked)[0]

    decide(asked, reviews.mend, values={"kind": "internship"}, why="", by=None)
    moved, kind, _ = home(asked)
    assert (moved != held, kind) == (True, Kind.INTERNSHIP)

    decide(asked, reviews.undo)
    assert home(asked) == (held, Kind.FELLOWSHIP, None)


def test_what_a_person_put_right_comes_before_what_a_better_source_says(asked: Engine) -> None:
    save(asked, make_source(name="own_api", way=Way.JSON_API))
    with writing(asked) as session:
        promote_postings(session, [DRAFT.model_copy(update={"source": "own_api"})], now=NOW)

    decide(asked, reviews.mend, values={"deadline": "2027-06-07", "title": "Rural Surgery Award"}, why="", by=None)

    with reading(asked) as session:
        shown = session.exec(select(Opportunity)).one()
        assert (shown.title, [one.on for one in shown.deadlines]) == ("Rural Surgery Award", [dt.date(2027, 6, 7)])
        assert shown.url == DRAFT.url, "the rest is as before"


def test_of_what_is_withdrawn_nobody_is_asked(asked: Engine) -> None:
    with reading(asked) as session:
        assert (len(reviews.queue(session)), reviews.count_waiting(session)) == (1, 1)
    with writing(asked) as session:
        mark_missed(session, DRAFT.source, (), now=LATER, gone=[DRAFT.key])
    with reading(asked) as session:
        assert (len(reviews.queue(session)), reviews.count_waiting(session)) == (0, 0)


def test_a_review_that_is_over_is_taken_away_and_others_are_kept_as_they_were(asked: Engine) -> None:
    with reading(asked) as session:
        assert reviews_of(session, DRAFT.source, [DRAFT.key]) == {DRAFT.key: Kept(ASKED, DRAFT, NOW)}
    with writing(asked) as session:
        keep_reviews(session, DRAFT.source, {DRAFT.key: Kept(None, DRAFT, NOW)})
        assert reviews_of(session, DRAFT.source, [DRAFT.key]) == {}


def test_only_what_is_expected_can_be_missed(asked: Engine) -> None:
    with writing(asked) as session:
        assert mark_missed(session, DRAFT.source, (), now=LATER, expected=()).missed == 0
        assert mark_missed(session, DRAFT.source, (), now=LATER, expected=[DRAFT.key]).missed == 1


def test_a_watched_page_remembers_how_it_was_read(asked: Engine) -> None:
    with writing(asked) as session:
        page, _ = watch_page(
            session, "https://lakeside.example.org/p", kind=None, organisation="", added_by=None, now=NOW
        )
        well = PageOutcome(page.id, RunVerdict.HEALTHY, keys=frozenset({DRAFT.key}))
        record_outcomes(session, DRAFT.source, [well], now=NOW)
        for night in (1, 2):
            gone = PageOutcome(page.id, RunVerdict.FAILED, "gone: 404")
            record_outcomes(session, DRAFT.source, [gone], now=NOW + dt.timedelta(days=night))
        assert (page.bad_nights, page.reason, page.read_at) == (2, "gone: 404", NOW)
        assert page.keys == [DRAFT.key]
        stop_watching(session, page)
        assert active_pages(session) == ()
        assert find_page(session, page.url) is None
        again, added = watch_page(session, page.url, kind=None, organisation="", added_by=None, now=LATER)
        assert (added, again.id, again.keys) == (True, page.id, [DRAFT.key])
