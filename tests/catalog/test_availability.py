"""Which errors of a database pass, and are worth a later try: each raised by the engine itself, none made up."""

import secrets
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection, Engine
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from catalog.availability import code_of, passes, told
from catalog.database import connect

Does = Callable[[Connection], object]


def says(statement: str) -> Does:
    return lambda connection: connection.exec_driver_sql(statement)


def idle(setting: str) -> Does:
    def lie_idle(connection: Connection) -> None:
        connection.exec_driver_sql(f"SET {setting} = 20")
        time.sleep(0.2)
        connection.exec_driver_sql("SELECT 1")

    return lie_idle


def failing(engine: Engine, does: Does) -> SQLAlchemyError:
    with pytest.raises(SQLAlchemyError) as failed, engine.begin() as connection:
        does(connection)
    return failed.value


def several(*statements: str) -> Does:
    return lambda connection: [connection.exec_driver_sql(one) for one in statements]


MANY_COLUMNS = ", ".join(f"c{number} int" for number in range(1700))
PASS_ON_POSTGRESQL = {
    "57014 a statement that lasts": several("SET LOCAL statement_timeout = 20", "SELECT pg_sleep(5)"),
    "25P03 a transaction that lies idle": idle("idle_in_transaction_session_timeout"),
    "25P04 a transaction that lasts": idle("transaction_timeout"),
    "57P01 a server that is stopped": several("SELECT pg_terminate_backend(pg_backend_pid())", "SELECT 1"),
    "25006 a server that only reads": several("SET TRANSACTION READ ONLY", "DELETE FROM programme"),
}
STAY_ON_POSTGRESQL = {
    "42P01 a table that is not there": says("SELECT * FROM nothing_of_the_kind"),
    "22012 a value that cannot be": says("SELECT 1 / 0"),
    "54011 more than any server takes": says(f"CREATE TABLE wide ({MANY_COLUMNS})"),
}
PASS_ON_SQLITE = {
    "SQLITE_READONLY a file that cannot be written": several("PRAGMA query_only = 1", "DELETE FROM programme"),
}
STAY_ON_SQLITE = {"SQLITE_ERROR a table that is not there": says("SELECT * FROM nothing_of_the_kind")}


@pytest.mark.postgres
@pytest.mark.parametrize("what", [*PASS_ON_POSTGRESQL, *STAY_ON_POSTGRESQL])
def test_postgresql_in_trouble_is_told_from_a_fault_of_ours(postgres_engine: Engine, what: str) -> None:
    error = failing(postgres_engine, {**PASS_ON_POSTGRESQL, **STAY_ON_POSTGRESQL}[what])
    assert (code_of(error), passes(error)) == (what.split()[0], what in PASS_ON_POSTGRESQL)


@pytest.mark.parametrize("what", [*PASS_ON_SQLITE, *STAY_ON_SQLITE])
def test_sqlite_in_trouble_is_told_from_a_fault_of_ours(sqlite_engine: Engine, what: str) -> None:
    error = failing(sqlite_engine, {**PASS_ON_SQLITE, **STAY_ON_SQLITE}[what])
    assert (code_of(error), passes(error)) == (what.split()[0], what in PASS_ON_SQLITE)


@pytest.mark.postgres
def test_a_server_with_too_many_connections_and_one_that_is_away_pass(
    postgres_engine: Engine, postgres_url: str
) -> None:
    name, password = f"crowded_{secrets.token_hex(4)}", secrets.token_hex(8)
    with postgres_engine.begin() as connection:
        connection.exec_driver_sql(f"CREATE ROLE {name} LOGIN CONNECTION LIMIT 0 PASSWORD '{password}'")
    theirs = make_url(postgres_url).set(username=name, password=password)
    for url, said in ((theirs, "too many connections"), (theirs.set(port=1), "refused")):
        engine = connect(url.render_as_string(hide_password=False), answering=True)
        error = failing(engine, says("SELECT 1"))
        engine.dispose()
        assert passes(error)
        assert said in told(error)
    with postgres_engine.begin() as connection:
        connection.exec_driver_sql(f"DROP ROLE {name}")


def test_a_locked_file_and_one_that_cannot_be_opened_pass(sqlite_engine: Engine, tmp_path: Path) -> None:
    hasty = connect(str(sqlite_engine.url), patience=0.0)
    with sqlite_engine.begin():
        busy = failing(hasty, says("SELECT 1"))
    hasty.dispose()
    (tmp_path / "folder.db").mkdir()
    away = connect(f"sqlite:///{tmp_path}/folder.db")
    unopened = failing(away, says("SELECT 1"))
    assert [(code_of(one), passes(one)) for one in (busy, unopened)] == [
        ("SQLITE_BUSY", True),
        ("SQLITE_CANTOPEN", True),
    ]
    assert told(busy) == "OperationalError: database is locked"


def test_a_damaged_file_does_not_pass(tmp_path: Path) -> None:
    path = tmp_path / "damaged.db"
    path.write_bytes(b"no database at all " * 100)
    assert not passes(failing(connect(f"sqlite:///{path}"), says("SELECT 1")))


@pytest.mark.postgres
def test_what_is_logged_of_trouble_holds_no_value(postgres_engine: Engine) -> None:
    def by_value(connection: Connection) -> None:
        connection.exec_driver_sql("CREATE TEMP TABLE kept (name text PRIMARY KEY)")
        connection.exec_driver_sql("INSERT INTO kept VALUES ('Quillfeather')")
        connection.exec_driver_sql("INSERT INTO kept VALUES ('Quillfeather')")

    error = failing(postgres_engine, by_value)
    assert "Quillfeather" in str(error)
    assert told(error) == "UniqueViolation"
    assert told(sa.exc.TimeoutError("the pool is full")) == "TimeoutError: the pool is full"
