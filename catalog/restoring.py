"""Putting a backup back: into SQLite by a new file in the old one's place, into PostgreSQL in one transaction.

Either the whole backup is there afterwards or the database is as it was. An older backup is
brought to the newest step first. Mentees who were erased after the backup was made are erased again.
"""

import contextlib
import datetime as dt
import glob
import os
import shutil
import sqlite3
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import OperationalError
from sqlmodel import col, select

from catalog.backup import Backup, BackupFailed, check_backup, erased_beside, erased_mentees
from catalog.copying import OnProgress, copy_rows, count_rows, plain_tables
from catalog.database import APPLICATION, connect, writing
from catalog.schema import SchemaMismatch, upgrade
from catalog.stores.erasure import erase_mentee
from catalog.tables import Erasure, Mentee

LEAVES_WITHIN = 3.0
"""Seconds that PostgreSQL may take to notice that a process which ended is no longer connected."""


class RestoreRefused(RuntimeError):
    """Nothing was restored; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put back, how many mentees were erased again, and where the old SQLite file went."""

    backup: Backup
    erased_again: int
    set_aside: Path | None = None


def restore(
    path: Path, url: str, *, now: dt.datetime, force: bool = False, report: OnProgress = lambda _: None
) -> Restored:
    """Put the backup at `path` into the database at `url`. Raises RestoreRefused or BackupFailed.

    A database that holds rows is replaced with `force` only; a SQLite file is then set aside, not deleted.
    """
    report("checking the backup")
    backup = check_backup(path)
    engine = connect(url)
    try:
        _refuse_to_overwrite(engine, force)
        if engine.dialect.name == "postgresql":
            _refuse_while_served(engine)
        erased = erased_mentees(engine) | erased_beside(path)
        with _upgraded_copy(path, engine) as copy:
            again = _erase_again(copy, erased, now)
            if engine.dialect.name == "sqlite":
                copy.dispose()
                set_aside = _take_place(Path(copy.url.database or ""), Path(engine.url.database or ""), engine, now)
            else:
                upgrade(url)
                _fill(copy, engine, report)
                set_aside = None
        return Restored(backup, again, set_aside)
    finally:
        engine.dispose()


def _refuse_to_overwrite(engine: Engine, force: bool) -> None:
    if engine.dialect.name == "sqlite" and not Path(engine.url.database or "").exists():
        return
    with engine.execution_options(reading=True).connect() as connection:
        held = {name: count for name, count in count_rows(connection).items() if count and name != "revision"}
    if held and not force:
        most = sorted(held, key=lambda name: -held[name])[:3]
        words = ", ".join(f"{held[name]:,} in {name}" for name in most)
        raise RestoreRefused(f"the database is not empty ({words}): back it up, then restore with --force")


@contextlib.contextmanager
def _upgraded_copy(path: Path, engine: Engine) -> Iterator[Engine]:
    """A working copy of the backup at the newest step, beside where it will go."""
    beside = Path(engine.url.database or "").parent if engine.dialect.name == "sqlite" else path.parent
    working = beside / f"{path.stem}.restoring"
    try:
        beside.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, working)
        try:
            upgrade(f"sqlite:///{working}")
        except SchemaMismatch as error:
            raise RestoreRefused(f"{path} cannot be restored by this version: {error}") from error
        copy = connect(f"sqlite:///{working}")
        try:
            yield copy
        finally:
            copy.dispose()
    except OSError as error:
        raise RestoreRefused(f"nothing was restored: {error}") from error
    finally:
        for leftover in working.parent.glob(f"{glob.escape(working.name)}*"):
            leftover.unlink()


def _erase_again(copy: Engine, erased: set[str], now: dt.datetime) -> int:
    """Erase in the working copy whom the backup still knows, and keep the list of all who were erased."""
    with writing(copy) as session:
        back = session.exec(select(Mentee).where(col(Mentee.id).in_(erased)).order_by(Mentee.id)).all()
        for mentee in back:
            erase_mentee(session, mentee, now=now)
        known = set(session.exec(select(Erasure.mentee_id)))
        session.add_all(Erasure(mentee_id=one, erased_at=now) for one in sorted(erased - known))
    return len(back)


def _take_place(working: Path, final: Path, engine: Engine, now: dt.datetime) -> Path | None:
    """Put the working copy where the database was. Refused while a service has it open."""
    _make_one_file(working)
    aside = None
    if final.exists():
        engine.dispose()
        try:
            _make_one_file(final)
        except sqlite3.OperationalError as error:
            raise RestoreRefused(f"{final} is in use ({error}): stop the service, then restore") from error
        except sqlite3.DatabaseError:
            for log in (final.with_name(f"{final.name}-wal"), final.with_name(f"{final.name}-shm")):
                log.unlink(missing_ok=True)  # a damaged database is what a backup is for
        aside = final.with_name(f"{final.name}.before-{now:%Y%m%dT%H%M%S}Z")
        _name_also(final, aside)
    working.replace(final)
    return aside


def _name_also(final: Path, aside: Path) -> None:
    """Under both names until a new one takes the first: whoever is killed in between has a database."""
    try:
        os.link(final, aside)
    except FileExistsError:
        raise
    except OSError:  # a file system that knows no second names
        final.replace(aside)


def _make_one_file(path: Path) -> None:
    """Fold the log into the file. SQLite refuses while any other connection is open."""
    with contextlib.closing(sqlite3.connect(path, timeout=1)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")


def _fill(copy: Engine, engine: Engine, report: OnProgress) -> None:
    """Replace all rows on PostgreSQL in one transaction."""
    with copy.execution_options(reading=True).connect() as source, engine.begin() as target:
        target.execute(sa.text("SET LOCAL statement_timeout = 0"))
        try:
            target.execute(sa.text(f"TRUNCATE {', '.join(_quoted(target))}"))
        except OperationalError as error:
            raise RestoreRefused(f"the database is in use ({error.orig}): stop the service, then restore") from error
        counts = copy_rows(source, target, report)
        if count_rows(target) != counts:
            raise BackupFailed("not every row arrived; the database is as it was")


def _refuse_while_served(engine: Engine) -> None:
    """A service that was not stopped would go on with the calls it has read. One that has just ended is waited for."""
    give_up = time.monotonic() + LEAVES_WITHIN
    others = (
        sa.select(sa.func.count())
        .select_from(sa.table("pg_stat_activity"))
        .where(
            sa.column("datname") == sa.func.current_database(),
            sa.column("application_name") == APPLICATION,
            sa.column("pid") != sa.func.pg_backend_pid(),
        )
    )
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        while there := connection.execute(others).scalar_one():
            if time.monotonic() > give_up:
                raise RestoreRefused(f"the database is in use ({there} connections): stop the service, then restore")
            time.sleep(0.1)


def _quoted(connection: Connection) -> list[str]:
    quote = connection.dialect.identifier_preparer.quote
    return [quote(table.name) for table in plain_tables()]
