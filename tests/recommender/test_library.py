"""The snapshot that a process answers from follows the database without stopping those who read."""

import datetime as dt
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine

from catalog.database import connect, reading, writing
from catalog.schema import upgrade
from catalog.stores.revisions import bury, next_revision
from catalog.tables import Opportunity, Revision
from recommender import library as library_module
from recommender.indexing import index
from recommender.lexical import Vocabulary
from recommender.library import Library
from recommender.loading import Loaded, load_all, load_changes
from recommender.snapshot import Snapshot
from tests.builders import NOW, make_opportunity, save
from tests.recommender.embedding import WordEmbedder


def library(engine: Engine, vectors_dir: Path | None = None) -> Library:
    return Library(engine, lambda: "words@1", look_again_after=0, vectors_dir=vectors_dir)


def put(engine: Engine, opportunity_id: str, **values: object) -> None:
    """Write a call as a crawl does: with a revision of its own."""
    with writing(engine) as session:
        row = session.get(Opportunity, opportunity_id) or make_opportunity(id=opportunity_id)
        for name, value in values.items():
            setattr(row, name, value)
        row.rev = next_revision(session)
        session.add(row)


def names(snapshot: Snapshot) -> set[str]:
    return set(snapshot.place)


def test_new_changed_and_gone_calls_are_followed(both_engines: Engine) -> None:
    put(both_engines, "opp_a")
    put(both_engines, "opp_b")
    index(both_engines, WordEmbedder(), NOW)
    held = library(both_engines)
    first = held.current(NOW).snapshot

    put(both_engines, "opp_c", title="Malaria school")
    put(both_engines, "opp_a", title="Another title")
    put(both_engines, "opp_b", withdrawn_at=NOW)
    second = held.current(NOW).snapshot

    assert names(first) == {"opp_a", "opp_b"}
    assert names(second) == {"opp_a", "opp_c"}
    assert second.calls[second.place["opp_a"]].title == "Another title"
    assert second.lexicon.score({"malaria": 1.0})[second.place["opp_c"]] > 0
    assert first.calls[first.place["opp_a"]].title != "Another title", "an answer under way keeps what it began with"


def test_vectors_are_taken_over_and_new_ones_follow(engine: Engine) -> None:
    put(engine, "opp_a", title="Surgery")
    index(engine, WordEmbedder(), NOW)
    held = library(engine)
    held.current(NOW)
    put(engine, "opp_b", title="Malaria")
    before = held.current(NOW).snapshot
    index(engine, WordEmbedder(), NOW)
    after = held.current(NOW).snapshot

    assert before.has_vectors.sum() == 1
    assert before.waiting == 0, "the index has not yet cut the new call into passages"
    assert after.has_vectors.all()
    own, kept = after.rows_of(after.place["opp_a"]), before.rows_of(before.place["opp_a"])
    assert (own == kept).all()


def test_a_backup_that_was_restored_is_read_whole_though_its_revisions_are_older(engine: Engine) -> None:
    for number in range(3):
        put(engine, "opp_a", title=f"Title {number}")
    held = library(engine)
    held.current(NOW)

    with writing(engine) as session:
        row = session.get_one(Opportunity, "opp_a")
        row.title, row.rev = "As it was in the backup", 1
        session.execute(sa.update(Revision).values(value=1))
    found = held.current(NOW).snapshot
    assert found.calls[found.place["opp_a"]].title == "As it was in the backup"


def test_a_deleted_call_leaves_with_its_tombstone(engine: Engine) -> None:
    put(engine, "opp_a")
    put(engine, "opp_b")
    held = library(engine)
    held.current(NOW)

    with writing(engine) as session:
        session.delete(session.get_one(Opportunity, "opp_a"))
        bury(session, "opportunity", ["opp_a"], next_revision(session))

    assert names(held.current(NOW).snapshot) == {"opp_b"}


def test_nothing_changed_gives_the_very_same_snapshot(engine: Engine) -> None:
    put(engine, "opp_a")
    held = library(engine)

    assert held.current(NOW) is held.current(NOW + dt.timedelta(minutes=1))


def test_a_swapped_model_takes_its_own_vectors_with_it(engine: Engine) -> None:
    put(engine, "opp_a")
    index(engine, WordEmbedder(), NOW)
    held = library(engine)
    assert held.current(NOW).snapshot.rows.exact.shape == (1, 64)

    index(engine, WordEmbedder("other@2", dimension=32), NOW)

    assert held.current(NOW).snapshot.model == "other@2"
    assert held.current(NOW).snapshot.rows.exact.shape == (1, 32)


def test_closed_calls_leave_memory_within_a_day(engine: Engine) -> None:
    save(engine, make_opportunity(rev=1))
    held = library(engine)
    assert len(held.current(NOW).snapshot) == 1

    later = dt.datetime(2027, 6, 3, tzinfo=dt.UTC)
    assert len(held.current(later).snapshot) == 0


def test_reading_goes_on_while_calls_are_written(engine: Engine) -> None:
    put(engine, "opp_000")
    held = library(engine)
    held.current(NOW)
    stop, wrong = threading.Event(), []

    def read() -> None:
        while not stop.is_set():
            snapshot = held.current(NOW).snapshot
            if not (len(snapshot.calls) == len(snapshot.rule_of) == snapshot.lexicon.size == len(snapshot.starts) - 1):
                wrong.append(snapshot)

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    for number in range(1, 15):
        put(engine, f"opp_{number:03}", title=f"Call {number}")
        if number % 5 == 0:
            index(engine, WordEmbedder(), NOW)
    stop.set()
    for reader in readers:
        reader.join(timeout=10)

    assert wrong == []
    final = held.current(NOW).snapshot
    assert len(final) == 15


