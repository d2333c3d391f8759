"""A mentor's word on a condition that only one opportunity asks for, so that no fact of the mentee can tell."""

import datetime as dt

from fastapi import APIRouter

from api.caller import Reader, Writer
from api.looking_up import mentee_or_404, opportunity_or_404
from api.problems import Kind, Problem, invalid
from api.routes.shared import Cursor, Id, Limit, problems, split_page
from api.schemas.confirmations import ConfirmationBody, ConfirmationPage, ConfirmationView, ConfirmedCondition
from api.service import ServiceDep
from api.views.opportunities import Now, forwarded_view
from api.views.people import person
from catalog.audited import AuditAction
from catalog.database import reading, writing
from catalog.stores.audit import record
from catalog.stores.confirmations import ConfirmationWithNames, confirm, confirmations_of, take_back
from catalog.tables import Confirmation, Mentor, Opportunity

router = APIRouter(prefix="/mentees/{mentee_id}/confirmations", tags=["mentees"])


@router.get("", response_model=ConfirmationPage, responses=problems(Kind.NOT_FOUND, Kind.INVALID_CURSOR))
def list_confirmations(
    mentee_id: Id, caller: Reader, service: ServiceDep, limit: Limit = 50, cursor: Cursor = None
) -> ConfirmationPage:
    """What mentors confirmed of a mentee, newest first, each with its opportunity and whether it counts still."""
    filters = {"mentee": mentee_id}
    position = service.cursors.read(cursor, "confirmations", filters) if cursor else None
    after = (dt.datetime.fromisoformat(position[0]), position[1]) if position else None
    with reading(service.engine) as session:
        mentee = mentee_or_404(session, caller, mentee_id)
        page, last = split_page(confirmations_of(session, mentee.id, limit=limit + 1, after=after), limit)
        key = [last[0].created_at.isoformat(), last[0].id] if last else None
        following = service.cursors.make("confirmations", filters, key) if key else None
        now = Now(service.clock(), service.closing_soon)
        return ConfirmationPage(items=[_listed(row, now) for row in page], next=following)


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
        if not _asks(opportunity, body.quote):
            raise invalid("/quote", "The opportunity asks nothing in these words, or no longer.")
        made, is_new = confirm(session, mentee, **body.model_dump(), mentor_id=caller.mentor.id, now=now)
        if is_new:
            record(session, caller.actor, AuditAction.CONFIRMATION_CREATE, "mentee", mentee.id, now=now)
        return _view(made, session.get(Mentor, made.mentor_id) if made.mentor_id else None)


@router.delete("/{confirmation_id}", status_code=204, responses=problems(Kind.NOT_FOUND, Kind.CROSS_SITE))
def take_back_confirmation(mentee_id: Id, confirmation_id: Id, caller: Writer, service: ServiceDep) -> None:
    """Take such a word back, also a co-mentor's: it is unknown again."""
    with writing(service.engine) as session:
        mentee = mentee_or_404(session, caller, mentee_id, lock=True)
        if not take_back(session, mentee, confirmation_id):
            raise Problem(Kind.NOT_FOUND, "There is no such confirmation about this mentee.")
        record(session, caller.actor, AuditAction.CONFIRMATION_UNDO, "mentee", mentee.id, now=service.clock())


def _asks(opportunity: Opportunity, quote: str) -> bool:
    return quote in [one.quote for one in opportunity.requirements]


def _view(row: Confirmation, by: Mentor | None) -> ConfirmationView:
    return ConfirmationView(**row.model_dump(exclude={"mentor_id"}), confirmed_by=person(by))


def _listed(row: ConfirmationWithNames, now: Now) -> ConfirmedCondition:
    made, opportunity, by = row
    return ConfirmedCondition(
        **_view(made, by).model_dump(),
        counts=_asks(opportunity, made.quote),
        opportunity=forwarded_view(opportunity, now),
    )
