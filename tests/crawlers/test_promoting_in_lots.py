"""A large source is promoted a lot at a time: as if at once, never shown as whole before it is, others getting their turn."""

import datetime as dt
import threading
from collections.abc import Callable, Mapping
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine
from sqlmodel import select

from catalog.database import connect, reading, writing
from catalog.drafts import PostingDraft
from catalog.identifiers import derived_identifier
from catalog.stores import reviews
from catalog.stores.leases import HeldLease, acquire, release
from catalog.stores.postings import Promotion, promote_postings
from catalog.stores.runs import abandon_running, begin_run
from catalog.stores.staging import stage
from catalog.tables import Change, JoinKey, Opportunity, Posting, Programme, ReviewItem, Series, Source, SourceRun
from catalog.words import RunState, RunVerdict
from crawlers import promotion
from crawlers.promotion import Promoted, SourceResult, promote
from tests.builders import NOW, make_draft, make_programme, make_source, save

SOURCE = "lakeside_listing"
PLACES = ("Harbour", "Hill", "Island", "River", "Border", "Desert", "Forest")
DRAFTS = [
    make_draft(key=f"k{number}", title=f"{place} Surgery Fellowship", flags=("kind_inferred",) if number % 2 else ())
    for number, place in enumerate(PLACES)
]
RETOLD = make_draft(
    source="call_digest", key="p-1", url="https://lakeside.example.org/calls", title="Training in operating theatres"
)
WRITTEN: tuple[Any, ...] = (Posting, Opportunity, Series, Change, JoinKey, ReviewItem)
NEXT_NIGHT = NOW + dt.timedelta(days=1)


class CutOff(Exception):
    """What a test ends a promotion with."""