def test_vectors_of_closed_calls_are_not_loaded(engine: Engine) -> None:
    put(engine, "opp_a")
    put(engine, "opp_b")
    index(engine, WordEmbedder(), NOW)
    put(engine, "opp_b", withdrawn_at=NOW)

    with reading(engine) as session:
        loaded = load_all(session, "", Vocabulary(), NOW)
    assert set(loaded.vectors) == set(loaded.calls) == {"opp_a"}


def test_exact_vectors_can_lie_in_a_file_and_answers_are_the_same(engine: Engine, tmp_path: Path) -> None:
    put(engine, "opp_a")
    index(engine, WordEmbedder(), NOW)
    held, mapped = library(engine), library(engine, vectors_dir=tmp_path / "vectors")

    assert (mapped.current(NOW).snapshot.rows.exact == held.current(NOW).snapshot.rows.exact).all()
    assert mapped.current(NOW).snapshot.rows.bytes_held < held.current(NOW).snapshot.rows.bytes_held


def test_without_room_on_the_disk_vectors_stay_in_memory_and_the_log_says_so(
    engine: Engine, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    put(engine, "opp_a")
    index(engine, WordEmbedder(), NOW)
    (tmp_path / "vectors").write_text("a file in the way")

    found = library(engine, vectors_dir=tmp_path / "vectors").current(NOW)

    assert found.snapshot.has_vectors.all()
    assert "vectors stay in memory" in caplog.text


def test_no_reader_waits_while_the_next_snapshot_is_made(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    put(engine, "opp_a")
    held = Library(engine, lambda: "words@1", look_again_after=0.01)
    first = held.current(NOW)
    may_go_on, readers = threading.Event(), []

    def slowly(*given: Any) -> Loaded:
        readers.append(threading.current_thread())
        assert may_go_on.wait(10)
        return load_changes(*given)

    monkeypatch.setattr(library_module, "load_changes", slowly)
    put(engine, "opp_b")
    assert eventually(lambda: held.current(NOW) is first and bool(readers))
    assert held.current(NOW) is first, "the old one is answered from meanwhile"
    may_go_on.set()

    assert eventually(lambda: names(held.current(NOW).snapshot) == {"opp_a", "opp_b"})
    assert threading.current_thread() not in readers


def test_after_a_pause_the_first_reader_sees_what_came_meanwhile(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(library_module, "A_PAUSE", 0.05)
    monkeypatch.setattr(library_module, "WAITS_AT_MOST", 30.0)
    put(engine, "opp_a")
    held = Library(engine, lambda: "words@1", look_again_after=0.05)
    held.current(NOW)
    put(engine, "opp_b")
    time.sleep(0.1)

    assert names(held.current(NOW).snapshot) == {"opp_a", "opp_b"}


def test_nothing_is_asked_of_a_file_that_nobody_wrote_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    url = f"sqlite:///{tmp_path / 'calls.db'}"
    upgrade(url)
    engine = connect(url)
    put(engine, "opp_a")
    asked = []
    plain = library_module.served_model
    monkeypatch.setattr(library_module, "served_model", lambda *given: (asked.append(given), plain(*given))[1])
    held = Library(engine, lambda: "words@1", look_again_after=0.001)
    held.current(NOW)
    assert eventually(lambda: held.current(NOW) is not None and len(asked) == 1)
    for _ in range(50):
        held.current(NOW)
        time.sleep(0.002)
    assert len(asked) == 1

    put(engine, "opp_b")
    assert eventually(lambda: names(held.current(NOW).snapshot) == {"opp_a", "opp_b"})


def test_a_refresh_that_fails_is_logged_and_tried_again(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    put(engine, "opp_a")
    held = Library(engine, lambda: "words@1", look_again_after=0.01)
    held.current(NOW)
    failures = []

    def sometimes(*given: Any) -> Loaded:
        if not failures:
            failures.append("once")
            raise OSError("the database is away")
        return load_changes(*given)

    monkeypatch.setattr(library_module, "load_changes", sometimes)
    put(engine, "opp_b")

    assert eventually(lambda: names(held.current(NOW).snapshot) == {"opp_a", "opp_b"})
    assert "the database is away" in caplog.text


def test_a_rebuild_forgets_the_words_of_calls_that_are_gone(engine: Engine) -> None:
    put(engine, "opp_a", title="Xylophone therapy")
    held = library(engine)
    assert held.current(NOW).snapshot.lexicon.vocabulary.find("xylophon") is not None
    put(engine, "opp_a", title="Malaria school", summary="", description="")

    after = held.current(NOW + dt.timedelta(hours=13)).snapshot

    assert after.lexicon.vocabulary.find("malaria") is not None
    assert after.lexicon.vocabulary.find("xylophon") is None


def eventually(holds: Callable[[], bool]) -> bool:
    """Whether it comes true within ten seconds."""
    end = time.monotonic() + 10
    while not holds():
        if time.monotonic() > end:
            return False
        time.sleep(0.01)
    return True
