"""A cohort of mentees as a file: shown first what it would do, then done exactly so; and handed out again."""

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from sqlmodel import Session
from starlette.responses import Response, StreamingResponse

from api.caller import Caller, Reader, Writer
from api.languages import told
from api.problems import Kind, Problem, invalid, sentence
from api.routes.shared import problems
from api.schemas.imports import ImportCounts, ImportRow, ImportView, RemarkView
from api.schemas.shapes import Identifier
from api.service import Service, ServiceDep
from catalog.audited import AuditAction
from catalog.cohort.files import MOST_ROWS, SEPARATORS, NotACohort
from catalog.cohort.planning import plan_import
from catalog.cohort.plans import Action, Plan
from catalog.cohort.rows import Cohort, read_cohort
from catalog.cohort.table import cohort_csv, report_csv, template_csv
from catalog.database import reading, take_time, writing
from catalog.stores.audit import record, record_sights
from catalog.stores.cohort_changes import ChangedMeanwhile, carry_out, lock_cohort
from catalog.stores.cohorts import cohort, known_cohort, mentor_names
from catalog.stores.mentees import ProgrammeRefused, find_programme
from catalog.words import Role

router = APIRouter(prefix="/mentees", tags=["mentees"])
CSV = "text/csv"
_TAKEN = frozenset({CSV, "application/csv", "text/tab-separated-values", "application/vnd.ms-excel"})
"""What browsers call such a file; on Windows they call it Excel's."""
_FILE = {"type": "string", "description": "Columns as in the template; parted by commas, semicolons or tabs"}
_EXAMPLE = "name,email,stage,goal 1\nAmina Example,amina@students.example.org,medical_student,Learn to operate\n"
_TAKES_CSV = {"requestBody": {"required": True, "content": {CSV: {"schema": _FILE, "example": _EXAMPLE}}}}
_LOOK_AGAIN = "It would now do something else than was shown. Look again."
Programme = Annotated[Identifier | None, Query(description="Needed only if you are in several programmes")]


