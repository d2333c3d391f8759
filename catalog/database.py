"""Opening the database: an engine with the promises each dialect needs, and the check of its schema.

SQLite: WAL with `synchronous=FULL` keeps every commit through a power cut; writers begin with
`BEGIN IMMEDIATE`, since a read that turns into a write fails at once under WAL
(SQLITE_BUSY_SNAPSHOT) whatever the busy time-out. What is deleted is overwritten, not only unlinked:
it may be about a person. PostgreSQL: time-outs, so that a locked table becomes an error that can
be answered, and where somebody waits an end to silence (`catalog.silence`). Errors do not tell the
values of a statement: they are logged.
"""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy import Engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError
from sqlmodel import Session

from catalog.same_file import follow_by_name
from catalog.turns import Turns

_TURNS, _PATIENCE, _REST = "opportune_turns", "opportune_patience", "opportune_rest"
_POSTGRES_OPTIONS = "-c statement_timeout=30000 -c lock_timeout=5000 -c idle_in_transaction_session_timeout=60000"
_WHILE_SOMEBODY_WAITS = "-c statement_timeout=2500 -c lock_timeout=2000 -c idle_in_transaction_session_timeout=30000"
SILENT_FOR = 4.0
"""Seconds without an answer after which nobody waits on: longer than a statement may last while somebody does."""
APPLICATION = "opportune"
"""How PostgreSQL's pg_stat_activity names our connections, unless the address names them otherwise."""
_SILENCE = {"keepalives_idle": 10, "keepalives_interval": 3, "keepalives_count": 3, "tcp_user_timeout": 5000}


