"""Save, snooze and dismiss: what a mentor decides without forwarding."""

import datetime as dt
from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Query
from sqlmodel import Session

from api.caller import Reader, Writer
from api.looking_up import mentee_or_404
from api.problems import Kind, Problem, invalid
from api.routes.shared import Cursor, Id, Limit, problems, split_page
from api.schemas.decisions import DecidedView, DecisionBody, DecisionPage
from api.service import Service, ServiceDep
from api.views.opportunities import Now, forwarded_view
from api.views.people import decision_view
from catalog.audited import AuditAction
from catalog.database import reading, writing
from catalog.stores import decisions
from catalog.stores.audit import record
from catalog.stores.browsing import opportunities_by_id
from catalog.tables import Opportunity
from catalog.words import DecisionKind

router = APIRouter(prefix="/mentees/{mentee_id}/decisions", tags=["mentees"])
_RECORDED_AS = {
    DecisionKind.SAVED: AuditAction.DECISION_SAVED,
    DecisionKind.SNOOZED: AuditAction.DECISION_SNOOZED,
    DecisionKind.DISMISSED: AuditAction.DECISION_DISMISSED,
}


@router.get("", response_model=DecisionPage, responses=problems(Kind.NOT_FOUND, Kind.INVALID_CURSOR))
def list_decisions(
    mentee_id: Id,
    caller: Reader,
    service: ServiceDep,
    kind: Annotated[list[DecisionKind], Query(default_factory=list)],
    limit: Limit = 50,
    cursor: Cursor = None,
) -> DecisionPage:
    """What was decided for a mentee, newest first."""
    filters = {"mentee": mentee_id, "kind": sorted(kind)}
    position = service.cursors.read(cursor, "decisions", filters) if cursor else None
    after = (dt.datetime.fromisoformat(position[0]), position[1]) if position else None
    with reading(service.engine) as session:
        mentee = mentee_or_404(session, caller, mentee_id)
        found = decisions.decisions_of(session, [mentee.id], after=after, limit=limit + 1, kinds=kind)
        page, last = split_page(found, limit)
        key = [last[0].created_at.isoformat(), last[0].id] if last else None
        following = service.cursors.make("decisions", filters, key) if key else None
        return DecisionPage(items=_decided(session, service, page), next=following)


@router.post(
    "", response_model=DecidedView, status_code=201, responses=problems(Kind.NOT_FOUND, Kind.CROSS_SITE, body=True)
)
def decide(mentee_id: Id, body: DecisionBody, caller: Writer, service: ServiceDep) -> DecidedView:
    """Save, snooze or dismiss an opportunity for a mentee. Doing it again replaces the decision."""
    now = service.clock()
    _check(body, now)
    with writing(service.engine) as session:
        mentee = mentee_or_404(session, caller, mentee_id)
        if session.get(Opportunity, body.opportunity_id) is None:
            raise Problem(Kind.NOT_FOUND, "There is no such opportunity.")
        decisions.decide(session, mentee_id=mentee.id, mentor_id=caller.mentor.id, now=now, **body.model_dump())
        record(
            session,
            caller.actor,
            _RECORDED_AS[body.kind],
            "opportunity",
            body.opportunity_id,
            now=now,
            programme_id=mentee.programme_id,
        )
        [row] = decisions.decisions_of(session, [mentee.id], opportunity_ids=[body.opportunity_id])
        return _decided(session, service, [row])[0]


def _decided(session: Session, service: Service, rows: Sequence[decisions.DecisionWithNames]) -> list[DecidedView]:
    """Each with its opportunity; one that was deleted at this very moment is left out."""
    now = Now(service.clock(), service.closing_soon)
    about = opportunities_by_id(session, {decision.opportunity_id for decision, _, _ in rows})
    return [
        DecidedView(**decision_view(row).model_dump(), opportunity=forwarded_view(about[row[0].opportunity_id], now))
        for row in rows
        if row[0].opportunity_id in about
    ]


def _check(body: DecisionBody, now: dt.datetime) -> None:
    if body.kind is DecisionKind.DISMISSED and body.reason is None:
        raise invalid("/reason", "Say why, so that the list learns from it.", "missing")
    if body.kind is DecisionKind.SNOOZED and body.until is None:
        raise invalid("/until", "Say on which day it comes back.", "missing")
    if body.kind is not DecisionKind.DISMISSED and body.reason is not None:
        raise invalid("/reason", "Only what is dismissed has a reason.")
    if body.kind is not DecisionKind.SNOOZED and body.until is not None:
        raise invalid("/until", "Only what is snoozed comes back on a day.")
    if body.until is not None and body.until < now.date():
        raise invalid("/until", "This day has passed.")


@router.delete("/{opportunity_id}", status_code=204, responses=problems(Kind.NOT_FOUND, Kind.CROSS_SITE))
def undo_decision(mentee_id: Id, opportunity_id: Id, caller: Writer, service: ServiceDep) -> None:
    """Take a decision back: the opportunity is as it was before."""
    with writing(service.engine) as session:
        mentee = mentee_or_404(session, caller, mentee_id)
        if not decisions.undo(session, mentee_id=mentee.id, opportunity_id=opportunity_id):
            raise Problem(Kind.NOT_FOUND, "Nothing was decided about this opportunity.")
        record(
            session,
            caller.actor,
            AuditAction.DECISION_UNDO,
            "opportunity",
            opportunity_id,
            now=service.clock(),
            programme_id=mentee.programme_id,
        )
