"""`opportune mentees`: a cohort from a file, and back into one."""

import datetime as dt
import sys
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table
from sqlalchemy import Engine
from sqlmodel import Session, select

from catalog.audited import AuditAction
from catalog.cohort.files import NotACohort
from catalog.cohort.planning import plan_import
from catalog.cohort.plans import Action, Plan
from catalog.cohort.remarks import Level
from catalog.cohort.rows import Cohort, read_cohort
from catalog.cohort.table import cohort_csv, report_csv, template_csv
from catalog.database import reading, take_time, writing
from catalog.stores.accounts import mentor_by_email
from catalog.stores.audit import Actor, record
from catalog.stores.cohort_changes import ChangedMeanwhile, carry_out, lock_cohort
from catalog.stores.cohorts import cohort, known_cohort, mentor_names
from catalog.stores.visibility import Viewer
from catalog.tables import Programme
from catalog.words import Role
from operations.helpful_commands import CommandGroup
from operations.opening import database, fail, messages, show
from operations.telling import Json, tell_json

app = CommandGroup("Take in a cohort of mentees from a file, or write one.")
_ACTOR = Actor("command")
_EVERYBODY = Viewer("", Role.ADMINISTRATOR)
_SHOWN = 40
ProgrammeOption = Annotated[str | None, typer.Option(help="Its name or identifier; needed if there are several")]


@app.command("import")
def import_command(
    file: Annotated[Path, typer.Argument(help="A CSV file: the first line names the columns", show_default=False)],
    programme: ProgrammeOption = None,
    mentor: Annotated[
        str | None, typer.Option(help="Address of who mentors those for whom the file names nobody")
    ] = None,
    apply: Annotated[bool, typer.Option("--apply", help="Do it; otherwise it is only shown")] = False,
    report: Annotated[Path | None, typer.Option(help="Write every row's remarks into this CSV file")] = None,
    json: Json = False,
) -> None:
    """Show what a file of mentees would do, row by row; with --apply, do it.

    Exit codes: 3 some rows cannot be taken.

    Example: opportune mentees import cohort.csv --programme "Lakeside mentoring" --mentor ada@example.org
    """
    content, found = _read(file)
    with database() as engine:
        plan = _planned(engine, content, found, programme, mentor, apply=apply)
    if json:
        tell_json(_as_json(found, plan, applied=apply))
    else:
        _tell(found, plan)
    if report is not None:
        report.write_text("".join(report_csv(plan)), "utf-8", newline="")
    _tell_whether_done(plan, applied=apply)
    if plan.counts[Action.CANNOT]:
        raise typer.Exit(3)


def _read(file: Path) -> tuple[bytes, Cohort]:
    try:
        content = file.read_bytes()
        return content, read_cohort(content)
    except OSError as error:
        raise fail(f"{file} cannot be read: {error.strerror}") from error
    except NotACohort as error:
        raise fail(f"{file}: {error}") from error


def _tell_whether_done(plan: Plan, *, applied: bool) -> None:
    if applied:
        messages.print("Done." if not plan.idle else "There was nothing to do.")
    elif not plan.idle:
        messages.print("Nothing was changed. Say --apply to do this.")


def _planned(
    engine: Engine, content: bytes, found: Cohort, programme: str | None, mentor: str | None, *, apply: bool
) -> Plan:
    with (writing if apply else reading)(engine) as session:
        take_time(session)
        programme_id = _programme(session, programme)
        mentor_id = _mentor(session, mentor)
        if apply:
            lock_cohort(session, programme_id)
        plan = plan_import(content, found, known_cohort(session, _EVERYBODY, programme_id, otherwise=mentor_id))
        if apply and not plan.idle:
            try:
                carry_out(session, plan, actor=_ACTOR, mentor_id=mentor_id, now=dt.datetime.now(dt.UTC))
            except ChangedMeanwhile as error:
                raise fail(f"nothing was done: {error}; do it again") from error
        return plan


@app.command("export")
def export_command(
    programme: ProgrammeOption = None,
    archived: Annotated[bool, typer.Option("--archived", help="Those that are archived instead")] = False,
) -> None:
    """Write a programme's mentees as CSV to standard output. Read back, it changes nothing.

    Example: opportune mentees export --programme "Lakeside mentoring" > cohort.csv
    """
    with database() as engine:
        with reading(engine) as session:
            programme_id = _programme(session, programme)
            mentees = list(cohort(session, _EVERYBODY, programme_id, archived=archived))
            names = mentor_names(session, mentees, programme_id)
        with writing(engine) as session:
            record(session, _ACTOR, AuditAction.COHORT_EXPORT, "programme", programme_id, now=dt.datetime.now(dt.UTC))
    sys.stdout.buffer.write("".join(cohort_csv(mentees, names)).encode())


@app.command("template")
def template_command() -> None:
    """Write an empty file with every column and one example row to standard output.

    Example: opportune mentees template > cohort.csv
    """
    sys.stdout.buffer.write(template_csv().encode())


def _programme(session: Session, said: str | None) -> str:
    there = session.exec(select(Programme.id, Programme.name).order_by(Programme.name)).all()
    found = [one for one in there if said is None or said in one]
    if len(found) == 1:
        return found[0][0]
    if not there:
        raise fail("there is no programme yet; the first mentee that somebody adds makes one")
    names = ", ".join(name for _, name in there[:20])
    raise fail(f"{'there is no such programme' if said else 'say --programme'}; there are: {names}")


def _mentor(session: Session, said: str | None) -> str | None:
    if said is None:
        return None
    mentor = mentor_by_email(session, said)
    if mentor is None or not mentor.active:
        raise fail("there is no active account with this address; `opportune accounts list` shows them")
    return mentor.id


def _as_json(found: Cohort, plan: Plan, *, applied: bool) -> dict[str, Any]:
    return {
        "applied": applied and not plan.idle,
        "counts": {action.value: plan.counts[action] for action in Action},
        "remarks": [{"level": one.level, "detail": one.detail} for one in found.remarks],
        "rows": [
            {"line": row.line, "name": row.name, "what": one.level, "column": one.column, "detail": one.detail}
            for row in plan.rows
            for one in row.remarks
        ],
    }


def _tell(found: Cohort, plan: Plan) -> None:
    for remark in found.remarks:
        messages.print(f"{remark.level}: {remark.detail}", markup=False)
    table = Table("line", "name", "what", "column", "detail", box=None)
    said = [
        (row, remark)
        for row in plan.rows
        for remark in row.remarks
        if remark.level is not Level.READ_AS or len(plan.rows) <= _SHOWN
    ]
    for row, remark in said[:_SHOWN]:
        table.add_row(str(row.line), row.name, remark.level.value, remark.column, remark.detail)
    if said:
        show(table)
    if len(said) > _SHOWN:
        messages.print(f"and {len(said) - _SHOWN:,} further remarks: --report FILE writes all")
    counts = plan.counts
    typer.echo(", ".join(f"{counts[action]:,} {action.value}" for action in Action))
