"""Whole crawls in a process of their own: what they keep, and that no way of ending one does harm."""

import datetime as dt
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine
from sqlmodel import col

from catalog.database import connect, reading, writing
from catalog.stores.leases import LEASE_TIME, acquire
from catalog.tables import (
    CrawlRun,
    FetchedPage,
    Lease,
    Posting,
    RefusedPosting,
    RequestedRun,
    ReviewItem,
    Source,
    SourceRun,
    StagedPosting,
)
from catalog.words import ReviewState, RunState, RunVerdict
from crawlers.beginning import room_needed
from crawlers.order import CrawlOrder
from crawlers.process import CrawlRefused, run_crawl
from tests.crawlers import hostile_server
from tests.crawlers.crawling import AS_OF, dump, order
from tests.crawlers.hostile_server import Calls, HostileServer, calls

HEALTHY, SUSPECT, FAILED = RunVerdict.HEALTHY, RunVerdict.SUSPECT, RunVerdict.FAILED
ROOT = Path(__file__).parents[2]


@pytest.fixture
def server() -> Iterator[HostileServer]:
    with hostile_server.running() as made:
        yield made


def keys(engine: Engine, source: str) -> set[str]:
    with reading(engine) as session:
        return set(session.execute(sa.select(col(Posting.key)).where(col(Posting.source) == source)).scalars())


def missed(engine: Engine, source: str) -> dict[str, int]:
    with reading(engine) as session:
        query = sa.select(col(Posting.key), col(Posting.missed_healthy_runs)).where(col(Posting.source) == source)
        return {row.key: row.missed_healthy_runs for row in session.execute(query)}


def count(engine: Engine, table: type) -> int:
    with reading(engine) as session:
        return int(session.execute(sa.select(sa.func.count()).select_from(table)).scalar_one())


Child = subprocess.Popen[str]
Start = Callable[[CrawlOrder], Child]


