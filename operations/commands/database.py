"""`opportune db`: upgrade, check, back up, restore, copy and export the database."""

import datetime as dt
import sys
from pathlib import Path
from typing import Annotated, Any

import typer
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from catalog.backup import Backup, BackupFailed, back_up, check_backup
from catalog.copying import NotCopied, count_rows
from catalog.database import reading, writing
from catalog.export import export_lines
from catalog.old_backups import forget_old_backups
from catalog.restoring import Restored, RestoreRefused, restore
from catalog.schema import SchemaMismatch, check_schema, newest_revision, revision_of, upgrade
from catalog.stores.audit import record_backup
from operations.commands.database_copy import copy_command
from operations.helpful_commands import CommandGroup
from operations.opening import database, fail, fails_on, messages, reachable, read_settings
from operations.telling import Json, tell

app = CommandGroup("Upgrade, check, back up, restore, copy or export the database.")


@app.command("upgrade")
def upgrade_command(json: Json = False) -> None:
    """Bring the database to the newest step; the first time, make it. Doing it twice does nothing more.

    Back up first: steps are not taken back. Example: opportune db backup backups && opportune db upgrade
    """
    settings = read_settings()
    with reachable(settings) as engine, messages.status("upgrading the database"):
        before = revision_of(engine)
        engine.dispose()
        with fails_on(SchemaMismatch):
            after = upgrade(settings.url)
    came = f", from {before}" if before else ", and new"
    sentence = f"the database {f'was at step {after} already' if before == after else f'is at step {after} now{came}'}"
    tell({"from": before, "to": after}, sentence, as_json=json)


@app.command("check")
def check_command(json: Json = False) -> None:
    """Check the database: its step, and on SQLite the whole file. Ends with 1 when something is wrong.

    Example: opportune db check
    """
    with reachable(read_settings()) as engine:
        with fails_on(SchemaMismatch):
            check_schema(engine)
        with messages.status("checking"), engine.execution_options(reading=True).connect() as connection:
            if engine.dialect.name == "sqlite":
                _check_file(connection)
            counts = count_rows(connection)
    tell({"step": newest_revision(), "rows": counts}, f"step {newest_revision()}, {sum(counts.values()):,} rows",
         as_json=json)  # fmt: skip
    if not json:
        _show(counts)


def _check_file(connection: Connection) -> None:
    """Read the whole of a SQLite file, and end the command where it is not as it was written."""
    try:
        fault = connection.exec_driver_sql("PRAGMA integrity_check").scalar_one()
    except DBAPIError as error:
        raise fail(f"the file is damaged: {error.orig}; restore a backup") from error
    if fault != "ok":
        raise fail(f"the file is damaged: {fault}; restore a backup")
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    if broken:
        raise fail(f"{len(broken)} rows refer to rows that are not there; restore a backup")


@app.command("backup")
def backup_command(
    folder: Annotated[Path, typer.Argument(help="Where backups are kept")] = Path("backups"),
    keep_days: Annotated[
        int | None, typer.Option(min=1, help="Then delete backups in FOLDER that are older than so many days")
    ] = None,
    json: Json = False,
) -> None:
    """Copy the live database into FOLDER, checked, under a name with the time. Works while the service runs.

    One format for both engines: a backup of either can be restored into either. Who was erased is still in older
    backups: keep none for longer than you may. Example: opportune db backup /var/backups/opportune --keep-days 30
    """
    now = dt.datetime.now(dt.UTC)
    with reachable(read_settings()) as engine, messages.status("backing up") as status:
        with fails_on(BackupFailed, NotCopied):
            made = back_up(engine, folder, now=now, report=status.update)
        _note(engine, now)
    _describe(made, as_json=json)
    if not json:
        typer.echo(made.path)
    if keep_days is not None:
        _forget(folder, now, keep_days)


