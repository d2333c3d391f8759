"""Invitations: who is to join, and taking one back. Taking one up is in `api.routes.access`."""

from fastapi import APIRouter
from sqlmodel import Session, col

from api.caller import Administrator, Caller, administrators_only, people_only
from api.inviting import hand_over
from api.problems import Kind, Problem, invalid
from api.routes.shared import PAGE_AT_MOST, Id, problems
from api.schemas.administration import InvitationBody, InvitationPage, InvitationView, NewInvitationView
from api.service import ServiceDep
from catalog.audited import AuditAction
from catalog.database import reading, writing
from catalog.stores import accounts, invitations, outbox, programmes
from catalog.stores.audit import record
from catalog.tables import Invitation, ProgrammeMentor
from catalog.words import Role

router = APIRouter(prefix="/invitations", tags=["administration"])


@router.get("", response_model=InvitationPage, responses=problems())
def list_invitations(caller: Administrator, service: ServiceDep) -> InvitationPage:
    """The newest hundred invitations that can still be taken up, in the programmes I administer."""
    with reading(service.engine) as session:
        mine = programmes.administered(col(Invitation.programme_id), caller.viewer)
        found = invitations.open_invitations(session, now=service.clock(), programmes=mine, limit=PAGE_AT_MOST)
        return InvitationPage(items=[InvitationView.model_validate(row) for row in found])


@router.post(
    "",
    response_model=NewInvitationView,
    status_code=201,
    responses=problems(
        Kind.CONFLICT, Kind.NOT_FOUND, Kind.EMAIL_NOT_POSSIBLE, Kind.MAIL_QUOTA_USED, Kind.CROSS_SITE, body=True
    ),
)
def invite_mentor(body: InvitationBody, caller: Administrator, service: ServiceDep) -> NewInvitationView:
    """Invite somebody by a link that works once, for seven days. An older one of theirs to this programme ends.

    Coordinators invite into their own programmes; only administrators invite administrators. A program may have
    mentors invited by mail, but is shown no link and invites nobody above a mentor. A coordinator is not told
    whether an address has an account elsewhere: such an account is offered a place, taken up with its own password.
    """
    _check_may_invite(caller, body)
    now = service.clock()
    with writing(service.engine) as session:
        if body.programme_id and programmes.find_programme(session, caller.viewer, body.programme_id) is None:
            raise Problem(Kind.NOT_FOUND, "There is no such programme, or it is not yours.")
        _check_new(session, caller, body)
        row, token = invitations.invite(
            session,
            email=body.email,
            now=now,
            role=body.role,
            programme_id=body.programme_id,
            invited_by=caller.mentor.id,
            known_too=caller.mentor.role is not Role.ADMINISTRATOR,
        )
        programme = body.programme_id
        record(session, caller.actor, AuditAction.ACCOUNT_INVITE, "invitation", row.id, now=now, programme_id=programme)
        return hand_over(session, service, caller, row, token, body.deliver)


def _check_may_invite(caller: Caller, body: InvitationBody) -> None:
    if body.deliver == "link" or body.role is not Role.MENTOR:
        people_only(caller)  # a key would take the link up itself, and be a person from then on
    if body.role is Role.ADMINISTRATOR:
        administrators_only(caller)
    if body.programme_id is None:
        if body.role is Role.COORDINATOR:
            raise invalid("/programme_id", "A coordinator is one of a programme: name it.", "missing")
        if caller.mentor.role is not Role.ADMINISTRATOR:
            raise invalid("/programme_id", "Name one of your programmes.", "missing")


def _check_new(session: Session, caller: Caller, body: InvitationBody) -> None:
    """Raise Problem where the address has an account that the caller may know of.

    A coordinator learns nothing of who has an account elsewhere: there the account is offered a place instead.
    """
    try:
        address = accounts.normalised_email(body.email)
    except accounts.AccountRefused as error:
        raise invalid("/email", "This is not an e-mail address.") from error
    found = accounts.mentor_by_email(session, address)
    if found is None:
        return
    if body.programme_id and session.get(ProgrammeMentor, (body.programme_id, found.id)) is not None:
        raise Problem(Kind.CONFLICT, "They are in this programme already. An administrator can reset their password.")
    if caller.mentor.role is Role.ADMINISTRATOR:
        raise Problem(
            Kind.CONFLICT, "This address has an account. An administrator can take it into a programme, or reset it."
        )


@router.delete("/{invitation_id}", status_code=204, responses=problems(Kind.NOT_FOUND, Kind.CROSS_SITE))
def take_back_invitation(invitation_id: Id, caller: Administrator, service: ServiceDep) -> None:
    """Take an invitation back: its link no longer works, and a mail that has not left is not sent."""
    now = service.clock()
    with writing(service.engine) as session:
        mine = programmes.administered(col(Invitation.programme_id), caller.viewer)
        if not invitations.withdraw_invitation(session, invitation_id, now=now, programmes=mine):
            raise Problem(Kind.NOT_FOUND, "There is no such invitation, or it was taken up.")
        outbox.cancel_by_key(session, invitations.invitation_key(invitation_id), now=now)
        record(session, caller.actor, AuditAction.ACCOUNT_UNINVITE, "invitation", invitation_id, now=now)
