"""Who I am, and my own settings."""

from dataclasses import replace

from fastapi import APIRouter, Response

from api.caller import Reader, Writer
from api.problems import Kind
from api.routes.shared import IfMatch, check_version, problems
from api.schemas.access import Me, MePatch
from api.service import ServiceDep
from api.views.me import me_view
from catalog.audited import AuditAction
from catalog.database import reading, writing
from catalog.stores.audit import record
from catalog.tables import Mentor

router = APIRouter(tags=["signing in"])


@router.get("/me", response_model=Me, responses=problems())
def get_me(caller: Reader, service: ServiceDep, response: Response) -> Me:
    """Who I am, what I may do, and what this installation can do."""
    response.headers["ETag"] = f'"{caller.mentor.version}"'
    with reading(service.engine) as session:
        return me_view(session, service, caller)


@router.patch(
    "/me",
    response_model=Me,
    responses=problems(Kind.CHANGED_MEANWHILE, Kind.VERSION_MISSING, Kind.CROSS_SITE, body=True),
)
def update_me(body: MePatch, caller: Writer, service: ServiceDep, response: Response, if_match: IfMatch = None) -> Me:
    """Change my name or settings. Needs If-Match: another window of mine, or an administrator, may be at it too."""
    changes = {name: value for name, value in body.model_dump(exclude_unset=True).items() if value is not None}
    with writing(service.engine) as session:
        mentor = session.get_one(Mentor, caller.mentor.id, with_for_update=True)
        check_version(if_match, mentor.version)
        for name, value in changes.items():
            setattr(mentor, name, value)
        mentor.version += 1
        session.add(mentor)
        record(session, caller.actor, AuditAction.MENTOR_CHANGE, "mentor", mentor.id, now=service.clock())
        session.flush()
        session.refresh(mentor)
        response.headers["ETag"] = f'"{mentor.version}"'
        return me_view(session, service, replace(caller, mentor=mentor))
