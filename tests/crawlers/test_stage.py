"""What waits on the stage is written in batches, survives a locked database, and is never lost in silence."""

import datetime as dt
import threading
import time
from collections.abc import Iterable

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError
from sqlmodel import col

from catalog.database import reading, writing
from catalog.drafts import PostingDraft
from catalog.stores import staging
from catalog.stores.pages import Page, known_pages
from catalog.stores.runs import abandon_running, begin_run
from catalog.tables import CrawlRun, RefusedPosting, Source, StagedPosting
from catalog.words import Kind, RunState
from crawlers import stage as stage_module
from crawlers.bases.refusal import Refusal
from crawlers.stage import BATCH, REFUSED_BY_A_PERSON, SourceStage, StageLost, persistently

NOW = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)


@pytest.fixture
def run_id(engine: Engine) -> str:
    with writing(engine) as session:
        session.add(Source(name="steady", title="t", way="listing", homepage="https://steady.example.org/"))
        session.flush()
        return begin_run(session, ["steady"], as_of=NOW, now=NOW)


def stage_for(engine: Engine, run_id: str, *refused: str) -> SourceStage:
    return SourceStage(engine, run_id, "steady", as_of=NOW, refused_by_people=dict.fromkeys(refused, ""))


def draft(key: str, title: str = "A fellowship") -> PostingDraft:
    url = f"https://steady.example.org/{key}"
    return PostingDraft(source="steady", key=key, url=url, title=title, kind=Kind.FELLOWSHIP)


def staged(engine: Engine, run_id: str) -> dict[str, str]:
    with reading(engine) as session:
        return {one.key: one.title for one in staging.staged_drafts(session, run_id, "steady")}


def test_a_full_batch_asks_to_be_written(engine: Engine, run_id: str) -> None:
    stage = stage_for(engine, run_id)
    assert [stage.put(draft(str(number))) for number in range(BATCH)] == [False] * (BATCH - 1) + [True]
    assert staged(engine, run_id) == {}
    stage.flush()
    assert len(staged(engine, run_id)) == BATCH


def test_of_two_drafts_with_one_key_the_later_counts_and_only_once(engine: Engine, run_id: str) -> None:
    stage = stage_for(engine, run_id)
    for title in ("The first reading", "The second reading"):
        stage.put(draft("same", title))
    stage.flush()
    assert staged(engine, run_id) == {"same": "The second reading"}
    assert (stage.census.drafts, stage.repeated) == (1, 1)


def test_refusals_are_kept_with_their_reason_and_counted_by_its_sort(engine: Engine, run_id: str) -> None:
    stage = stage_for(engine, run_id, "unwanted")
    stage.put(Refusal("steady", "a", "https://steady.example.org/a", "Ten calls", "roundup: ten of them"))
    stage.put(Refusal("steady", "", "https://steady.example.org/b", "No key", "article"))
    stage.put(draft("unwanted"))
    stage.flush()
    with reading(engine) as session:
        rows = {row.key: row.reason for row in session.execute(sa.select(RefusedPosting)).scalars()}
    assert rows == {
        "a": "roundup: ten of them",
        "https://steady.example.org/b": "article",
        "unwanted": REFUSED_BY_A_PERSON,
    }
    assert stage.refused == {"roundup": 1, "article": 1, REFUSED_BY_A_PERSON: 1}
    assert staged(engine, run_id) == {}


def test_nothing_that_is_put_while_another_thread_flushes_is_lost(engine: Engine, run_id: str) -> None:
    """The list is taken away in the very moment in which something is added to it."""
    stage = stage_for(engine, run_id)
    taken: list[object] = []

    class Slow(list[object]):
        def extend(self, those: Iterable[object]) -> None:
            flusher.start()
            flusher.join(timeout=0.3)  # without a lock the flush is over by now, and this list written
            super().extend(those)

    stage._waiting = Slow()  # type: ignore[assignment]
    stage._write = taken.extend  # type: ignore[method-assign,assignment]
    flusher = threading.Thread(target=stage.flush)
    stage.put(draft("a"))
    flusher.join()
    stage.flush()
    assert [one.key for one in taken if isinstance(one, PostingDraft)] == ["a"]


def test_a_page_learns_which_postings_it_held(engine: Engine, run_id: str) -> None:
    stage = stage_for(engine, run_id)
    stage.put_page(Page("hash", "steady", "https://steady.example.org/list", NOW))
    stage.flush()
    stage.note_keys("https://steady.example.org/list", "a")
    stage.note_keys("https://steady.example.org/elsewhere", "b")
    stage.finish()
    with reading(engine) as session:
        assert [page.keys for page in known_pages(session, "steady")] == [["a"]]


def test_a_database_that_is_locked_for_a_while_is_waited_for(engine: Engine, run_id: str) -> None:
    stage = stage_for(engine, run_id)
    stage.put(draft("a"))
    locked = threading.Event()

    def hold_the_lock() -> None:
        with engine.connect() as connection:
            connection.exec_driver_sql("SELECT 1")  # every transaction of ours that may write locks out the others
            locked.set()
            time.sleep(6)

    holder = threading.Thread(target=hold_the_lock)
    holder.start()
    locked.wait()
    stage.flush()
    holder.join()
    assert staged(engine, run_id) == {"a": "A fellowship"}


def test_a_database_that_stays_away_is_said_and_not_swallowed(
    engine: Engine, run_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object, **__: object) -> None:
        raise OperationalError("INSERT", {}, Exception("connection refused"))

    monkeypatch.setattr(stage_module, "stage", away)
    monkeypatch.setattr(stage_module.time, "sleep", lambda _: None)
    moments = iter(range(0, 100, 7))
    monkeypatch.setattr(stage_module.time, "monotonic", lambda: float(next(moments)))
    stage = stage_for(engine, run_id)
    stage.put(draft("a"))
    with pytest.raises(StageLost, match="database: Exception while keeping what was found"):
        stage.flush()
    assert stage.lost.startswith("database:")


def test_a_full_disk_is_not_waited_for(sqlite_engine: Engine) -> None:
    with sqlite_engine.connect() as connection:
        size = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    started = time.monotonic()

    def fill(session: object) -> None:
        session.connection().exec_driver_sql(f"PRAGMA max_page_count = {size}")  # type: ignore[attr-defined]
        session.connection().exec_driver_sql("CREATE TABLE ballast AS SELECT randomblob(9000000) AS b")  # type: ignore[attr-defined]

    with pytest.raises(OperationalError, match="full"):
        persistently(sqlite_engine, fill)  # type: ignore[arg-type]
    assert time.monotonic() - started < 30  # half of its patience
    with sqlite_engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 1073741823")
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar_one() == "ok"


def test_a_run_that_was_killed_is_found_out_and_its_stage_is_cleared(engine: Engine, run_id: str) -> None:
    stage = stage_for(engine, run_id)
    stage.put(draft("a"))
    stage.flush()
    with writing(engine) as session:
        assert abandon_running(session, now=NOW) == [run_id]
        assert abandon_running(session, now=NOW) == []
    with reading(engine) as session:
        assert session.execute(sa.select(col(CrawlRun.state))).scalar_one() is RunState.ABORTED
        assert session.execute(sa.select(StagedPosting)).first() is None
