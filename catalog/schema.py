"""The shape of the database: bringing it up to date, and refusing one that this program does not know.

An upgrade is one transaction on both engines, so that one that is killed has not happened. Two
that start together wait for each other.
"""

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import OperationalError

from catalog.database import connect
from catalog.releases import let_go_on, may_go_on

if TYPE_CHECKING:  # Alembic is loaded where a database is upgraded: every process asks which step it is at
    from alembic.config import Config

_ONE_UPGRADE = 0x6F70706F7274  # "opport": the advisory lock that an upgrade holds on PostgreSQL
_WAIT_SECONDS = 60
_VERSION = sa.table("alembic_version", sa.column("version_num"))
COPYING = "copying"
"""The revision of a database into which another is being copied (`catalog.moving`)."""


class SchemaMismatch(RuntimeError):
    """The database is not of the shape this program works with; the message says what to do."""


def configuration(connection: Connection | None = None) -> "Config":
    """Alembic's configuration for our history, on `connection` if it is to run."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "catalog:migrations")
    config.attributes["connection"] = connection
    return config


def newest_revision() -> str:
    """The revision that this program works with."""
    return _history()[-1]


@cache
def _history() -> tuple[str, ...]:
    """Every step this program knows, oldest first: they are one line, and each file begins with its step's name."""
    names = (file.name for file in (files("catalog") / "migrations" / "versions").iterdir())
    return tuple(sorted(name.partition("_")[0] for name in names if name.endswith(".py")))


def revision_of(engine: Engine) -> str | None:
    """The database's revision, or None when it has never been upgraded."""
    with engine.execution_options(reading=True).connect() as connection:
        return _revision_on(connection)


def _revision_on(connection: Connection) -> str | None:
    if not sa.inspect(connection).has_table(_VERSION.name):
        return None
    found: str | None = connection.execute(sa.select(_VERSION)).scalar_one_or_none()
    return found


def check_schema(engine: Engine) -> None:
    """Raise SchemaMismatch unless the database has the shape this program works with, or lets it go on."""
    with engine.execution_options(reading=True).connect() as connection:
        found = _revision_on(connection)
        if found in _history() or found in (None, COPYING) or not may_go_on(connection, newest_revision()):
            _check_revision(found)


def _check_revision(found: str | None) -> None:
    newest = newest_revision()
    if found == newest:
        return
    if found is None:
        raise SchemaMismatch("the database is empty or not Opportune's: run `opportune db upgrade` to set it up")
    if found == COPYING:
        raise SchemaMismatch("a copy into this database was not finished: run the same `opportune db copy` again")
    if found in _history():
        raise SchemaMismatch(
            f"the database is at step {found} and this version needs {newest}: "
            "run `opportune db backup`, then `opportune db upgrade`"
        )
    raise SchemaMismatch(
        f"the database is at step {found}, which this version (up to {newest}) does not know: "
        "it was upgraded by a newer version; install that one, or restore the backup made before the upgrade"
    )


def upgrade(url: str, revision: str = "head") -> str:
    """Bring the database at `url` to the newest step; the revision it then has. Doing it twice does nothing more.

    Raises SchemaMismatch for a database that a newer version has upgraded.
    """
    from alembic import command

    engine = _upgrading_engine(url)
    try:
        with engine.begin() as connection:
            _wait_for_others(connection)
            found = _revision_on(connection)
            if found is not None and found not in _history():
                _check_revision(found)
            command.upgrade(configuration(connection), revision)
            if revision in ("head", newest_revision()):
                let_go_on(connection, _history())
            _check_references(connection)
    finally:
        engine.dispose()
    return newest_revision() if revision == "head" else revision


def _upgrading_engine(url: str) -> Engine:
    """An engine on which tables can be copied: with foreign keys on, SQLite's DROP TABLE deletes what refers to it."""
    engine = connect(url)
    if engine.dialect.name == "sqlite":

        @event.listens_for(engine, "connect")
        def _without_foreign_keys(connection, _record) -> None:  # type: ignore[no-untyped-def]
            connection.execute("PRAGMA foreign_keys=OFF")
            connection.execute(f"PRAGMA busy_timeout={_WAIT_SECONDS * 1000}")

    return engine


def _wait_for_others(connection: Connection) -> None:
    """Let one upgrade run at a time. SQLite has waited already, at BEGIN IMMEDIATE."""
    if connection.dialect.name != "postgresql":
        return
    connection.execute(sa.text(f"SET LOCAL lock_timeout = '{_WAIT_SECONDS}s'"))
    connection.execute(sa.text("SET LOCAL statement_timeout = 0"))
    try:
        connection.execute(sa.text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ONE_UPGRADE})
    except OperationalError as error:
        raise SchemaMismatch(f"another upgrade has been running for {_WAIT_SECONDS} s; try again later") from error
    connection.execute(sa.text("SET LOCAL lock_timeout = '5s'"))


def _check_references(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
        if broken:
            raise SchemaMismatch(f"the upgrade was not kept: {len(broken)} rows refer to rows that do not exist")
