"""A mentor's word on a condition that only one opportunity asks for, so that no fact of the mentee can tell."""

from fastapi import APIRouter

from api.caller import Writer
from api.looking_up import mentee_or_404, opportunity_or_404
from api.problems import Kind, Problem, invalid
from api.routes.shared import Id, problems
from api.schemas.mentees import ConfirmationBody, ConfirmationView
from api.service import ServiceDep
from api.views.people import person
from catalog.audited import AuditAction
from catalog.database import writing
from catalog.stores.audit import record
from catalog.stores.confirmations import confirm, take_back
from catalog.tables import Mentor

router = APIRouter(prefix="/mentees/{mentee_id}/confirmations", tags=["mentees"])


@router.post(
    "",
    response_model=ConfirmationView,
    status_code=201,
    responses=problems(Kind.NOT_FOUND, Kind.CROSS_SITE, body=True),
)
def confirm_requirement(mentee_id: Id, body: ConfirmationBody, caller: Writer, service: ServiceDep) -> ConfirmationView:
    """Say that a mentee meets a condition. Where no fact tells, verdicts then rest on it and say so.

    What a fact rules out stays ruled out. Saying it again changes nothing.
    """
    now = service.clock()
    with writing(service.engine) as session:
        mentee = mentee_or_404(session, caller, mentee_id, lock=True)
        opportunity = opportunity_or_404(session, body.opportunity_id)
        if body.quote not in [one.quote for one in opportunity.requirements]:
            raise invalid("/quote", "The opportunity asks nothing in these words, or no longer.")
        made, is_new = confirm(session, mentee, **body.model_dump(), mentor_id=caller.mentor.id, now=now)
        if is_new:
            record(session, caller.actor, AuditAction.CONFIRMATION_CREATE, "mentee", mentee.id, now=now)
        by = session.get(Mentor, made.mentor_id) if made.mentor_id else None
        return ConfirmationView(**made.model_dump(exclude={"mentor_id"}), confirmed_by=person(by))


@router.delete("/{confirmation_id}", status_code=204, responses=problems(Kind.NOT_FOUND, Kind.CROSS_SITE))
def take_back_confirmation(mentee_id: Id, confirmation_id: Id, caller: Writer, service: ServiceDep) -> None:
    """Take such a word back, also a co-mentor's: it is unknown again."""
    with writing(service.engine) as session:
        mentee = mentee_or_404(session, caller, mentee_id, lock=True)
        if not take_back(session, mentee, confirmation_id):
            raise Problem(Kind.NOT_FOUND, "There is no such confirmation about this mentee.")
        record(session, caller.actor, AuditAction.CONFIRMATION_UNDO, "mentee", mentee.id, now=service.clock())