@pytest.fixture
def started() -> Iterator[Start]:
    """Start a crawl that has begun when this returns: it holds the lease."""
    children: list[Child] = []

    def start(given: CrawlOrder) -> Child:
        child = subprocess.Popen(
            [sys.executable, "-m", "crawlers.child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            cwd=ROOT,
        )
        children.append(child)
        child.stdin.write(given.model_dump_json() + "\n")
        child.stdin.flush()
        assert json.loads(child.stdout.readline())["event"] == "begun"
        return child

    yield start
    for child in children:
        child.kill()
        child.wait()
        for stream in (child.stdin, child.stdout):
            stream.close()


def until_read(child: Child, source: str) -> None:
    """Wait until the crawl says that it is done with the source, well or not."""
    for line in child.stdout:
        event = json.loads(line)
        if event["event"] == "progress" and event["sources"][source]["done"]:
            return
    raise AssertionError("the crawl ended without a word of it")


def rest_of(child: Child) -> dict[str, Any]:
    """The last event of a crawl, once it has ended."""
    last = [json.loads(line) for line in child.stdout][-1:]
    child.wait()
    return last[0] if last else {}


def test_what_a_healthy_crawl_finds_is_kept_with_its_run_and_its_pages(
    server: HostileServer, database_url: str, engine: Engine
) -> None:
    server.state.listings["steady"] = calls(23, "steady", per_page=5)
    server.state.listings["steady"].titles["r-1"] = "Refuse this roundup"
    report = run_crawl(order(database_url, server.port, "steady"))
    assert report.exit_code == 0
    assert report.sample_web_port == server.port
    assert (report.sources[0].pages, report.sources[0].drafts, report.sources[0].new) == (5, 23, 23)
    assert report.sources[0].refused == {"roundup": 1}
    assert len(keys(engine, "steady")) == 23
    with reading(engine) as session:
        run = session.execute(sa.select(CrawlRun)).scalar_one()
        assert run.state is RunState.FINISHED
        assert run.sample_mode
        assert run.report["sources"][0]["drafts"] == 23
        row = session.execute(sa.select(SourceRun)).scalar_one()
        assert (row.verdict, row.new, row.refused) == (HEALTHY, 23, 1)
        source = session.get(Source, "steady")
        assert source is not None
        assert source.last_healthy_at == AS_OF
        pages = session.execute(sa.select(FetchedPage)).scalars().all()
        assert sorted(key for page in pages for key in page.keys) == sorted(keys(engine, "steady"))
        assert session.execute(sa.select(RefusedPosting)).scalar_one().reason == "roundup"
    assert count(engine, StagedPosting) == 0


def test_crawling_again_changes_nothing_and_asks_only_for_what_changed(
    server: HostileServer, database_url: str, engine: Engine
) -> None:
    server.state.listings["steady"] = calls(10, "steady", per_page=5)
    server.state.listings["steady"].etag = "as-before"
    run_crawl(order(database_url, server.port, "steady"))
    before = dump(engine)
    report = run_crawl(order(database_url, server.port, "steady"))
    assert report.sources[0].not_modified == 2
    assert (report.sources[0].verdict, report.sources[0].new, report.sources[0].refreshed) == (HEALTHY, 0, 10)
    assert dump(engine) == before


def test_a_page_whose_archived_body_is_gone_is_asked_for_in_full(
    server: HostileServer, database_url: str, tmp_path: Path
) -> None:
    server.state.listings["steady"] = calls(10, "steady", per_page=5)
    server.state.listings["steady"].etag = "as-before"
    run_crawl(order(database_url, server.port, "steady"))
    for file in (tmp_path / "archive").iterdir():
        file.write_bytes(b"not an archive any more")
    report = run_crawl(order(database_url, server.port, "steady"))
    assert (report.sources[0].not_modified, report.sources[0].drafts) == (0, 10)


def test_archives_are_deleted_when_they_are_old(server: HostileServer, database_url: str, tmp_path: Path) -> None:
    run_crawl(order(database_url, server.port, "steady"))
    old = next((tmp_path / "archive").iterdir())
    os.utime(old, (time.time() - 40 * 86400,) * 2)
    run_crawl(order(database_url, server.port, "steady"))
    assert not old.exists()
    assert len(list((tmp_path / "archive").iterdir())) == 1


def test_half_of_the_postings_vanish_for_a_night_and_none_is_retired(
    server: HostileServer, database_url: str, engine: Engine
) -> None:
    everything = calls(12, "steady")
    server.state.listings["steady"] = everything
    run_crawl(order(database_url, server.port, "steady"))
    before = dump(engine)["posting"]
    server.state.listings["steady"] = Calls(dict(list(everything.titles.items())[:5]) | {"new": "Fellowship brand new"})
    night = run_crawl(order(database_url, server.port, "steady"))
    assert night.sources[0].verdict is SUSPECT
    assert [reason.partition(":")[0] for reason in night.sources[0].reasons] == ["missing"]
    assert set(missed(engine, "steady").values()) == {0}
    assert "new" in keys(engine, "steady"), "a suspect run may add"
    server.state.listings["steady"] = Calls(everything.titles | {"new": "Fellowship brand new"})
    assert run_crawl(order(database_url, server.port, "steady")).sources[0].verdict is HEALTHY
    assert [row for row in dump(engine)["posting"] if row["key"] != "new"] == before


def test_a_source_that_shrank_for_good_is_suspect_until_a_person_accepts_it(
    server: HostileServer, database_url: str, engine: Engine
) -> None:
    given = order(database_url, server.port, "steady")
    server.state.listings["steady"] = calls(12, "steady")
    run_crawl(given)
    server.state.listings["steady"] = calls(4, "steady")
    assert run_crawl(given).sources[0].verdict is SUSPECT
    accepted = run_crawl(given.model_copy(update={"accept": True})).sources[0]
    assert (accepted.verdict, accepted.missed) == (HEALTHY, 8)
    assert all(reason.startswith("accepted: ") for reason in accepted.reasons)
    night = run_crawl(given).sources[0]
    assert (night.verdict, night.reasons) == (HEALTHY, [])


def test_a_suspect_run_adds_and_neither_refreshes_nor_misses(
    server: HostileServer, database_url: str, engine: Engine
) -> None:
    server.state.listings["steady"] = calls(8, "steady")
    run_crawl(order(database_url, server.port, "steady"))
    server.state.listings["steady"] = Calls({"steady-0": "Everything renamed by a slipped reader"})
    run_crawl(order(database_url, server.port, "steady", as_of=AS_OF + dt.timedelta(days=1)))
    with reading(engine) as session:
        posting = session.execute(sa.select(Posting).where(col(Posting.key) == "steady-0")).scalar_one()
        assert posting.draft.title == "Fellowship steady number 0"
        assert posting.last_seen_at == AS_OF
        source = session.get(Source, "steady")
        assert source is not None
        assert source.last_healthy_at == AS_OF


def test_a_healthy_run_counts_what_it_missed(server: HostileServer, database_url: str, engine: Engine) -> None:
    server.state.listings["steady"] = calls(8, "steady")
    run_crawl(order(database_url, server.port, "steady"))
    del server.state.listings["steady"].titles["steady-3"]
    assert run_crawl(order(database_url, server.port, "steady")).sources[0].missed == 1
    assert {key for key, nights in missed(engine, "steady").items() if nights} == {"steady-3"}


def test_a_failed_source_keeps_what_was_known(server: HostileServer, database_url: str, engine: Engine) -> None:
    with writing(engine) as session:
        session.add(Source(name="denied", title="t", way="listing", homepage="http://denied.example.org/"))
    report = run_crawl(order(database_url, server.port, "denied"))
    assert report.exit_code == 1
    assert report.state is RunState.FAILED
    assert keys(engine, "denied") == set()


def test_a_second_crawl_at_the_same_time_is_told_to_come_back(
    started: Start, server: HostileServer, database_url: str
) -> None:
    server.state.pause = 60
    first = started(order(database_url, server.port, "steady"))
    with pytest.raises(CrawlRefused, match="another crawl runs") as refused:
        run_crawl(order(database_url, server.port, "alpha"))
    assert refused.value.exit_code == 75
    assert first.poll() is None


SEEDS = [1, *(pytest.param(seed, marks=pytest.mark.slow if seed < 4 else pytest.mark.long) for seed in range(2, 8))]


FOUR = ("alpha", "beta", "gamma", "delta")


@pytest.fixture(scope="module")
def undisturbed(upgraded_file: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[dict[str, Any]]]:
    """What a crawl of four sources keeps that nobody disturbs."""
    path = tmp_path_factory.mktemp("undisturbed") / "opportune.db"
    path.write_bytes(upgraded_file.read_bytes())
    with hostile_server.running() as server:
        server.state.listings.update({source: calls(30, source, per_page=3) for source in FOUR})
        run_crawl(order(f"sqlite:///{path}", server.port, *FOUR))
    made = connect(f"sqlite:///{path}")
    try:
        return dump(made)
    finally:
        made.dispose()


@pytest.mark.parametrize("seed", SEEDS)
def test_a_crawl_that_was_killed_and_run_again_is_as_if_nothing_had_happened(
    started: Start,
    server: HostileServer,
    database_url: str,
    engine: Engine,
    seed: int,
    undisturbed: dict[str, list[dict[str, Any]]],
) -> None:
    server.state.listings.update({source: calls(30, source, per_page=3) for source in FOUR})
    server.state.pause = 0.03
    child = started(order(database_url, server.port, *FOUR))
    time.sleep(random.Random(seed).uniform(0, 1.6))
    child.kill()
    rest_of(child)
    server.state.pause = 0.0
    report = run_crawl(order(database_url, server.port, *FOUR))
    assert report.exit_code == 0
    assert dump(engine) == undisturbed
    with reading(engine) as session:
        states = session.execute(sa.select(col(CrawlRun.state)).order_by(col(CrawlRun.id))).scalars().all()
        if engine.dialect.name == "sqlite":
            assert session.connection().exec_driver_sql("PRAGMA integrity_check").scalar_one() == "ok"
    assert states in ([RunState.ABORTED, RunState.FINISHED], [RunState.FINISHED] * 2)
    assert (report.aborted_before != []) == (states[0] is RunState.ABORTED)
    assert count(engine, StagedPosting) == 0


def test_a_crawl_ends_with_the_one_who_ordered_it(started: Start, server: HostileServer, database_url: str) -> None:
    server.state.pause = 60
    child = started(order(database_url, server.port, "steady"))
    child.stdin.close()  # as when the caller is killed
    assert child.wait(timeout=30) == 137
    server.state.pause = 0
    assert run_crawl(order(database_url, server.port, "steady")).exit_code == 0


def _until(happened: Callable[[], bool], seconds: float = 30) -> None:
    give_up = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < give_up, "it did not happen"
        time.sleep(0.02)


def test_asked_to_stop_it_keeps_what_it_has_and_frees_the_lease(
    started: Start, server: HostileServer, database_url: str, engine: Engine
) -> None:
    server.state.listings["steady"] = calls(300, "steady", per_page=3)
    server.state.pause = 0.1
    child = started(order(database_url, server.port, "steady"))
    _until(lambda: len(server.hits("steady")) > 5)
    child.send_signal(signal.SIGTERM)
    report = rest_of(child)["report"]
    assert report["state"] == "interrupted"
    assert report["exit_code"] == 3
    assert report["sources"][0]["reasons"] == ["interrupted: asked to stop"]
    assert 3 <= len(keys(engine, "steady")) == report["sources"][0]["drafts"] < 300
    with writing(engine) as session:
        acquire(session, "crawl", "the next")


@pytest.mark.slow
def test_a_download_that_does_not_end_is_cut_off_when_asked_to_stop(
    started: Start, server: HostileServer, database_url: str
) -> None:
    server.state.pause = 60
    child = started(order(database_url, server.port, "steady"))
    _until(lambda: len(server.hits("steady")) > 1)
    asked = time.monotonic()
    child.send_signal(signal.SIGTERM)
    report = rest_of(child)["report"]
    assert time.monotonic() - asked < 30
    assert report["sources"][0]["reasons"] == ["interrupted: before the first page"]


def test_out_of_time_it_stops_and_what_was_found_is_kept(
    server: HostileServer, database_url: str, engine: Engine
) -> None:
    server.state.listings["steady"] = calls(300, "steady", per_page=3)
    server.state.pause = 0.5  # so that the time ends before the depth does
    report = run_crawl(order(database_url, server.port, "steady", max_minutes=0.07))
    assert report.sources[0].reasons == ["budget: stopped at the time given to the whole crawl"]
    assert keys(engine, "steady")


def test_a_crawl_that_was_replaced_while_it_slept_writes_nothing(
    started: Start, server: HostileServer, database_url: str, engine: Engine
) -> None:
    server.state.listings["steady"] = calls(30, "steady", per_page=3)
    server.state.pause = 0.15
    child = started(order(database_url, server.port, "steady"))
    with writing(engine) as session:  # as if it had slept past its lease
        session.execute(sa.update(Lease).values(holder="another", fence=99))
    report = rest_of(child)["report"]
    assert report["sources"][0]["verdict"] == "failed"
    assert report["sources"][0]["reasons"] == ["lease: another crawl took over"]
    assert keys(engine, "steady") == set()


def test_a_source_without_its_key_is_disabled_and_the_crawl_says_so(server: HostileServer, database_url: str) -> None:
    report = run_crawl(order(database_url, server.port, "keyed", "steady"))
    assert report.exit_code == 0
    assert report.disabled == {"keyed": "keyed is disabled until keyed_api_key is set (docs/sources.md)"}


def test_a_source_that_is_left_out_is_not_asked_and_the_crawl_says_why(
    server: HostileServer, database_url: str
) -> None:
    key = {"keyed_api_key": "canary-7f3a9"}
    report = run_crawl(order(database_url, server.port, "keyed", "steady", needed=key, left_out={"keyed": "not here"}))
    assert (report.exit_code, report.disabled) == (0, {"keyed": "not here"})
    assert not list(server.hits("keyed"))


def test_a_key_is_sent_to_its_site_and_written_nowhere(
    server: HostileServer, database_url: str, tmp_path: Path
) -> None:
    secret = "canary-7f3a9"
    report = run_crawl(order(database_url, server.port, "keyed", needed={"keyed_api_key": secret}))
    assert report.exit_code == 0
    assert any(secret in hit.path for hit in server.hits("keyed"))
    for file in tmp_path.rglob("*"):
        if file.is_file():
            assert secret.encode() not in _unpacked(file), f"{file.name} holds the key"


def _unpacked(file: Path) -> bytes:
    import gzip

    return gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()


def test_an_unknown_source_is_named_beside_those_there_are(database_url: str) -> None:
    with pytest.raises(CrawlRefused, match=r"there is no source nonesuch; there are .*steady") as refused:
        run_crawl(order(database_url, None, "nonesuch"))
    assert refused.value.exit_code == 1


def test_a_database_of_another_shape_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CrawlRefused, match="opportune db upgrade"):
        run_crawl(order(f"sqlite:///{tmp_path / 'new.db'}", None, "steady"))


