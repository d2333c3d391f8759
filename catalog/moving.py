"""A whole database into another, on whichever engines they are: in batches, resumable, and compared at the end.

Each batch is written together with how far the copy has got, so that one that was killed goes on where it was.
Until everything has been compared the target is marked as unfinished, and no service takes it for a database.
Rows are compared by checksums that depend neither on their order nor on the engine.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DataError, IntegrityError

from catalog.checksums import Compared, batches_of, summed
from catalog.copying import count_rows, plain_tables
from catalog.schema import COPYING, newest_revision, revision_of, upgrade

_progress = sa.Table(
    "opportune_copy",
    sa.MetaData(),
    sa.Column("source", sa.Text, primary_key=True),
    sa.Column("table_name", sa.Text, nullable=False),  # what is being copied; "" before the first
    sa.Column("last_key", sa.Text, nullable=False),  # of that table, as a JSON list; "" before its first row
)


class CopyRefused(RuntimeError):
    """Nothing more was copied; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Step:
    """How far a copy has got. `doing`: "copying" or "comparing"."""

    doing: str
    table: str
    done: int
    total: int


OnStep = Callable[[Step], None]


def move(source: Engine, target: Engine, report: OnStep = lambda _: None) -> list[Compared]:
    """Copy every row of `source` into `target`, which is new, empty or an unfinished copy of the same source.

    Returns what was compared. Raises CopyRefused or SchemaMismatch; what was copied until then stays for the next run.
    """
    if _named(source) == _named(target):
        raise CopyRefused("the source and the target are the same database")
    _check_source(source)
    _begin(source, target)
    with _one_view(source) as view:
        for table, wanted in _left(view, target):
            _copy(view, target, table, wanted, _named(source), report)
        found = _compare(view, target, report)
    _finish(target)
    return found


def _check_source(source: Engine) -> None:
    found = revision_of(source)
    if found is None:
        raise CopyRefused(f"there is nothing to copy: {_named(source)} has never been set up")
    if found != newest_revision():
        raise CopyRefused(
            f"the source is at step {found} and this version works with {newest_revision()}: "
            "upgrade it (`opportune db upgrade`) or use the version that made it"
        )


def _begin(source: Engine, target: Engine) -> None:
    """Make the target ready: new, or gone on with."""
    found = revision_of(target)
    if found == COPYING:
        with target.connect() as connection:
            begun = connection.execute(sa.select(_progress.c.source)).scalar_one()
        if begun != _named(source):
            raise CopyRefused(f"the target holds an unfinished copy of {begun}: finish that, or take an empty database")
        return
    if found not in (None, newest_revision()):
        raise CopyRefused(
            f"the target is at step {found} and this version works with {newest_revision()}: take an empty database"
        )
    if found is None:
        upgrade(target.url.render_as_string(hide_password=False))
    with target.begin() as connection:
        held = {name: count for name, count in count_rows(connection).items() if count and name != "revision"}
        if held:
            most = sorted(held, key=lambda name: -held[name])[:3]
            words = ", ".join(f"{held[name]:,} in {name}" for name in most)
            raise CopyRefused(f"the target is not empty ({words}): nothing is overwritten, take an empty database")
        _progress.create(connection)
        connection.execute(sa.insert(_progress).values(source=_named(source), table_name="", last_key=""))
        connection.execute(sa.text("DELETE FROM revision"))
        connection.execute(sa.text("UPDATE alembic_version SET version_num = :mark"), {"mark": COPYING})


def _left(view: Connection, target: Engine) -> Iterator[tuple[sa.Table, int]]:
    """The tables that are not copied to their end, parents first, with how many rows each has in the source."""
    tables = plain_tables()
    with target.connect() as connection:
        begun = connection.execute(sa.select(_progress.c.table_name)).scalar_one()
    names = [table.name for table in tables]
    counts = count_rows(view)
    for table in tables[names.index(begun) if begun else 0 :]:
        yield table, counts[table.name]


def _copy(view: Connection, target: Engine, table: sa.Table, total: int, source: str, report: OnStep) -> None:
    key = list(table.primary_key.columns)
    with target.connect() as connection:
        begun, written = connection.execute(sa.select(_progress.c.table_name, _progress.c.last_key)).one()
        done = connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()
    last = written if begun == table.name else ""
    before = (begun, written)
    for batch in batches_of(view, table, json.loads(last) if last else None):
        last = json.dumps([batch[-1][column.name] for column in key])
        try:
            with target.begin() as connection:
                _no_time_limit(connection)
                connection.execute(sa.insert(table), batch)
                moved = connection.execute(
                    sa.update(_progress)
                    .where(_progress.c.source == source, _progress.c.table_name == before[0])
                    .where(_progress.c.last_key == before[1])
                    .values(table_name=table.name, last_key=last)
                )
                if moved.rowcount != 1:
                    raise CopyRefused("another copy writes into the target: wait until it has ended")
        except (IntegrityError, DataError) as error:
            raise CopyRefused(
                f"the target does not take rows of {table.name} after {done:,}: {error.orig}. If the source was "
                "written to since this copy was begun, begin anew with an empty target while nothing writes to it"
            ) from error
        before = (table.name, last)
        done += len(batch)
        report(Step("copying", table.name, done, total))


def _compare(view: Connection, target: Engine, report: OnStep) -> list[Compared]:
    found = []
    with _one_view(target) as copy:
        counts = count_rows(view)
        for table in plain_tables():
            there, here = summed(view, table), summed(copy, table)
            report(Step("comparing", table.name, there.rows, counts[table.name]))
            if there != here:
                raise CopyRefused(
                    f"{table.name} is not the same in both ({there.rows:,} rows in the source, {here.rows:,} in the "
                    "target): the source was written to since this copy was begun; begin anew with an empty target "
                    "while nothing writes to the source"
                )
            found.append(there)
    return found


def _finish(target: Engine) -> None:
    """Take the mark away: from now on it is a database like any other. What fails here is done by the next run."""
    with target.begin() as connection:
        _no_time_limit(connection)
        if target.dialect.name == "postgresql":
            connection.execute(sa.text("ANALYZE"))
        _progress.drop(connection)
        connection.execute(sa.text("UPDATE alembic_version SET version_num = :step"), {"step": newest_revision()})


@contextmanager
def _one_view(engine: Engine) -> Iterator[Connection]:
    """One consistent view of a database that may be in use meanwhile."""
    if engine.dialect.name == "sqlite":
        with engine.execution_options(reading=True).connect() as connection:
            yield connection
        return
    with engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
        connection.execute(sa.text("SET TRANSACTION READ ONLY"))
        _no_time_limit(connection)
        yield connection


def _no_time_limit(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(sa.text("SET LOCAL statement_timeout = 0"))
        connection.execute(sa.text("SET LOCAL idle_in_transaction_session_timeout = 0"))


def _named(engine: Engine) -> str:
    """The database's address without the password; a file's by its whole path."""
    url = engine.url
    if engine.dialect.name == "sqlite" and url.database:
        return f"sqlite:///{Path(url.database).resolve()}"
    return url.set(password=None).render_as_string()
