"""Where I am signed in, and signing me out there."""

from typing import Annotated

from fastapi import APIRouter, Query

from api.caller import Caller, Reader, Writer, people_only
from api.problems import Kind, Problem
from api.routes.shared import Id, problems
from api.schemas.access import SessionPage, SessionView
from api.service import ServiceDep
from catalog.audited import AuditAction
from catalog.database import reading, writing
from catalog.stores import sign_in
from catalog.stores.audit import record
from catalog.tables import SignInSession

router = APIRouter(tags=["signing in"])
KeepCurrent = Annotated[bool, Query(description="Everywhere else: the session that asks goes on")]


@router.get("/sessions", response_model=SessionPage, responses=problems())
def list_sessions(caller: Reader, service: ServiceDep) -> SessionPage:
    """Where I am signed in."""
    with reading(service.engine) as session:
        rows = sign_in.sessions_of(session, caller.mentor.id, now=service.clock())
        return SessionPage(items=[_session_view(row, caller) for row in rows])


@router.delete("/sessions", status_code=204, responses=problems(Kind.CROSS_SITE))
def end_all_sessions(caller: Writer, service: ServiceDep, keep_current: KeepCurrent = False) -> None:
    """Sign me out everywhere, in browsers and front ends elsewhere; keys are not sessions, and stay."""
    people_only(caller)
    now = service.clock()
    with writing(service.engine) as session:
        sign_in.close_sessions_of(session, caller.mentor.id, now=now, but=caller.credential_id if keep_current else "")
        record(session, caller.actor, AuditAction.SESSION_CLOSE_ALL, "mentor", caller.mentor.id, now=now)


@router.delete("/sessions/{session_id}", status_code=204, responses=problems(Kind.NOT_FOUND, Kind.CROSS_SITE))
def end_session(session_id: Id, caller: Writer, service: ServiceDep) -> None:
    """Sign one of my browsers out. Not for programs: a key that leaked must not shut its person out."""
    people_only(caller)
    now = service.clock()
    with writing(service.engine) as session:
        if not sign_in.close_session(session, session_id, mentor_id=caller.mentor.id, now=now):
            raise Problem(Kind.NOT_FOUND)
        record(session, caller.actor, AuditAction.SESSION_CLOSE, "session", session_id, now=now)


def _session_view(row: SignInSession, caller: Caller) -> SessionView:
    return SessionView(**row.model_dump(), current=caller.via != "key" and row.id == caller.credential_id)
