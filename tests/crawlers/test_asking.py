"""What people decide while a crawl runs holds when it promotes, and neither waits for ever for the other."""

import datetime as dt
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from catalog.database import connect, reading, writing
from catalog.drafts import PostingDraft
from catalog.identifiers import derived_identifier
from catalog.stores import reviews
from catalog.stores.leases import HeldLease, acquire
from catalog.stores.postings import promote_postings
from catalog.stores.runs import begin_run
from catalog.stores.staging import stage
from catalog.tables import Opportunity, Posting, ReviewItem
from catalog.words import ReviewState, RunState, RunVerdict
from crawlers import promotion
from crawlers.asking import Asked, ask_about
from crawlers.promotion import Promoted, SourceResult, promote
from tests.builders import NOW, make_draft, make_source, save

LATER = NOW + dt.timedelta(hours=1)
NEXT_NIGHT = NOW + dt.timedelta(days=1)
PATIENCE = 30.0
WHILE_HELD = 1.0
ITEM = derived_identifier("rvw", "lakeside_listing", "rural-surgery")
DOUBTED = make_draft(flags=("kind_inferred",))


def first_crawl(engine: Engine, *drafts: PostingDraft) -> None:
    """A source whose postings were promoted and asked about."""
    save(engine, make_source(last_healthy_at=NOW))
    with writing(engine) as session:
        asked = ask_about(session, DOUBTED.source, drafts, refresh=True, now=NOW)
        promote_postings(session, asked.drafts, now=NOW)


def staged(engine: Engine, *drafts: PostingDraft) -> tuple[HeldLease, str]:
    """The next night's crawl, all read and not yet promoted."""
    with writing(engine) as session:
        lease = acquire(session, "crawl", "this crawl")
        run_id = begin_run(session, [DOUBTED.source], as_of=NEXT_NIGHT, now=NEXT_NIGHT)
        stage(session, run_id, DOUBTED.source, drafts, now=NEXT_NIGHT)
    return lease, run_id


def promoted(engine: Engine, lease: HeldLease, run_id: str, *, asked: bool = True) -> Promoted:
    result = SourceResult(DOUBTED.source, RunState.FINISHED, RunVerdict.HEALTHY, [], {}, 0, asked=asked)
    return promote(engine, lease, run_id, result, as_of=NEXT_NIGHT)


def decide(engine: Engine, how: Callable[..., None], **more: str) -> None:
    with writing(engine) as session:
        item = reviews.item_to_decide(session, ITEM)
        assert item is not None
        how(session, item, by=None, now=LATER, **more)


@pytest.mark.parametrize("asked", [True, False], ids=["a crawl", "a re-reading"])
def test_a_refusal_made_while_the_crawl_ran_holds(both_engines: Engine, asked: bool) -> None:
    other = make_draft(key="other", title="Harbour Nursing Fellowship")
    first_crawl(both_engines, DOUBTED, other)
    lease, run_id = staged(both_engines, DOUBTED, other)
    decide(both_engines, reviews.refuse, why="an advertisement")

    promoted(both_engines, lease, run_id, asked=asked)

    with reading(both_engines) as session:
        withdrawn = {one.key: one.withdrawn_at for one in session.exec(select(Posting))}
        assert withdrawn == {DOUBTED.key: LATER, "other": None}
        assert {one.withdrawn_at for one in session.exec(select(Opportunity))} == {LATER, None}
        assert session.exec(select(ReviewItem)).one().state is ReviewState.REFUSED


def test_what_was_refused_and_says_something_else_on_the_stage_is_asked_anew(both_engines: Engine) -> None:
    first_crawl(both_engines, DOUBTED)
    lease, run_id = staged(both_engines, DOUBTED.model_copy(update={"title": "Rural Surgery Internship"}))
    decide(both_engines, reviews.refuse, why="")

    assert promoted(both_engines, lease, run_id).waiting == 1

    with reading(both_engines) as session:
        assert session.exec(select(Posting)).one().withdrawn_at is None
        assert session.exec(select(ReviewItem)).one().state is ReviewState.WAITING


def test_when_it_was_asked_stays_once_somebody_has_decided_until_it_is_asked_anew(engine: Engine) -> None:
    first_crawl(engine, DOUBTED)
    decide(engine, reviews.accept)

    def asked_at_after(draft: PostingDraft, now: dt.datetime) -> dt.datetime:
        with writing(engine) as session:
            ask_about(session, draft.source, [draft], refresh=True, now=now)
            return session.exec(select(ReviewItem)).one().created_at

    assert asked_at_after(DOUBTED, NEXT_NIGHT) == NOW
    assert asked_at_after(DOUBTED.model_copy(update={"title": "Another Fellowship"}), NEXT_NIGHT) == NEXT_NIGHT


def killed_once_the_reviews_are_written(url: str, lease: HeldLease, run_id: str) -> None:
    """A promotion that ends, as by SIGKILL, between what people are asked and what mentors see."""
    kill = lambda *_given, **_more: os.kill(os.getpid(), signal.SIGKILL)  # noqa: E731
    setattr(promotion, "promote_postings", kill)  # noqa: B010
    promoted(connect(url), lease, run_id)


def test_a_promotion_that_is_killed_leaves_neither_reviews_nor_postings_and_can_be_run_again(
    database_url: str, engine: Engine
) -> None:
    save(engine, make_source(last_healthy_at=NOW))
    lease, run_id = staged(engine, DOUBTED)
    crawl = multiprocessing.get_context("spawn").Process(
        target=killed_once_the_reviews_are_written, args=(database_url, lease, run_id)
    )
    crawl.start()
    crawl.join(PATIENCE)

    assert crawl.exitcode == -signal.SIGKILL
    with reading(engine) as session:
        assert (session.exec(select(ReviewItem)).all(), session.exec(select(Posting)).all()) == ([], [])
    assert promoted(engine, lease, run_id) == Promoted(new=1, waiting=1)
    with reading(engine) as session:
        assert session.exec(select(ReviewItem)).one().key == session.exec(select(Posting)).one().key


@pytest.mark.postgres
def test_a_decision_and_a_promotion_never_wait_for_each_other(
    postgres_engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    first_crawl(postgres_engine, DOUBTED)
    reworded = DOUBTED.model_copy(update={"summary": "Reworded overnight."})
    lease, run_id = staged(postgres_engine, reworded)
    written, go_on = threading.Event(), threading.Event()
    failures: list[BaseException] = []

    def slowly(*given: object, **more: object) -> Asked:
        asked = ask_about(*given, **more)  # type: ignore[arg-type]
        written.set()
        go_on.wait(PATIENCE)
        return asked

    def noting(work: Callable[[], object]) -> None:
        try:
            work()
        except BaseException as error:
            failures.append(error)

    monkeypatch.setattr(promotion, "ask_about", slowly)
    crawl = threading.Thread(target=noting, args=(lambda: promoted(postgres_engine, lease, run_id),))
    person = threading.Thread(target=noting, args=(lambda: decide(postgres_engine, reviews.accept),))
    crawl.start()
    assert written.wait(PATIENCE)
    person.start()
    person.join(WHILE_HELD)  # it waits for the turn that the crawl holds; in another order both would wait
    go_on.set()
    for one in (crawl, person):
        one.join(PATIENCE)

    assert failures == []
    with reading(postgres_engine) as session:
        assert session.exec(select(ReviewItem)).one().state is ReviewState.ACCEPTED
        assert session.exec(select(Posting)).one().draft.summary == "Reworded overnight.", "not what was read before"
