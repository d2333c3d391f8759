"""API keys of one's own: list, make, revoke."""

import datetime as dt

from fastapi import APIRouter, Response

from api.caller import Caller, Reader, Writer, people_only
from api.problems import Kind, Problem
from api.routes.shared import PAGE_AT_MOST, Id, problems
from api.schemas.keys import KeyBody, KeyPage, KeyView, NewKeyView
from api.service import ServiceDep
from catalog.audited import AuditAction
from catalog.database import reading, writing
from catalog.stores.accounts import AccountRefused
from catalog.stores.audit import record
from catalog.stores.keys import create_key, list_keys, revoke_key
from catalog.tables import ApiKey

router = APIRouter(prefix="/keys", tags=["signing in"])
ACTIVE_AT_MOST = 50


@router.get("", response_model=KeyPage, responses=problems())
def list_my_keys(caller: Reader, service: ServiceDep) -> KeyPage:
    """My keys, with when each was last used."""
    now = service.clock()
    with reading(service.engine) as session:
        views = [_view(row, caller, now) for row, _ in list_keys(session, mentor_id=caller.mentor.id)]
    return KeyPage(items=sorted(views, key=lambda one: one.state != "active")[:PAGE_AT_MOST])


@router.post(
    "", response_model=NewKeyView, status_code=201, responses=problems(Kind.CONFLICT, Kind.CROSS_SITE, body=True)
)
def create_my_key(body: KeyBody, caller: Writer, service: ServiceDep, response: Response) -> NewKeyView:
    """Make a key for a program; it is shown once. It may do no more than I may, and a key cannot make keys."""
    people_only(caller)
    now = service.clock()
    if not set(body.scopes) <= caller.scopes:
        raise Problem(Kind.FORBIDDEN, "A key may have no scope that you do not have.")
    expires_at = now + dt.timedelta(days=body.days) if body.days else None
    with writing(service.engine) as session:
        mine = [_view(row, caller, now).state for row, _ in list_keys(session, mentor_id=caller.mentor.id)]
        if mine.count("active") >= ACTIVE_AT_MOST:
            raise Problem(Kind.CONFLICT, f"You have {ACTIVE_AT_MOST} keys that work. Revoke one that is not used.")
        row, key = create_key(
            session, caller.mentor, name=body.name, scopes=body.scopes, now=now, expires_at=expires_at
        )
        record(session, caller.actor, AuditAction.KEY_CREATE, "key", row.id, now=now)
        response.headers["Location"] = f"/v1/keys/{row.id}"
        return NewKeyView(**_view(row, caller, now).model_dump(), key=key)


@router.delete("/{key_id}", status_code=204, responses=problems(Kind.NOT_FOUND, Kind.CROSS_SITE))
def revoke_my_key(key_id: Id, caller: Writer, service: ServiceDep) -> None:
    """End a key at once, also one that has ended. A program can end its own key only."""
    if key_id != caller.credential_id:
        people_only(caller)
    now = service.clock()
    with writing(service.engine) as session:
        if session.get(ApiKey, key_id) is None:  # revoke_key also takes a prefix, which is no name for it here
            raise Problem(Kind.NOT_FOUND, "There is no such key, or it is not yours.")
        try:
            revoke_key(session, key_id, now=now, mentor_id=caller.mentor.id)
        except AccountRefused as error:
            raise Problem(Kind.NOT_FOUND, "There is no such key, or it is not yours.") from error
        record(session, caller.actor, AuditAction.KEY_REVOKE, "key", key_id, now=now)


def _view(row: ApiKey, caller: Caller, now: dt.datetime) -> KeyView:
    over = row.expires_at is not None and row.expires_at <= now
    state = "revoked" if row.revoked_at else "expired" if over else "active"
    return KeyView(**row.model_dump(), state=state, current=row.id == caller.credential_id)
