"""Mentees: create, read, change, archive, export, erase."""

import dataclasses
import datetime as dt
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response
from sqlmodel import Session

from api.caller import Caller, Reader, Writer
from api.looking_up import mentee_or_404
from api.problems import Kind, Problem, invalid, sentence
from api.routes.shared import Cursor, Id, IfMatch, Limit, check_version, problems, split_page
from api.schemas.mentees import MenteeBody, MenteeExport, MenteePage, MenteePatch, MenteeSearch, MenteeView
from api.schemas.shapes import Identifier
from api.service import Service, ServiceDep
from api.views.people import mentee_views
from catalog.audited import AuditAction
from catalog.database import fold_log, reading, writing
from catalog.stores.audit import record
from catalog.stores.erasure import erase_mentee
from catalog.stores.goals import add_goal
from catalog.stores.handing_over import export_mentee
from catalog.stores.mentees import (
    MenteeFilter,
    MenteeOrder,
    PlaceGone,
    ProgrammeRefused,
    change_mentee,
    create_mentee,
    list_mentees,
)
from catalog.stores.outbox import readdress
from catalog.tables import Mentee

router = APIRouter(prefix="/mentees", tags=["mentees"])


@router.get("", response_model=MenteePage, responses=problems(Kind.INVALID_CURSOR, Kind.GONE))
def list_my_mentees(
    caller: Reader,
    service: ServiceDep,
    programme_id: Annotated[Identifier | None, Query(description="Of this programme only")] = None,
    archived: bool = Query(False, description="Those that are archived instead"),
    order: MenteeOrder = MenteeOrder.NAME,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> MenteePage:
    """My mentees, each with goals, mentors, and what was sent. To look for a name, see `POST /v1/mentees/search`."""
    wanted = MenteeFilter(programme_id=programme_id, archived=archived, order=order)
    return _listed(caller, service, wanted, limit, cursor)


@router.post("/search", response_model=MenteePage, responses=problems(Kind.INVALID_CURSOR, Kind.GONE, body=True))
def search_my_mentees(body: MenteeSearch, caller: Reader, service: ServiceDep) -> MenteePage:
    """My mentees by name. The name is sent in the body: it belongs in no address, and so in no log on the way."""
    wanted = MenteeFilter(body.name, body.programme_id, body.archived, body.order)
    return _listed(caller, service, wanted, body.limit, body.cursor)


def _listed(caller: Caller, service: Service, wanted: MenteeFilter, limit: int, cursor: str | None) -> MenteePage:
    filters = dataclasses.asdict(wanted)
    after = service.cursors.read(cursor, "mentees", filters) if cursor else None
    with reading(service.engine) as session:
        try:
            found = list_mentees(session, caller.viewer, wanted=wanted, limit=limit + 1, after=after)
        except PlaceGone as error:
            raise Problem(Kind.GONE, "The mentee after whom the list went on was erased. Ask for it anew.") from error
        page, last = split_page(found, limit)
        following = service.cursors.make("mentees", filters, last.id) if last else None
        return MenteePage(items=mentee_views(session, page), next=following)


@router.post("", response_model=MenteeView, status_code=201, responses=problems(Kind.CROSS_SITE, body=True))
def create_my_mentee(body: MenteeBody, caller: Writer, service: ServiceDep, response: Response) -> MenteeView:
    """Add a mentee, who is then mine; co-mentors are added afterwards."""
    now = service.clock()
    facts = body.model_dump(exclude={"goals", "programme_id"})
    with writing(service.engine) as session:
        try:
            mentee = create_mentee(
                session, mentor_id=caller.mentor.id, facts=facts, now=now, programme_id=body.programme_id
            )
        except ProgrammeRefused as error:
            raise invalid("/programme_id", sentence(error)) from error
        for goal in body.goals:
            add_goal(session, mentee, goal.model_dump(), now=now)
        record(session, caller.actor, AuditAction.MENTEE_CREATE, "mentee", mentee.id, now=now)
        response.headers["Location"] = f"/v1/mentees/{mentee.id}"
        return mentee_view(session, mentee, response)


@router.get("/{mentee_id}", response_model=MenteeView, responses=problems(Kind.NOT_FOUND))
def get_mentee(mentee_id: Id, caller: Reader, service: ServiceDep, response: Response) -> MenteeView:
    """One mentee. The ETag is what a change must name."""
    with reading(service.engine) as session:
        return mentee_view(session, mentee_or_404(session, caller, mentee_id), response)


@router.patch(
    "/{mentee_id}",
    response_model=MenteeView,
    responses=problems(Kind.NOT_FOUND, Kind.CHANGED_MEANWHILE, Kind.VERSION_MISSING, Kind.CROSS_SITE, body=True),
)
def update_mentee(
    mentee_id: Id, body: MenteePatch, caller: Writer, service: ServiceDep, response: Response, if_match: IfMatch = None
) -> MenteeView:
    """Change, archive or bring back a mentee. Needs If-Match, so that no co-mentor's change is lost."""
    now = service.clock()
    with writing(service.engine) as session:
        mentee = mentee_or_404(session, caller, mentee_id, lock=True)
        check_version(if_match, mentee.version)
        before = mentee.email
        change_mentee(session, mentee, _changes(body, mentee, now))
        if mentee.email != before:
            readdress(session, mentee.id, mentee.email or "")
        record(session, caller.actor, AuditAction.MENTEE_CHANGE, "mentee", mentee.id, now=now)
        return mentee_view(session, mentee, response)


def _changes(body: MenteePatch, mentee: Mentee, now: dt.datetime) -> dict[str, Any]:
    """What to set. null clears a fact that may be unknown, and leaves a name alone."""
    given = body.model_dump(exclude_unset=True)
    archived = given.pop("archived", None)
    if given.get("name", "") is None:
        given.pop("name")
    if archived is not None:
        given["archived_at"] = (mentee.archived_at or now) if archived else None
    return given


@router.get("/{mentee_id}/export", response_model=MenteeExport, responses=problems(Kind.NOT_FOUND))
def export_all_of_mentee(mentee_id: Id, caller: Reader, service: ServiceDep) -> MenteeExport:
    """What is kept about a mentee, to hand over to them.

    For an administrator it is `complete`. For others it lacks what is a colleague's alone: private notes, reminders
    and feeds. When a mentee asks what is kept about them, let an administrator answer.
    """
    now = service.clock()
    with writing(service.engine) as session:
        mentee = mentee_or_404(session, caller, mentee_id)
        record(session, caller.actor, AuditAction.MENTEE_EXPORT, "mentee", mentee.id, now=now)
        return MenteeExport(exported_at=now, **export_mentee(session, mentee, caller.viewer, now=now))


@router.delete("/{mentee_id}", status_code=204, responses=problems(Kind.NOT_FOUND, Kind.CROSS_SITE))
def erase_all_of_mentee(mentee_id: Id, caller: Writer, service: ServiceDep) -> None:
    """Erase a mentee for good: profile, goals and vectors, notes, decisions, the words of what was sent.

    To keep what was done and only tidy the list, archive instead. Mails not yet sent are not sent.
    """
    now = service.clock()
    with writing(service.engine) as session:
        mentee = mentee_or_404(session, caller, mentee_id, lock=True)
        record(session, caller.actor, AuditAction.MENTEE_ERASE, "mentee", mentee_id, now=now)
        erase_mentee(session, mentee, now=now)
    fold_log(service.engine)


def mentee_view(session: Session, mentee: Mentee, response: Response) -> MenteeView:
    """One mentee as an answer, with the ETag that a change must name."""
    response.headers["ETag"] = f'"{mentee.version}"'
    [view] = mentee_views(session, [mentee])
    return view
