"""The review queue: accept, mend or refuse what the reader was unsure of. For coordinators."""

import datetime as dt
from typing import Annotated

from fastapi import APIRouter, Query
from sqlmodel import Session

from api.caller import Caller, Reader, Writer, coordinators_only
from api.problems import Kind, Problem, invalid, sentence
from api.routes.shared import Cursor, Id, Limit, problems, split_page
from api.schemas.review import MendBody, RefuseBody, ReviewBody, ReviewItemView, ReviewPage
from api.service import ServiceDep
from api.views.review import review_view
from catalog.audited import AuditAction
from catalog.database import reading, writing
from catalog.mending import FIELDS, MendRefused
from catalog.stores import reviews
from catalog.stores.audit import record
from catalog.stores.sources import list_sources
from catalog.tables import ReviewItem
from catalog.words import ReviewState

router = APIRouter(prefix="/review", tags=["review"])
_DECIDING = problems(Kind.NOT_FOUND, Kind.CONFLICT, Kind.CROSS_SITE, body=True)


@router.get("", response_model=ReviewPage, responses=problems(Kind.NOT_FOUND, Kind.INVALID_CURSOR))
def list_review(
    caller: Reader,
    service: ServiceDep,
    state: Annotated[list[ReviewState], Query(default_factory=lambda: [ReviewState.WAITING])],
    source: Annotated[str | None, Query(max_length=64, description="Name of a source")] = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> ReviewPage:
    """What waits for somebody, newest first; with `state` also what was decided."""
    coordinators_only(caller)
    filters = {"state": sorted(state), "source": source or ""}
    position = service.cursors.read(cursor, "review", filters) if cursor else None
    after = (dt.datetime.fromisoformat(position[0]), position[1]) if position else None
    with reading(service.engine) as session:
        found = reviews.queue(session, states=state, source=source, after=after, limit=limit + 1)
        page, last = split_page(found, limit)
        titles = {one.name: one.title for one in list_sources(session)}
        others = reviews.also_from(session, page)
        items = [review_view(row, titles, others.get(row[0].id, ())) for row in page]
        waiting = reviews.count_waiting(session)
    key = [last[0].created_at.isoformat(), last[0].id] if last else None
    following = service.cursors.make("review", filters, key) if key else None
    return ReviewPage(items=items, next=following, waiting=waiting)


@router.get("/{item_id}", response_model=ReviewItemView, responses=problems(Kind.NOT_FOUND))
def get_review_item(item_id: Id, caller: Reader, service: ServiceDep) -> ReviewItemView:
    """One item of the queue, decided or not."""
    coordinators_only(caller)
    with reading(service.engine) as session:
        return _shown(session, item_id)


@router.post("/{item_id}/accept", response_model=ReviewItemView, responses=_DECIDING)
def accept_as_read(item_id: Id, body: ReviewBody, caller: Writer, service: ServiceDep) -> ReviewItemView:
    """It is right as it was read: the mark goes, and earlier mends with it."""
    now = service.clock()
    with writing(service.engine) as session:
        item = _item_or_404(session, caller, item_id, body.gist)
        reviews.accept(session, item, by=caller.mentor.id, now=now)
        record(session, caller.actor, AuditAction.REVIEW_ACCEPT, "review_item", item_id, now=now)
        return _shown(session, item_id)


@router.post("/{item_id}/mend", response_model=ReviewItemView, responses=_DECIDING)
def mend_what_was_read(item_id: Id, body: MendBody, caller: Writer, service: ServiceDep) -> ReviewItemView:
    """Put fields right, besides those mended before. A mend holds until the source's own value changes."""
    now = service.clock()
    with writing(service.engine) as session:
        item = _item_or_404(session, caller, item_id, body.gist)
        try:
            reviews.mend(session, item, body.values, why=body.why, by=caller.mentor.id, now=now)
        except MendRefused as refused:
            field = refused.field if refused.field in FIELDS else "*"
            raise invalid(f"/values/{field}", sentence(refused.why)) from refused
        record(session, caller.actor, AuditAction.REVIEW_MEND, "review_item", item_id, now=now)
        return _shown(session, item_id)


@router.post("/{item_id}/refuse", response_model=ReviewItemView, responses=_DECIDING)
def refuse_what_was_read(item_id: Id, body: RefuseBody, caller: Writer, service: ServiceDep) -> ReviewItemView:
    """It is nothing for mentees: it is withdrawn, and stays away until it says something else."""
    now = service.clock()
    with writing(service.engine) as session:
        item = _item_or_404(session, caller, item_id, body.gist)
        reviews.refuse(session, item, why=body.why, by=caller.mentor.id, now=now)
        record(session, caller.actor, AuditAction.REVIEW_REFUSE, "review_item", item_id, now=now)
        return _shown(session, item_id)


@router.delete(
    "/{item_id}/decision",
    response_model=ReviewItemView,
    responses=problems(Kind.NOT_FOUND, Kind.CONFLICT, Kind.CROSS_SITE),
)
def undo_review(item_id: Id, caller: Writer, service: ServiceDep) -> ReviewItemView:
    """Take a decision back: the item waits again, with its mark and without mends."""
    now = service.clock()
    with writing(service.engine) as session:
        item = _item_or_404(session, caller, item_id, "")
        reviews.undo(session, item, now=now)
        record(session, caller.actor, AuditAction.REVIEW_UNDO, "review_item", item_id, now=now)
        return _shown(session, item_id)


def _item_or_404(session: Session, caller: Caller, item_id: str, gist: str) -> ReviewItem:
    """The item, of which the caller has seen what it says now. Raises Problem (404, 409)."""
    coordinators_only(caller)
    item = reviews.item_to_decide(session, item_id)
    if item is None:
        raise Problem(Kind.NOT_FOUND, "There is no such item.")
    if gist and gist != item.gist:
        raise Problem(Kind.CONFLICT, "It has been read anew meanwhile, and says something else. Look at it again.")
    return item


def _shown(session: Session, item_id: str) -> ReviewItemView:
    found = reviews.queued(session, item_id)
    if found is None:
        raise Problem(Kind.NOT_FOUND, "There is no such item.")
    others = reviews.also_from(session, [found])
    return review_view(found, {one.name: one.title for one in list_sources(session)}, others.get(item_id, ()))
