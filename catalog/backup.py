"""Backups: one file in one format for both engines, made of a live database and checked before it counts.

A backup is a SQLite file. Of a SQLite database it is the copy that SQLite's own backup interface
makes (a plain copy of a file in use loses rows that are still in its log); of PostgreSQL it is one
consistent view of all tables, so that a backup of either can be restored into either. It is
written beside its final name and renamed when it has been checked: half a file is never left.
Beside the backups lies the list of mentees who were erased, so that restoring an older backup does
not bring them back.
"""

import contextlib
import datetime as dt
import os
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy import Engine
from sqlalchemy.exc import DatabaseError

from catalog.copying import OnProgress, copy_rows, count_rows
from catalog.database import connect
from catalog.schema import revision_of, upgrade
from catalog.tables import Erasure

ERASED = "erased.txt"


class BackupFailed(RuntimeError):
    """No backup was made, or a file is not a whole one; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was checked: where it is, the step its schema is at, and how many rows each table has."""

    path: Path
    revision: str
    counts: Mapping[str, int] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        """All rows together."""
        return sum(self.counts.values())


def back_up(engine: Engine, folder: Path, *, now: dt.datetime, report: OnProgress = lambda _: None) -> Backup:
    """Copy a live database into a new file in `folder`, named by time. Raises BackupFailed."""
    revision = revision_of(engine)
    if revision is None:
        raise BackupFailed("there is nothing to back up: the database has never been set up")
    final = folder / f"opportune-{now:%Y%m%dT%H%M%S}Z.db"
    if final.exists():
        raise BackupFailed(f"{final} is there already; wait a second or choose another folder")
    half = final.with_suffix(".part")
    with _removed(half):
        folder.mkdir(parents=True, exist_ok=True)
        if engine.dialect.name == "sqlite":
            _copy_file(engine, half)
        else:
            _copy_tables(engine, half, revision, report)
        report("checking the copy")
        made = check_backup(half)
        if made.revision != revision:
            raise BackupFailed(f"the copy is at step {made.revision} and the database at {revision}")
        _remember_erased(engine, folder)
        _keep(half, final)
    return Backup(final, made.revision, made.counts)


def check_backup(path: Path) -> Backup:
    """Read a backup through: whole, every reference met, a known kind of file. Raises BackupFailed."""
    if not path.is_file():
        raise BackupFailed(f"there is no file {path}")
    try:
        with contextlib.closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            fault = connection.execute("PRAGMA integrity_check").fetchone()[0]
            broken = connection.execute("PRAGMA foreign_key_check").fetchall()
            steps = connection.execute("SELECT version_num FROM alembic_version").fetchall()
    except sqlite3.Error as error:
        raise BackupFailed(f"{path} is not a backup of Opportune: {error}") from error
    if fault != "ok":
        raise BackupFailed(f"{path} is damaged: {fault}")
    if broken:
        raise BackupFailed(f"{path} is not whole: {len(broken)} rows refer to rows that are not there")
    if len(steps) != 1:
        raise BackupFailed(f"{path} does not say which step its schema is at")
    engine = connect(f"sqlite:///{path}")
    try:
        with engine.execution_options(reading=True).connect() as connection_:
            counts = count_rows(connection_)
    finally:
        engine.dispose()
        _fold_log(path)
    return Backup(path, steps[0][0], counts)


def erased_mentees(engine: Engine) -> set[str]:
    """Identifiers of mentees who were erased, as far as this database knows; empty when it knows nothing."""
    if engine.dialect.name == "sqlite" and not Path(engine.url.database or "").exists():
        return set()
    try:
        with engine.execution_options(reading=True).connect() as connection:
            return set(connection.execute(sa.select(Erasure.__table__.c.mentee_id)).scalars())  # type: ignore[attr-defined]
    except DatabaseError:
        return set()


def erased_beside(path: Path) -> set[str]:
    """Identifiers of mentees who were erased, as the list in a backup's folder has them."""
    listed = path.parent / ERASED
    return set(listed.read_text("utf-8").split()) if listed.exists() else set()


def _copy_file(engine: Engine, half: Path) -> None:
    """By SQLite's backup interface, in one step: in smaller ones it would begin anew with every write."""
    database = engine.url.database
    assert database, "a SQLite database that is backed up is a file"
    with (
        contextlib.closing(sqlite3.connect(database, timeout=30)) as source,
        contextlib.closing(sqlite3.connect(half)) as target,
    ):
        source.backup(target, pages=-1)
    _fold_log(half)


def _copy_tables(engine: Engine, half: Path, revision: str, report: OnProgress) -> None:
    """One view of all tables, as of one moment, into a new file of the same step."""
    upgrade(f"sqlite:///{half}", revision)
    copy = connect(f"sqlite:///{half}")
    try:
        with engine.connect() as source:
            source = source.execution_options(isolation_level="REPEATABLE READ")
            source.execute(sa.text("SET TRANSACTION READ ONLY"))
            source.execute(sa.text("SET LOCAL statement_timeout = 0"))
            with copy.begin() as target:
                target.exec_driver_sql("DELETE FROM revision")
                counts = copy_rows(source, target, report)
        with copy.execution_options(reading=True).connect() as target:
            if count_rows(target) != counts:
                raise BackupFailed("the copy does not hold as many rows as were read; no backup was made")
    finally:
        copy.dispose()
    _fold_log(half)


def _fold_log(path: Path) -> None:
    """Make a SQLite database one file again: without a log beside it, it can be copied by hand."""
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")


def _remember_erased(engine: Engine, folder: Path) -> None:
    listed = folder / ERASED
    erased = erased_mentees(engine) | erased_beside(listed)
    half = listed.with_suffix(".part")
    half.write_text("".join(f"{one}\n" for one in sorted(erased)), "utf-8")
    _keep(half, listed)


def _keep(half: Path, final: Path) -> None:
    """Give a finished file its name, once it is safely on the disk. It is about people: its owner alone may read it."""
    half.chmod(0o600)
    with half.open("rb+") as file:
        os.fsync(file.fileno())
    half.replace(final)
    directory = os.open(final.parent, os.O_RDONLY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)


@contextlib.contextmanager
def _removed(half: Path) -> Iterator[None]:
    """Leave nothing of an unfinished file, whatever happens. Turns errors of disk and engine into BackupFailed."""
    try:
        yield
    except (OSError, sqlite3.Error, DatabaseError) as error:
        raise BackupFailed(f"no backup was made: {error}") from error
    finally:
        for leftover in half.parent.glob(f"{half.name}*"):
            if leftover.is_file():
                leftover.unlink()
