"""The record of who saw, changed and sent what, and when."""

import datetime as dt
from typing import Annotated

from fastapi import APIRouter, Query

from api.caller import Administrator
from api.problems import Kind
from api.routes.shared import Cursor, Limit, problems, split_page
from api.schemas.administration import AuditActor, AuditEntryView, AuditPage
from api.schemas.shapes import Instant
from api.service import ServiceDep
from api.views.people import person
from catalog.audited import AuditAction
from catalog.database import reading
from catalog.stores.audit_trail import AuditFilter, mentees_behind, people_behind, trail
from catalog.tables import AuditEntry, Mentee, Mentor

router = APIRouter(prefix="/audit", tags=["administration"])


@router.get("", response_model=AuditPage, responses=problems(Kind.INVALID_CURSOR))
def list_audit(
    caller: Administrator,
    service: ServiceDep,
    actor_id: Annotated[str | None, Query(max_length=64, description="A mentor, with their keys; or one key")] = None,
    object_id: Annotated[str | None, Query(max_length=64, description="A mentee, say")] = None,
    action: Annotated[AuditAction | None, Query(description="This alone")] = None,
    since: Annotated[Instant | None, Query(description="From then on")] = None,
    until: Annotated[Instant | None, Query(description="Before then")] = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> AuditPage:
    """Who did what, newest first. Coordinators see what was done in their programmes.

    Reading is noted once an hour for each reader and mentee (`read`), whether the mentee was opened or stood in a
    list, a file or a feed; changing and sending each time.
    """
    wanted = AuditFilter(actor_id, object_id, action, since, until)
    filters = {"actor": actor_id, "object": object_id, "action": action, "since": since, "until": until}
    position = service.cursors.read(cursor, "audit", filters) if cursor else None
    after = (dt.datetime.fromisoformat(position[0]), position[1]) if position else None
    with reading(service.engine) as session:
        found = trail(session, caller.viewer, wanted, limit=limit + 1, after=after)
        page, last = split_page(found, limit)
        people = people_behind(session, page)
        mentees = mentees_behind(session, caller.viewer, page)
        items = [_view(one, people.get(one.actor_id), mentees.get(one.object_id)) for one in page]
    following = service.cursors.make("audit", filters, [last.at.isoformat(), last.id]) if last else None
    return AuditPage(items=items, next=following)


def _view(entry: AuditEntry, mentor: Mentor | None, mentee: Mentee | None) -> AuditEntryView:
    actor = AuditActor(kind=entry.actor_kind, id=entry.actor_id, person=person(mentor))
    return AuditEntryView(
        **entry.model_dump(exclude={"actor_kind", "actor_id", "programme_id"}), actor=actor, mentee=person(mentee)
    )
