"""The promises of an engine: nothing committed is lost, writers wait their turn, and waiting ends."""

import sqlite3
import threading
import time
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError, OperationalError

from catalog.database import connect, reading, writing
from catalog.stores.revisions import take_turn
from catalog.tables import Programme
from tests.builders import NOW, make_programme, save


def count(engine: Engine) -> int:
    with reading(engine) as session:
        return session.scalar(sa.select(sa.func.count()).select_from(Programme)) or 0


def test_sqlite_keeps_its_promises_on_every_connection(sqlite_engine: Engine) -> None:
    expected = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 5000}
    with sqlite_engine.connect() as one, sqlite_engine.execution_options(reading=True).connect() as other:
        for pragma, value in expected.items():
            assert other.exec_driver_sql(f"PRAGMA {pragma}").scalar_one() == value
        assert one.connection.dbapi_connection is not other.connection.dbapi_connection


def test_a_database_in_memory_keeps_its_own_mode_and_is_connected_at_once() -> None:
    engine = connect("sqlite://")
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "memory"
    engine.dispose()


def test_an_error_takes_back_the_whole_transaction(both_engines: Engine) -> None:
    with pytest.raises(IntegrityError):
        save(both_engines, make_programme(), make_programme(id="prg_other"))  # their names are the same

    assert count(both_engines) == 0


def test_what_is_written_while_reading_is_not_kept(both_engines: Engine) -> None:
    with reading(both_engines) as session:
        session.add(make_programme())

    assert count(both_engines) == 0


def test_two_that_read_before_they_write_both_succeed(both_engines: Engine) -> None:
    """Under WAL a read that turns into a write fails at once; a writer that says so first waits instead."""
    save(both_engines, make_programme(name="0"))
    together = threading.Barrier(2)

    def add_one() -> None:
        together.wait()
        with writing(both_engines) as session:
            row = session.get_one(Programme, "prg_lakeside", with_for_update=True)
            time.sleep(0.05)
            row.name = str(int(row.name) + 1)

    threads = [threading.Thread(target=add_one) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    with reading(both_engines) as session:
        assert session.get_one(Programme, "prg_lakeside").name == "2"


def test_readers_do_not_wait_for_a_writer_and_see_one_moment(both_engines: Engine) -> None:
    with writing(both_engines) as session:
        session.add(make_programme())
        session.flush()
        started = time.monotonic()
        assert count(both_engines) == 0
        assert time.monotonic() - started < 4  # the writer would have been waited for for five


def test_a_database_that_stays_locked_becomes_an_error(sqlite_url: str) -> None:
    impatient = connect(sqlite_url)

    @sa.event.listens_for(impatient, "connect")
    def _do_not_wait_long(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute("PRAGMA busy_timeout = 50")

    patient = connect(sqlite_url)
    with writing(patient) as holder:
        holder.add(make_programme())
        holder.flush()
        with pytest.raises(OperationalError, match="database is locked"):
            save(impatient, make_programme())
    assert count(patient) == 1
    patient.dispose()
    impatient.dispose()


def test_who_waited_for_a_turn_does_not_wait_as_long_again_for_the_file(sqlite_url: str) -> None:
    engine, other, said = connect(sqlite_url, patience=0.5), connect(sqlite_url), list[str]()
    sa.event.listen(engine, "before_cursor_execute", lambda *given: said.append(given[2]))
    turns = engine.get_execution_options()["opportune_turns"]
    assert turns.take(0), "another thread writes"
    with writing(other) as holder:
        holder.connection()
        with pytest.raises(OperationalError, match="locked"), writing(engine) as session:
            session.connection()
    assert said == ["PRAGMA busy_timeout=0", "BEGIN IMMEDIATE", "PRAGMA busy_timeout=500"]
    turns.give_back()
    said.clear()
    with writing(engine) as session:
        assert session.execute(sa.text("PRAGMA busy_timeout")).scalar_one() == 500
    assert said[0] == "BEGIN IMMEDIATE", "nothing is set for who hardly waited"
    for one in (engine, other):
        one.dispose()


@pytest.mark.postgres
def test_postgres_ends_what_waits_too_long(postgres_engine: Engine) -> None:
    with postgres_engine.connect() as connection:
        shown = {name: connection.execute(sa.text(f"SHOW {name}")).scalar_one() for name in (
            "statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout")}  # fmt: skip
        connection.execute(sa.text("SET LOCAL statement_timeout = '50ms'"))
        with pytest.raises(OperationalError, match="statement timeout"):
            connection.execute(sa.text("SELECT pg_sleep(5)"))

    assert shown == {"statement_timeout": "30s", "lock_timeout": "5s", "idle_in_transaction_session_timeout": "1min"}


@pytest.mark.postgres
def test_postgres_recovers_when_its_connections_were_cut(postgres_engine: Engine) -> None:
    assert count(postgres_engine) == 0
    operator = connect(postgres_engine.url.render_as_string(hide_password=False))
    with operator.connect() as other:
        others = "datname = current_database() AND pid <> pg_backend_pid()"
        other.execute(sa.text(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {others}"))
    operator.dispose()

    assert count(postgres_engine) == 0


def test_nothing_is_opened_before_it_is_used(tmp_path: Path) -> None:
    engine = connect(f"sqlite:///{tmp_path}/folder/opportune.db")

    assert not (tmp_path / "folder").exists()
    with engine.connect():
        assert (tmp_path / "folder" / "opportune.db").exists()
    assert connect("postgresql://nobody@127.0.0.1:1/x").dialect.driver == "psycopg"
    engine.dispose()


def test_a_full_disk_is_an_error_and_what_was_kept_stays(sqlite_engine: Engine) -> None:
    save(sqlite_engine, make_programme())
    with sqlite_engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        connection.rollback()
        with pytest.raises(OperationalError, match="full"):
            connection.execute(
                sa.insert(Programme),
                [{"id": f"prg_{n}", "name": "x" * 190 + str(n), "created_at": NOW} for n in range(500)],
            )
        connection.rollback()
        connection.exec_driver_sql("PRAGMA max_page_count = 1000000")
        connection.rollback()

    assert count(sqlite_engine) == 1
    save(sqlite_engine, make_programme(id="prg_other", name="There is room again"))
    assert count(sqlite_engine) == 2


@pytest.mark.postgres
def test_a_turn_is_waited_for_as_long_as_it_says(postgres_engine: Engine) -> None:
    with writing(postgres_engine) as session:
        take_turn(session, "promotion")
        shown = [
            session.execute(sa.text(f"SHOW {name}")).scalar_one() for name in ("lock_timeout", "statement_timeout")
        ]
    assert shown == ["1min", "90s"], "a statement that ends sooner would end the wait"
