"""A mended reader mends what it read, without asking the site."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine
from sqlalchemy.exc import DatabaseError
from sqlmodel import Session, col

from catalog.database import reading, writing
from catalog.drafts import PostingDraft
from catalog.stores.leases import LeaseHeld, acquire
from catalog.tables import CrawlRun, Posting, Source, SourceRun
from catalog.words import RunState, RunVerdict
from crawlers import stage as stage_module
from crawlers.bases.saved import Saved
from crawlers.process import run_crawl
from crawlers.rereading import NOTHING_ARCHIVED, reread
from tests.crawlers import hostile_server
from tests.crawlers.crawling import AS_OF, dump, order
from tests.crawlers.hostile_server import HostileServer, calls
from tests.crawlers.hostile_sources import Listing


@pytest.fixture
def crawled(database_url: str) -> Iterator[HostileServer]:
    """A site with twelve calls that was crawled once."""
    with hostile_server.running() as server:
        server.state.listings["steady"] = calls(12, "steady", per_page=5)
        assert run_crawl(order(database_url, server.port, "steady")).exit_code == 0
        yield server


def titles(engine: Engine) -> set[str]:
    with reading(engine) as session:
        return {posting.draft.title for posting in session.execute(sa.select(Posting)).scalars()}


def test_reading_again_with_the_same_reader_changes_nothing(
    crawled: HostileServer, database_url: str, engine: Engine
) -> None:
    before, asked = dump(engine), len(crawled.state.hits)
    report = reread(order(database_url, None, "steady"))
    assert (report.exit_code, report.reread) == (0, True)
    assert (report.sources[0].pages, report.sources[0].drafts, report.sources[0].refreshed) == (3, 12, 12)
    assert dump(engine) == before
    assert len(crawled.state.hits) == asked


def test_a_mended_reader_mends_what_is_stored(
    crawled: HostileServer, database_url: str, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = Listing.draft

    def mended(self: Listing, saved: Saved, *, title: str, **more: object) -> object:
        return plain(self, saved, title=title.replace("Fellowship", "Research Fellowship"), **more)  # type: ignore[arg-type]

    monkeypatch.setattr(Listing, "draft", mended)
    assert reread(order(database_url, None, "steady")).sources[0].verdict is RunVerdict.HEALTHY
    assert all(title.startswith("Research Fellowship") for title in titles(engine))


def test_a_re_reading_neither_misses_nor_makes_anything_look_fresh(
    crawled: HostileServer, database_url: str, engine: Engine, tmp_path: Path
) -> None:
    with writing(engine) as session:
        session.execute(sa.update(Source).where(col(Source.name) == "steady").values(last_healthy_at=None))
    reread(order(database_url, None, "steady"))
    with reading(engine) as session:
        source = session.get(Source, "steady")
        assert source is not None
        assert source.last_healthy_at is None
        assert set(session.execute(sa.select(col(Posting.missed_healthy_runs))).scalars()) == {0}


def test_what_is_not_archived_cannot_be_read_again(crawled: HostileServer, database_url: str, engine: Engine) -> None:
    report = reread(order(database_url, None, "alpha"))
    assert report.exit_code == 1
    assert report.sources[0].reasons == [NOTHING_ARCHIVED]


def test_a_fault_in_one_source_is_that_sources_failure_alone(
    crawled: HostileServer, database_url: str, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    crawled.state.listings["alpha"] = calls(3, "alpha")
    assert run_crawl(order(database_url, crawled.port, "alpha")).exit_code == 0
    plain = stage_module.stage

    def breaking(session: Session, run_id: str, source: str, drafts: list[PostingDraft], **more: Any) -> None:
        if source == "alpha":
            raise DatabaseError("INSERT", {}, Exception("disk full"))
        plain(session, run_id, source, drafts, **more)

    monkeypatch.setattr(stage_module, "stage", breaking)
    report = reread(order(database_url, None, "alpha", "steady"))
    assert [(one.source, one.verdict) for one in report.sources] == [("alpha", "failed"), ("steady", "healthy")]
    assert report.sources[0].reasons == ["database: Exception while keeping what was found"]
    assert report.exit_code == 3
    with reading(engine) as session:
        query = sa.select(col(SourceRun.state)).where(col(SourceRun.run_id) == report.run_id)
        assert set(session.execute(query).scalars()) == {RunState.FAILED, RunState.FINISHED}


def test_a_re_reading_does_not_count_as_seeing(crawled: HostileServer, database_url: str, engine: Engine) -> None:
    with writing(engine) as session:
        session.execute(sa.update(Posting).values(missed_healthy_runs=2))
    reread(order(database_url, None, "steady", as_of=AS_OF + dt.timedelta(days=5)))
    with reading(engine) as session:
        query = sa.select(col(Posting.missed_healthy_runs), col(Posting.last_seen_at)).distinct()
        assert [tuple(row) for row in session.execute(query)] == [(2, AS_OF)]


def test_it_waits_for_no_crawl(crawled: HostileServer, database_url: str, engine: Engine) -> None:
    with writing(engine) as session:
        acquire(session, "crawl", "a crawl elsewhere")
    with pytest.raises(LeaseHeld):
        reread(order(database_url, None, "steady"))


def test_the_run_says_that_it_was_a_re_reading(crawled: HostileServer, database_url: str, engine: Engine) -> None:
    run_id = reread(order(database_url, None, "steady", as_of=AS_OF)).run_id
    with reading(engine) as session:
        run = session.get(CrawlRun, run_id)
        assert run is not None
        assert run.report["reread"] is True
