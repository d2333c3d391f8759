"""A database moved to the other engine is the same there, however often the move was killed."""

import shutil
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine

from catalog import checksums
from catalog.copying import count_rows
from catalog.database import connect, writing
from catalog.moving import CopyRefused, Step, move
from catalog.schema import SchemaMismatch, check_schema
from catalog.stores.deadline_list import Narrowed, by_deadline
from catalog.stores.postings import promote_postings
from catalog.tables import Mentee
from recommender.indexing import index
from tests.builders import NOW, make_draft, make_mentee, make_opportunity, make_source, sample_people, save
from tests.recommender.embedding import WordEmbedder

pytestmark = pytest.mark.postgres


def fill(engine: Engine, calls: int = 3) -> None:
    """People, goals, a posting, calls and their vectors, with words and numbers that engines keep in their own ways."""
    save(engine, *sample_people(), make_source())
    with writing(engine) as session:
        promote_postings(session, [make_draft(description="Zürich – 東京 \U0001f30d 'quoted' \\n")], now=NOW)
    save(engine, *(make_opportunity(id=f"opp_{at:04}", title=f"Call {at}", rev=at + 9) for at in range(calls)))
    index(engine, WordEmbedder(), NOW)


def counted(engine: Engine) -> dict[str, int]:
    with engine.execution_options(reading=True).connect() as connection:
        return {name: count for name, count in count_rows(connection).items() if count}


def url_of(engine: Engine) -> str:
    return engine.url.render_as_string(hide_password=False)


def test_there_and_back_everything_is_the_same(sqlite_engine: Engine, empty_postgres_url: str, tmp_path: Path) -> None:
    fill(sqlite_engine)
    there = connect(empty_postgres_url)
    back = connect(f"sqlite:///{tmp_path}/back.db")

    first, second = move(sqlite_engine, there), move(there, back)

    assert first == second
    assert counted(there) == counted(back) == counted(sqlite_engine)
    assert {one.table for one in first if one.rows} >= {"opportunity", "posting", "passagevector", "goal", "revision"}
    for moved in (there, back):
        check_schema(moved)
        with writing(moved) as session:
            assert len(list(by_deadline(session, Narrowed(words="surgery"), NOW))) > 0
            session.add(make_mentee(id="mte_new"))
        moved.dispose()


KILLED = """
    import os, signal, sys
    from catalog import checksums, moving
    from catalog.database import connect

    checksums.ROWS_AT_ONCE = 7
    steps = 0

    def die(step):
        global steps
        steps += 1
        if steps == int(sys.argv[3]):
            os.kill(os.getpid(), signal.SIGKILL)

    moving.move(connect(sys.argv[1]), connect(sys.argv[2]), die)
"""


def test_a_copy_that_is_killed_goes_on_where_it_was(
    sqlite_engine: Engine, empty_postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(sqlite_engine, calls=40)
    sqlite_engine.dispose()
    target = connect(empty_postgres_url)
    for steps in (4, 9, 12):
        command = [sys.executable, "-c", textwrap.dedent(KILLED), url_of(sqlite_engine), empty_postgres_url, str(steps)]
        assert subprocess.run(command, check=False, timeout=60).returncode == -signal.SIGKILL
        with pytest.raises(SchemaMismatch, match="run the same `opportune db copy` again"):
            check_schema(target)
    held = sum(counted(target).values())
    monkeypatch.setattr(checksums, "ROWS_AT_ONCE", 7)
    seen: list[int] = []

    found = move(sqlite_engine, target, lambda step: seen.append(step.doing == "copying"))

    total = sum(one.rows for one in found)
    assert 0 < held < total
    assert 7 * sum(seen) < total - held + 7 * len(found), "what had arrived was not copied again"
    check_schema(target)
    target.dispose()


def test_a_copy_that_fails_at_its_very_last_step_is_finished_by_the_next_run(
    sqlite_engine: Engine, empty_postgres_url: str
) -> None:
    fill(sqlite_engine)
    there = connect(empty_postgres_url)

    def fails_once(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if statement == "ANALYZE":
            sa.event.remove(there, "before_cursor_execute", fails_once)
            raise TimeoutError

    sa.event.listen(there, "before_cursor_execute", fails_once)
    with pytest.raises(TimeoutError):
        move(sqlite_engine, there)
    with pytest.raises(SchemaMismatch):
        check_schema(there)
    move(sqlite_engine, there)
    check_schema(there)
    there.dispose()


def test_nothing_is_overwritten(sqlite_engine: Engine, postgres_engine: Engine) -> None:
    fill(sqlite_engine)
    save(postgres_engine, *sample_people())
    before = counted(postgres_engine)

    with pytest.raises(CopyRefused, match="not empty"):
        move(sqlite_engine, postgres_engine)

    assert counted(postgres_engine) == before
    check_schema(postgres_engine)
    with pytest.raises(CopyRefused, match="same database"):
        move(sqlite_engine, connect(url_of(sqlite_engine)))


@pytest.mark.parametrize(
    ("which", "words"), [("source", "the source is at step 0001"), ("target", "the target is at step 0001")]
)
def test_another_step_is_refused(sqlite_engine: Engine, postgres_engine: Engine, which: str, words: str) -> None:
    with (sqlite_engine if which == "source" else postgres_engine).begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '0001'"))

    with pytest.raises(CopyRefused, match=words):
        move(sqlite_engine, postgres_engine)


def test_a_source_that_was_never_set_up_or_is_another_is_refused(
    sqlite_engine: Engine, postgres_engine: Engine, tmp_path: Path
) -> None:
    nothing = connect(f"sqlite:///{tmp_path}/nothing.db")
    with pytest.raises(CopyRefused, match="never been set up"):
        move(nothing, postgres_engine)
    nothing.dispose()
    fill(sqlite_engine)

    def stop(_: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        move(sqlite_engine, postgres_engine, stop)
    sqlite_engine.dispose()
    other = connect(f"sqlite:///{shutil.copy(str(sqlite_engine.url.database), tmp_path / 'other.db')}")
    with pytest.raises(CopyRefused, match=r"unfinished copy of sqlite:///.*opportune\.db"):
        move(other, postgres_engine)
    other.dispose()


def test_a_source_that_changed_meanwhile_is_found_by_its_checksum(
    sqlite_engine: Engine, postgres_engine: Engine
) -> None:
    fill(sqlite_engine)

    def stop_late(step: Step) -> None:
        if step.table == "passage":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        move(sqlite_engine, postgres_engine, stop_late)
    with writing(sqlite_engine) as session:
        session.get_one(Mentee, "mte_ben").name = "Ben Streams"

    with pytest.raises(CopyRefused, match="mentee is not the same in both"):
        move(sqlite_engine, postgres_engine)
    with pytest.raises(SchemaMismatch, match="not finished"):
        check_schema(postgres_engine)