async def _file(request: Request) -> bytes:
    """The body, as a file of a table. Raises Problem (415) for another media type."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() not in _TAKEN:
        raise Problem(Kind.WRONG_MEDIA_TYPE, f"Send the file itself as the body, with `Content-Type: {CSV}`.")
    return await request.body()


def _csv_answer(what: str) -> dict[int | str, dict[str, Any]]:
    return {200: {"description": what, "content": {CSV: {"schema": {"type": "string"}}}}}


@router.get(
    "/imports/template",
    response_class=Response,
    responses=problems() | _csv_answer("All columns, with one invented row to be deleted"),
)
def get_cohort_template(caller: Reader) -> Response:
    """A file to fill in: every column there is, and one example row, which is refused if it is left in."""
    del caller
    return Response(template_csv(), media_type=CSV, headers=_saved_as("mentees-template.csv"))


@router.post(
    "/imports",
    response_model=ImportView,
    responses=problems(
        Kind.CHANGED_MEANWHILE, Kind.CROSS_SITE, Kind.TOO_LARGE, Kind.WRONG_MEDIA_TYPE, Kind.MALFORMED_REQUEST
    )
    | {
        200: {
            "description": "What it does. As `text/csv`, if asked for: a line for each remark",
            "content": {CSV: {"schema": {"type": "string"}}},
        }
    },
    openapi_extra=_TAKES_CSV,
)
def import_cohort(
    request: Request,
    caller: Writer,
    service: ServiceDep,
    content: Annotated[bytes, Depends(_file)],
    programme_id: Programme = None,
    apply: Annotated[
        str | None, Query(max_length=64, pattern="^[0-9a-f]+$", description="`mark` of what was shown: do that")
    ] = None,
) -> Any:
    """Show what a file of mentees would do, row by row; with `apply`, do it.

    A mentee is known by the address of e-mail, else by the name. An empty cell leaves a fact as it
    is, `unknown` says that it is not known. Rows with a problem are left out, the others are taken
    in one transaction. 412 says that since it was shown somebody changed what it is about. Sent again after it was
    done, it changes nothing. `Accept: text/csv` gives the remarks as a table.
    """
    try:
        sent = _Sent(content, read_cohort(content), programme_id)
    except NotACohort as error:
        raise invalid("", str(error), "not_a_cohort") from error
    if apply is None:
        plan, done = _what_it_would_do(service, caller, sent), False
    else:
        plan, done = _do_as_shown(service, caller, sent, apply)
    if CSV in request.headers.get("accept", ""):
        return StreamingResponse(report_csv(plan, told), media_type=CSV, headers=_saved_as("mentees-report.csv"))
    return _view(plan, sent.cohort, applied=done)


@dataclass(frozen=True, slots=True)
class _Sent:
    """A file as it came and as it was read, and the programme that was named with it."""

    content: bytes
    cohort: Cohort
    programme_id: str | None


def _what_it_would_do(service: Service, caller: Caller, sent: _Sent) -> Plan:
    with reading(service.engine) as session:
        take_time(session)
        return _plan(session, caller, sent)


def _do_as_shown(service: Service, caller: Caller, sent: _Sent, mark: str) -> tuple[Plan, bool]:
    """Do what was shown under this mark, and say whether there was anything left to do.

    Raises Problem (412) where it would now do something else.
    """
    with writing(service.engine) as session:
        take_time(session)
        lock_cohort(session, _programme(session, caller, sent.programme_id))
        plan = _plan(session, caller, sent)
        if plan.idle:
            return plan, False
        if plan.mark != mark:
            raise Problem(Kind.CHANGED_MEANWHILE, _LOOK_AGAIN)
        try:
            carry_out(session, plan, actor=caller.actor, mentor_id=caller.mentor.id, now=service.clock())
        except ChangedMeanwhile as error:
            raise Problem(Kind.CHANGED_MEANWHILE, _LOOK_AGAIN) from error
        return plan, True


@router.get(
    "/export",
    response_class=Response,
    responses=problems(Kind.CONFLICT) | _csv_answer("The mentees with their live goals, as the import reads them"),
)
def export_cohort(
    caller: Reader,
    service: ServiceDep,
    programme_id: Programme = None,
    archived: bool = Query(False, description="Those that are archived instead"),
) -> Response:
    """My mentees as a file, which read back changes nothing. One programme at a time, at most 10,000."""
    with reading(service.engine) as session:
        programme = _programme(session, caller, programme_id)
        mentees = list(cohort(session, caller.viewer, programme, archived=archived)) if programme else []
        names = mentor_names(session, mentees, programme)
    if len(mentees) > MOST_ROWS:
        raise Problem(
            Kind.CONFLICT, f"These are more than {MOST_ROWS:,} mentees; `opportune mentees export` gives all."
        )
    with writing(service.engine) as session:
        now = service.clock()
        record(session, caller.actor, AuditAction.COHORT_EXPORT, "programme", programme or "", now=now)
        record_sights(session, caller.actor, [one.id for one in mentees], now=now)
    return Response("".join(cohort_csv(mentees, names)), media_type=CSV, headers=_saved_as("mentees.csv"))


def _saved_as(name: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{name}"'}


def _programme(session: Session, caller: Caller, programme_id: str | None) -> str | None:
    try:
        return find_programme(session, caller.viewer, programme_id)
    except ProgrammeRefused as error:
        raise invalid("query/programme_id", sentence(error)) from error


def _plan(session: Session, caller: Caller, sent: _Sent) -> Plan:
    """A mentor mentors whom they bring; a coordinator only those for whom the file names nobody."""
    programme, me = _programme(session, caller, sent.programme_id), caller.mentor.id
    always = me if caller.mentor.role is Role.MENTOR else None
    known = known_cohort(session, caller.viewer, programme, otherwise=me, always=always)
    return plan_import(sent.content, sent.cohort, known)


def _view(plan: Plan, found: Cohort, *, applied: bool) -> ImportView:
    counts = plan.counts
    return ImportView(
        applied=applied,
        mark=plan.mark,
        programme_id=plan.programme_id,
        encoding=found.encoding,
        separator=SEPARATORS[found.separator],
        columns=list(found.columns),
        counts=ImportCounts(**{action.value: counts[action] for action in Action}),
        remarks=[RemarkView.model_validate(remark) for remark in found.remarks],
        rows=[ImportRow.model_validate(row) for row in plan.rows],
    )