def test_a_crawl_does_not_begin_on_a_full_disk(database_url: str) -> None:
    with pytest.raises(CrawlRefused, match="free some space"):
        run_crawl(order(database_url, None, "steady", minimum_free_bytes=2**60))


@pytest.mark.parametrize(("total", "needed"), [(2**40, 500 * 2**20), (2**30, 2**30 // 20), (0, 0)])
def test_a_crawl_needs_500_mb_or_a_twentieth_of_a_small_disk(total: int, needed: int) -> None:
    assert room_needed(total) == needed


def test_a_database_that_is_locked_for_a_while_loses_nothing(
    started: Start, server: HostileServer, database_url: str, engine: Engine
) -> None:
    server.state.listings["steady"] = calls(120, "steady", per_page=20)
    server.state.pause = 0.2
    child = started(order(database_url, server.port, "steady"))
    with engine.connect() as connection:
        connection.exec_driver_sql("SELECT 1")  # the engine begins with BEGIN IMMEDIATE: all writers wait
        time.sleep(6.5)
        connection.rollback()
    report = rest_of(child)["report"]
    assert report["sources"][0]["verdict"] == "healthy"
    assert len(keys(engine, "steady")) == 120


def test_a_database_that_stays_locked_makes_the_run_failed_and_not_short(
    started: Start, server: HostileServer, database_url: str, engine: Engine
) -> None:
    server.state.listings["steady"] = calls(120, "steady", per_page=20)
    server.state.pause = 0.3
    child = started(order(database_url, server.port, "steady", patience_seconds=3.0))
    with engine.connect() as connection:
        postgresql = engine.dialect.name == "postgresql"
        lock = "LOCK TABLE stagedposting" if postgresql else "SELECT 1"  # SQLite's one writer is who has begun
        connection.exec_driver_sql(lock)
        until_read(child, "steady")  # its patience has ended; the lock is let go before the run is written down
        connection.rollback()
    report = rest_of(child)["report"]
    said = "LockNotAvailable" if engine.dialect.name == "postgresql" else "OperationalError"
    assert report["sources"][0]["reasons"] == [f"database: {said} while keeping what was found"]
    assert report["exit_code"] == 1
    assert keys(engine, "steady") == set()


SPOILING = {
    "sqlite": [
        "CREATE TRIGGER spoil AFTER INSERT ON stagedposting WHEN NEW.source = 'alpha' BEGIN "
        """UPDATE stagedposting SET draft = '{"source": "alpha"}' WHERE rowid = NEW.rowid; END"""
    ],
    "postgresql": [
        "CREATE FUNCTION spoil() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        """NEW.draft = jsonb_build_object('source', 'alpha'); RETURN NEW; END $$""",
        "CREATE TRIGGER spoil BEFORE INSERT ON stagedposting FOR EACH ROW WHEN (NEW.source = 'alpha') "
        "EXECUTE FUNCTION spoil()",
    ],
}


def test_a_fault_in_promoting_one_source_leaves_the_others_alone(
    server: HostileServer, database_url: str, engine: Engine
) -> None:
    """What alpha has staged is no draft any more when it is to be promoted: reading it back fails."""
    for name in ("alpha", "beta"):
        server.state.listings[name] = calls(3, name)
    with writing(engine) as session:
        for statement in SPOILING[engine.dialect.name]:
            session.execute(sa.text(statement))
    report = run_crawl(order(database_url, server.port, "alpha", "beta"))
    assert [(one.source, one.verdict) for one in report.sources] == [("alpha", FAILED), ("beta", HEALTHY)]
    assert report.sources[0].reasons == ["exception: ValidationError while promoting"]
    assert (report.state, report.exit_code) == (RunState.FINISHED, 3)
    assert (keys(engine, "alpha"), len(keys(engine, "beta"))) == (set(), 3)
    with reading(engine) as session:
        found = session.execute(sa.select(col(SourceRun.source), col(SourceRun.state), col(SourceRun.verdict)))
        assert sorted(map(tuple, found)) == [("alpha", "failed", "failed"), ("beta", "finished", "healthy")]
    assert count(engine, StagedPosting) == 0


def test_what_a_person_refused_does_not_come_back(server: HostileServer, database_url: str, engine: Engine) -> None:
    run_crawl(order(database_url, server.port, "steady"))
    with writing(engine) as session:
        session.add(ReviewItem(source="alpha", key="alpha-2", draft={}, state=ReviewState.REFUSED))
    report = run_crawl(order(database_url, server.port, "alpha"))
    assert report.sources[0].refused == {"refused by a person": 1}
    assert "alpha-2" not in keys(engine, "alpha")


def test_a_request_to_crawl_now_is_answered_by_the_crawl_that_covers_it(
    server: HostileServer, database_url: str, engine: Engine
) -> None:
    with writing(engine) as session:
        session.add_all([RequestedRun(id="one", sources=["steady"]), RequestedRun(id="other", sources=["beta"])])
    report = run_crawl(order(database_url, server.port, "steady"))
    with reading(engine) as session:
        answered = dict(session.execute(sa.select(col(RequestedRun.id), col(RequestedRun.run_id))).all())
    assert answered == {"one": report.run_id, "other": None}


def test_sample_mode_is_refused_in_production(database_url: str) -> None:
    with pytest.raises(ValueError, match="for the demo and the tests"):
        order(database_url, 8765, "steady", environment="production")


@pytest.mark.postgres
def test_a_crawl_keeps_the_same_on_postgresql(
    server: HostileServer, postgres_url: str, postgres_engine: Engine, tmp_path: Path
) -> None:
    server.state.listings["steady"] = calls(23, "steady", per_page=5)
    given = order(postgres_url, server.port, "steady", data_dir=tmp_path)
    assert run_crawl(given).exit_code == 0
    assert run_crawl(given).sources[0].refreshed == 23
    assert len(keys(postgres_engine, "steady")) == 23


def test_a_lease_outlives_several_heartbeats() -> None:
    from crawlers.tenure import HEARTBEAT

    assert LEASE_TIME.total_seconds() > HEARTBEAT * 3