def _note(engine: Engine, now: dt.datetime) -> None:
    """Let the metrics know. A database that is away or older than this version was backed up all the same."""
    try:
        with writing(engine) as session:
            record_backup(session, now=now)
    except SQLAlchemyError as error:
        messages.print(f"the backup is made, but could not be noted in the database ({type(error).__name__})")


def _forget(folder: Path, now: dt.datetime, keep_days: int) -> None:
    """Delete the backups that are too old, and say which."""
    try:
        for old in forget_old_backups(folder, now=now, days=keep_days):
            messages.print(f"deleted {old}, which is older than {keep_days} days")
    except OSError as error:
        raise fail(f"the backup was made, but an old one could not be deleted: {error}") from error


@app.command("restore")
def restore_command(
    file: Annotated[Path, typer.Argument(help="A backup", show_default=False)],
    verify: Annotated[bool, typer.Option("--verify", help="Only check the backup; restore nothing")] = False,
    force: Annotated[bool, typer.Option("--force", help="Replace a database that is not empty")] = False,
    json: Json = False,
) -> None:
    """Put a backup back, brought to the newest step. Stop the service first.

    Mentees who were erased after the backup was made are erased again. A SQLite file that is replaced
    is set aside and not deleted. Example: opportune db restore backups/opportune-20270301T021500Z.db
    """
    if verify:
        with messages.status("checking the backup"), fails_on(BackupFailed):
            found = check_backup(file)
        _describe(found, as_json=json)
        return
    settings = read_settings()
    with messages.status("restoring") as status, fails_on(RestoreRefused, BackupFailed, NotCopied, SchemaMismatch):
        try:
            done = restore(file, settings.url, now=dt.datetime.now(dt.UTC), force=force, report=status.update)
        except (DBAPIError, OSError, UnicodeDecodeError) as error:
            raise fail(f"nothing was restored: {getattr(error, 'orig', error)}") from error
    _describe_restored(done, as_json=json)


def _describe_restored(done: Restored, *, as_json: bool) -> None:
    aside = str(done.set_aside) if done.set_aside else None
    _describe(done.backup, as_json=as_json, erased_again=done.erased_again, set_aside=aside)
    if done.erased_again:
        messages.print(f"{done.erased_again} mentees who had been erased since are erased again")
    if done.set_aside:
        messages.print(f"the database that was there is now {done.set_aside}; delete it when you no longer need it")


@app.command("export")
def export_command(
    file: Annotated[Path | None, typer.Argument(help="Where to write; standard output if left out")] = None,
    people: Annotated[bool, typer.Option("--people", help="Mentors, mentees and forwards too")] = False,
) -> None:
    """Write the catalogue as JSON lines, one object each with its `type`. Holds nothing about people unless asked.

    Example: opportune db export catalogue.jsonl
    """
    with database() as engine, reading(engine) as session, messages.status("exporting") as status:
        if file is None:
            for line in export_lines(session, people=people):
                sys.stdout.write(line + "\n")
            return
        half = file.with_name(f"{file.name}.part")
        written = 0
        try:
            with half.open("w", encoding="utf-8") as output:
                for written, line in enumerate(export_lines(session, people=people), start=1):
                    output.write(line + "\n")
                    if written % 1000 == 0:
                        status.update(f"exporting: {written:,} rows")
            half.replace(file)
        except OSError as error:
            half.unlink(missing_ok=True)
            raise fail(f"nothing was exported: {error}") from error
    messages.print(f"{written:,} rows in {file}")


app.command("copy")(copy_command)


def _describe(backup: Backup, *, as_json: bool, **also: Any) -> None:
    said = {"path": str(backup.path), "step": backup.revision, "rows": dict(backup.counts), **also}
    tell(said, f"{backup.path}: whole, at step {backup.revision}, {backup.rows:,} rows", as_json=as_json)
    if not as_json:
        _show(dict(backup.counts))


def _show(counts: dict[str, int]) -> None:
    for name, count in counts.items():
        if count:
            messages.print(f"  {name:18} {count:>9,}")
