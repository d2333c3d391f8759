"""Co-mentors: who mentors a mentee, and who of the programme could."""

from fastapi import APIRouter, Response

from api.caller import Reader, Writer
from api.looking_up import mentee_or_404
from api.problems import Kind, Problem
from api.routes.mentees import mentee_view
from api.routes.shared import PAGE_AT_MOST, Cursor, Id, Limit, problems, split_page
from api.schemas.mentees import MenteeView, MentorChoice, MentorChoices
from api.service import ServiceDep
from catalog.audited import AuditAction
from catalog.database import reading, writing
from catalog.stores.audit import record
from catalog.stores.mentoring import LastMentor, NotInProgramme, add_mentor, possible_mentors, remove_mentor

router = APIRouter(prefix="/mentees/{mentee_id}/mentors", tags=["mentees"])


@router.get("", response_model=MentorChoices, responses=problems(Kind.NOT_FOUND, Kind.INVALID_CURSOR))
def list_possible_mentors(
    mentee_id: Id, caller: Reader, service: ServiceDep, limit: Limit = PAGE_AT_MOST, cursor: Cursor = None
) -> MentorChoices:
    """The mentors of the mentee's programme by name, each with whether they mentor this mentee."""
    filters = {"mentee": mentee_id}
    after = service.cursors.read(cursor, "possible-mentors", filters) if cursor else None
    with reading(service.engine) as session:
        mentee = mentee_or_404(session, caller, mentee_id)
        page, last = split_page(possible_mentors(session, mentee, limit=limit + 1, after=after), limit)
        items = [MentorChoice(id=mentor.id, name=mentor.name, mentoring=mentoring) for mentor, mentoring in page]
        following = service.cursors.make("possible-mentors", filters, last[0].id) if last else None
    return MentorChoices(items=items, next=following)


@router.put("/{mentor_id}", response_model=MenteeView, responses=problems(Kind.NOT_FOUND, Kind.CROSS_SITE))
def add_co_mentor(mentee_id: Id, mentor_id: Id, caller: Writer, service: ServiceDep, response: Response) -> MenteeView:
    """Let another mentor of the programme see this mentee and forward to them. Nothing changes if they do already."""
    with writing(service.engine) as session:
        mentee = mentee_or_404(session, caller, mentee_id, lock=True)
        try:
            added = add_mentor(session, mentee, mentor_id)
        except NotInProgramme as error:
            raise Problem(Kind.NOT_FOUND, "There is no such mentor in this mentee's programme.") from error
        if added:
            record(session, caller.actor, AuditAction.MENTEE_MENTOR_ADD, "mentee", mentee.id, now=service.clock())
        return mentee_view(session, mentee, response)


@router.delete("/{mentor_id}", status_code=204, responses=problems(Kind.NOT_FOUND, Kind.CONFLICT, Kind.CROSS_SITE))
def remove_co_mentor(mentee_id: Id, mentor_id: Id, caller: Writer, service: ServiceDep) -> None:
    """Let a mentor, or oneself, no longer see this mentee. What they forwarded stays. The last one cannot leave."""
    with writing(service.engine) as session:
        mentee = mentee_or_404(session, caller, mentee_id, lock=True)
        try:
            remove_mentor(session, mentee, mentor_id)
        except NotInProgramme as error:
            raise Problem(Kind.NOT_FOUND, "They do not mentor this mentee.") from error
        except LastMentor as error:
            raise Problem(Kind.CONFLICT, "This is the only mentor. Add another one first.") from error
        record(session, caller.actor, AuditAction.MENTEE_MENTOR_REMOVE, "mentee", mentee.id, now=service.clock())