@pytest.fixture(autouse=True)
def small_lots(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(promotion, "LOT", 2)


def known(engine: Engine) -> HeldLease:
    """The sources, what another of them tells of an address that several postings of this one share, and a lease."""
    save(engine, make_source(), make_source(name="call_digest", title="Call Digest"))
    with writing(engine) as session:
        promote_postings(session, [RETOLD], now=NOW)
        return acquire(session, "crawl", "this crawl")


def crawled(engine: Engine, lease: HeldLease, drafts: list[PostingDraft], now: dt.datetime = NOW) -> Promoted:
    """One night of the source."""
    with writing(engine) as session:
        abandon_running(session, now=now)
        run_id = begin_run(session, [SOURCE], as_of=now, now=now)
        stage(session, run_id, SOURCE, drafts, now=now)
    result = SourceResult(SOURCE, RunState.FINISHED, RunVerdict.HEALTHY, [], {}, 0)
    return promote(engine, lease, run_id, result, as_of=now)


def tables(engine: Engine) -> dict[str, list[dict[str, Any]]]:
    """Everything that promotion writes, less the numbers of revisions: each lot has its own."""
    with reading(engine) as session:
        return {
            table.__name__: sorted(
                (
                    {**row, "rev": 0, "id": _name({**row})}
                    for row in session.execute(sa.select(table.__table__)).mappings()
                ),
                key=repr,
            )
            for table in WRITTEN
        }


def _name(row: Mapping[str, Any]) -> str | None:
    """What a row is known by; a change's identifier is made of its revision."""
    return None if "old_quote" in row else row.get("id")


def before_lot(number: int, act: Callable[[], None], monkeypatch: pytest.MonkeyPatch) -> None:
    """Do this when the lot of that number is about to be kept."""
    lots: list[int] = []

    def counting(*given: Any, **more: Any) -> Promotion:
        lots.append(len(lots))
        if len(lots) == number:
            act()
        return promote_postings(*given, **more)

    monkeypatch.setattr(promotion, "promote_postings", counting)


def cut_off() -> None:
    raise CutOff


def two_nights(engine: Engine) -> list[Promoted]:
    """Seven postings that share an address with each other, then one fewer, one renamed."""
    lease = known(engine)
    shared = [draft.model_copy(update={"url": RETOLD.url}) for draft in DRAFTS]
    reworded = shared[2].model_copy(update={"title": "Island Surgery Internship", "summary": "Reworded."})
    return [
        crawled(engine, lease, shared),
        crawled(engine, lease, [*shared[:2], reworded, *shared[4:]], NEXT_NIGHT),
    ]


def test_lots_come_to_what_all_at_once_comes_to(
    both_engines: Engine, database_of_its_own: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(promotion, "LOT", 1)
    in_lots = two_nights(both_engines)
    monkeypatch.setattr(promotion, "LOT", 1000)

    assert in_lots == two_nights(database_of_its_own) == [Promoted(7, waiting=3), Promoted(0, 6, missed=1, waiting=2)]
    assert tables(both_engines) == tables(database_of_its_own)


@pytest.fixture
def database_of_its_own(both_engines: Engine, request: pytest.FixtureRequest) -> Any:
    """Another empty one, of the same engine."""
    if both_engines.dialect.name == "sqlite":
        upgraded, folder = request.getfixturevalue("upgraded_file"), request.getfixturevalue("tmp_path")
        (folder / "another.db").write_bytes(upgraded.read_bytes())
        engine = connect(f"sqlite:///{folder}/another.db")
        yield engine
        engine.dispose()
        return
    with request.getfixturevalue("databases").upgraded() as url:
        engine = connect(url)
        yield engine
        engine.dispose()


def test_what_is_cut_off_between_two_lots_is_no_whole_source_and_the_next_crawl_makes_it_one(
    both_engines: Engine, database_of_its_own: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    lease = known(both_engines)
    before_lot(3, cut_off, monkeypatch)
    with pytest.raises(CutOff):
        crawled(both_engines, lease, DRAFTS)

    with reading(both_engines) as session:
        kept = session.exec(select(Posting).where(Posting.source == SOURCE)).all()
        assert sorted(one.key for one in kept) == ["k0", "k1", "k2", "k3"]
        assert {one.opportunity_id for one in kept} <= set(session.exec(select(Opportunity.id)))
        assert session.get_one(Source, SOURCE).last_healthy_at is None, "half a source is not fresh"
        run = session.exec(select(SourceRun)).one()
        assert (run.state, run.verdict, run.new) == (RunState.RUNNING, None, 4), "a kill leaves them counted"

    monkeypatch.setattr(promotion, "promote_postings", promote_postings)
    assert crawled(both_engines, lease, DRAFTS) == Promoted(new=3, refreshed=4, waiting=3)
    crawled(database_of_its_own, known(database_of_its_own), DRAFTS)
    assert tables(both_engines) == tables(database_of_its_own), "as if it had never been cut off"


def test_what_was_kept_before_a_run_broke_is_in_its_report(
    both_engines: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    lease = known(both_engines)
    before_lot(3, cut_off, monkeypatch)
    with pytest.raises(CutOff):
        crawled(both_engines, lease, DRAFTS)
    with reading(both_engines) as session:
        run_id = session.exec(select(SourceRun.run_id)).one()

    broken = SourceResult(SOURCE, RunState.FAILED, RunVerdict.FAILED, ["exception: CutOff while promoting"], {}, 0)
    assert promote(both_engines, lease, run_id, broken, as_of=NOW) == Promoted(new=4, waiting=2)

    with reading(both_engines) as session:
        run = session.exec(select(SourceRun)).one()
    assert (run.state, run.new, run.stats["to_review"]) == (RunState.FAILED, 4, 2)


def test_what_a_person_refuses_between_two_lots_stays_refused(
    sqlite_engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    lease = known(sqlite_engine)
    crawled(sqlite_engine, lease, DRAFTS)
    monkeypatch.setattr(promotion, "PAUSE", 0.0)
    monkeypatch.setattr("crawlers.promotion.time.sleep", lambda _: refuse_once(sqlite_engine))

    crawled(sqlite_engine, lease, DRAFTS, NEXT_NIGHT)

    with reading(sqlite_engine) as session:
        withdrawn = {one.key for one in session.exec(select(Posting)) if one.withdrawn_at is not None}
    assert withdrawn == {"k1"}


def refuse_once(engine: Engine) -> None:
    with writing(engine) as session:
        item = reviews.item_to_decide(session, derived_identifier("rvw", SOURCE, "k1"))
        assert item is not None
        reviews.refuse(session, item, why="an advertisement", by=None, now=NEXT_NIGHT)


def test_another_process_gets_the_writer_between_two_lots(
    sqlite_engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    lease = known(sqlite_engine)
    other = connect(str(sqlite_engine.url), patience=30.0)
    person = threading.Thread(target=save, args=(other, make_programme()))
    monkeypatch.setattr(promotion, "LOT", 1)
    monkeypatch.setattr("crawlers.promotion.time.sleep", lambda _: person.join(30.0) if person.ident else None)
    before_lot(1, person.start, monkeypatch)

    crawled(sqlite_engine, lease, DRAFTS)
    with writing(sqlite_engine) as session:
        written = session.get(Programme, make_programme().id)
        release(session, lease)

    person.join(30.0)
    other.dispose()
    assert written is not None, "it had to wait for the whole of the source"
