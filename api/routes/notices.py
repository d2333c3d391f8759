"""That a notice of change was seen to: the mentor passed it on, or knows it."""

from fastapi import APIRouter
from sqlmodel import Session

from api.caller import Caller, Writer
from api.problems import Kind, Problem
from api.routes.shared import Id, problems
from api.service import ServiceDep
from catalog.audited import AuditAction
from catalog.database import writing
from catalog.stores.audit import record
from catalog.stores.notices import find_notice, see_to
from catalog.tables import Notice

router = APIRouter(tags=["today"])


@router.post("/notices/{notice_id}/done", status_code=204, responses=problems(Kind.NOT_FOUND, Kind.CROSS_SITE))
def see_to_notice(notice_id: Id, caller: Writer, service: ServiceDep) -> None:
    """Note that I have seen to a change: passed it on, or know it; also to those it came after. Doing it twice does
    nothing more."""
    now = service.clock()
    with writing(service.engine) as session:
        notice = _notice_or_404(session, caller, notice_id)
        if see_to(session, caller.mentor.id, notice, now=now):
            record(session, caller.actor, AuditAction.NOTICE_DONE, "notice", notice_id, now=now)


@router.delete("/notices/{notice_id}/done", status_code=204, responses=problems(Kind.NOT_FOUND, Kind.CROSS_SITE))
def leave_notice_open(notice_id: Id, caller: Writer, service: ServiceDep) -> None:
    """Take back that I have seen to a change: it is shown again. Doing it twice does nothing more."""
    with writing(service.engine) as session:
        notice = _notice_or_404(session, caller, notice_id)
        if notice.done_at is not None:
            notice.done_at = None
            session.add(notice)
            record(session, caller.actor, AuditAction.NOTICE_UNDONE, "notice", notice_id, now=service.clock())


def _notice_or_404(session: Session, caller: Caller, notice_id: str) -> Notice:
    notice = find_notice(session, caller.mentor.id, notice_id)
    if notice is None:
        raise Problem(Kind.NOT_FOUND, "There is no such notice, or it is not yours.")
    return notice
