"""Addresses that mail came back from: put on the list by hand, since providers report it late, and lifted once mended.

No address is part of an address here: one stands in a body, or follows from whom the path names.
"""

from fastapi import APIRouter
from sqlmodel import Session

from api.caller import Administrator, Caller, Writer
from api.looking_up import mentee_or_404
from api.problems import Kind, Problem
from api.routes.shared import Id, problems
from api.schemas.bounces import BouncesBody, BouncesNoted
from api.service import ServiceDep
from catalog.audited import AuditAction
from catalog.database import writing
from catalog.stores.audit import record
from catalog.stores.bounces import note_bounces, of_others, plain, record_bounces
from catalog.stores.suppressions import lift_bounce, suppress
from catalog.words import SuppressionReason

router = APIRouter(tags=["subscriptions"])


@router.post("/bounces", response_model=BouncesNoted, responses=problems(Kind.CROSS_SITE, body=True))
def report_bounces(body: BouncesBody, caller: Administrator, service: ServiceDep) -> BouncesNoted:
    """Write to these addresses no more: what your mail provider reports after it took a message.

    Administrators may name any address, coordinators those of the mentees and mentors in their programmes. What is
    queued for them is not sent; mentees show `no_mail`, and mentors see it in `GET /v1/me`.
    """
    now = service.clock()
    with writing(service.engine) as session:
        found = note_bounces(session, body.addresses, caller.viewer, now=now)
        record_bounces(session, caller.actor, found, now=now)
        return BouncesNoted(results=[bounce.result for bounce in found])


@router.put(
    "/mentees/{mentee_id}/bounce",
    status_code=204,
    responses=problems(Kind.NOT_FOUND, Kind.CONFLICT, Kind.CROSS_SITE),
)
def note_mentee_bounce(mentee_id: Id, caller: Writer, service: ServiceDep) -> None:
    """Write to a mentee's address no more: your provider told you that mail to it came back. Doing it twice does
    nothing more.

    409 where the mentee has no address, and where somebody whom you may not see has the same one: mail is stopped by
    the address, whoever has it, so then an administrator decides.
    """
    now = service.clock()
    with writing(service.engine) as session:
        mentee = mentee_or_404(session, caller, mentee_id, lock=True)
        if not mentee.email:
            raise Problem(Kind.CONFLICT, "This mentee has no address.")
        _check_theirs(session, caller, mentee.email)
        suppress(session, mentee.email, SuppressionReason.BOUNCED, now=now)
        record(session, caller.actor, AuditAction.MENTEE_BOUNCE, "mentee", mentee_id, now=now)


@router.delete(
    "/mentees/{mentee_id}/bounce",
    status_code=204,
    responses=problems(Kind.NOT_FOUND, Kind.CONFLICT, Kind.CROSS_SITE),
)
def lift_mentee_bounce(mentee_id: Id, caller: Writer, service: ServiceDep) -> None:
    """Write to a mentee's address again that bounced and was mended since. Who unsubscribed is left in peace.

    409 where nothing bounced, where they want no mail, and where somebody whom you may not see has the same address:
    then an administrator decides.
    """
    with writing(service.engine) as session:
        mentee = mentee_or_404(session, caller, mentee_id, lock=True)
        _check_theirs(session, caller, mentee.email or "")
        if not mentee.email or not lift_bounce(session, mentee.email):
            raise Problem(Kind.CONFLICT, "Mail to this mentee did not bounce, or they want none.")
        record(session, caller.actor, AuditAction.MENTEE_BOUNCE_LIFT, "mentee", mentee_id, now=service.clock())


@router.delete("/me/bounce", status_code=204, responses=problems(Kind.CONFLICT, Kind.CROSS_SITE))
def lift_my_bounce(caller: Writer, service: ServiceDep) -> None:
    """Write to my own address again, from which mail came back: `no_mail` of `GET /v1/me` says so. The digest comes
    again with the next day that has one. 409 where nothing bounced."""
    with writing(service.engine) as session:
        if not lift_bounce(session, caller.mentor.email):
            raise Problem(Kind.CONFLICT, "Mail to you did not bounce.")
        record(session, caller.actor, AuditAction.MENTOR_BOUNCE_LIFT, "mentor", caller.mentor.id, now=service.clock())


def _check_theirs(session: Session, caller: Caller, address: str) -> None:
    """Mail is stopped by the address, whoever has it. Raises Problem (409) where the caller may not see all of them."""
    if of_others(session, [plain(address)], caller.viewer):
        raise Problem(Kind.CONFLICT, "Only an administrator decides about mail to this address.")