def connect(url: str, *, patience: float = 5.0, answering: bool = False) -> Engine:
    """An engine for `url`. Nothing is opened, and for SQLite no folder made, until it is used. Raises ArgumentError.

    patience: seconds to wait for SQLite's one writer, and behind other threads of this process twice as long at the
    most, both waits together. A person at the page wants an answer soon; a crawl can wait. answering: somebody waits
    for an answer, so that PostgreSQL gives up within three seconds.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        return _connect_sqlite(parsed, patience)
    if parsed.get_backend_name() not in ("postgres", "postgresql"):
        raise ArgumentError(f"{parsed.get_backend_name()} is no database for this: sqlite or postgresql")
    return _connect_postgresql(parsed, answering=answering)


def _connect_postgresql(url: sa.URL, *, answering: bool) -> Engine:
    options = _WHILE_SOMEBODY_WAITS if answering else _POSTGRES_OPTIONS
    engine = sa.create_engine(
        url.set(drivername="postgresql+psycopg"),
        pool_pre_ping=True,
        pool_size=10,
        max_overflow=10,
        pool_timeout=2 if answering else 30,
        hide_parameters=True,
        connect_args={
            "options": options,
            "connect_timeout": 2 if answering else 5,
            "fallback_application_name": APPLICATION,
            **_SILENCE,
        },
    )
    if answering:
        from catalog.silence import end_after_silence  # with PostgreSQL's driver, which SQLite does not wait for

        end_after_silence(engine, SILENT_FOR)
    return engine


def take_time(session: Session, seconds: int = 60) -> None:
    """Let the statements of this transaction last so long, for work that nobody waits for."""
    if session.get_bind().dialect.name == "postgresql":
        from catalog.silence import wait_for

        session.execute(sa.text(f"SET LOCAL statement_timeout = '{seconds}s'"))
        wait_for(session.connection().connection.dbapi_connection, seconds + SILENT_FOR)


def _connect_sqlite(url: sa.URL, patience: float) -> Engine:
    engine = sa.create_engine(
        url,
        hide_parameters=True,
        connect_args={"timeout": patience, "check_same_thread": False},
        execution_options={_TURNS: Turns(), _PATIENCE: patience},
    )

    if (file := sqlite_file(engine)) is not None:
        event.listen(engine, "do_connect", lambda *_: _make_folder(file))
        follow_by_name(engine, file)
    event.listen(engine, "connect", lambda connection, _record: _promise(connection, patience))
    event.listen(engine, "begin", lambda connection: _begin(connection, patience))
    return engine


def _make_folder(file: Path) -> None:
    with suppress(OSError):  # SQLite says that it cannot open its file
        file.parent.mkdir(parents=True, exist_ok=True)


def _promise(connection: sqlite3.Connection, patience: float) -> None:
    """What every connection keeps to."""
    connection.isolation_level = None  # the driver's own BEGIN would come too late; see _begin
    cursor = connection.cursor()
    for pragma in (
        f"busy_timeout={int(patience * 1000)}",
        "synchronous=FULL",
        "foreign_keys=ON",
        "secure_delete=ON",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    _write_ahead(cursor, patience)
    cursor.close()


def _begin(connection: sa.Connection, patience: float) -> None:
    """Writers take the lock at once: one that reads first could not have it later."""
    options = connection.get_execution_options()
    if (rest := options.get(_REST)) is not None:
        return _begin_within(connection, rest, patience)
    connection.exec_driver_sql("BEGIN" if options.get("reading") else "BEGIN IMMEDIATE")


def _begin_within(connection: sa.Connection, rest: float, patience: float) -> None:
    """Begin to write if the lock comes within `rest` seconds; then the connection is as patient as before."""
    connection.exec_driver_sql(f"PRAGMA busy_timeout={int(rest * 1000)}").close()
    try:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    finally:
        connection.exec_driver_sql(f"PRAGMA busy_timeout={int(patience * 1000)}").close()


def sqlite_file(engine: Engine) -> Path | None:
    """Where a SQLite database lies; None on PostgreSQL and in memory."""
    name = engine.url.database
    return Path(name) if engine.dialect.name == "sqlite" and name and name != ":memory:" else None


def _write_ahead(cursor: sqlite3.Cursor, patience: float) -> None:
    """Set the mode once for all: setting it takes a lock for which SQLite does not wait, whatever the time-out."""
    give_up = time.monotonic() + patience
    while cursor.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
            return  # a database in memory keeps its own mode, and says so
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > give_up:
                raise
            time.sleep(0.02)  # another sets it at this moment


@contextmanager
def writing(engine: Engine) -> Iterator[Session]:
    """One transaction that may write: committed at the end, rolled back if anything is raised."""
    with _turn(engine) as rest:
        bound = engine if rest is None else engine.execution_options(**{_REST: rest})
        with Session(bound) as session, session.begin():
            yield session


def fold_log(engine: Engine) -> bool:
    """Fold SQLite's log into the file and empty it, so that no old page stays there after something was erased.

    False when somebody was still reading an older view; the next fold, or closing the database, does it.
    """
    if engine.dialect.name != "sqlite":
        return True
    connection = engine.raw_connection()
    try:
        busy, *_ = connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return not busy
    finally:
        connection.close()


@contextmanager
def _turn(engine: Engine) -> Iterator[float | None]:
    """One writer of this process at a time on SQLite, in the order in which they came.

    Whoever waits in vain for twice as long as for the database goes on and lets that decide. Gives how many seconds
    the database may be waited for still, where that is less than its patience.
    """
    options = engine.get_execution_options()
    turns: Turns | None = options.get(_TURNS)
    if turns is None:
        yield None
        return
    patience: float = options[_PATIENCE]
    give_up = time.monotonic() + 2 * patience
    taken = turns.take(2 * patience)
    rest = max(0.0, give_up - time.monotonic())
    try:
        yield rest if rest < patience else None
    finally:
        if taken:
            turns.give_back()


@contextmanager
def reading(engine: Engine) -> Iterator[Session]:
    """One consistent view, which on SQLite does not wait for writers. Nothing written in it is kept."""
    with Session(engine.execution_options(reading=True)) as session:
        yield session
