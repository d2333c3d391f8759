"""Programmes and who is in them: for administrators and, in their own programmes, coordinators."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

from fastapi import APIRouter, Response
from sqlmodel import Session

from api.caller import Administrator, Caller, administrators_only, people_only
from api.problems import Kind, Problem, invalid, sentence
from api.routes.accounts import account_or_404, account_views
from api.routes.shared import Cursor, Id, IfMatch, Limit, check_version, problems, split_page
from api.schemas.administration import (
    AccountPage,
    AccountView,
    AdministeredProgramme,
    PlaceBody,
    ProgrammeBody,
    ProgrammePage,
)
from api.service import ServiceDep
from catalog.audited import AuditAction
from catalog.database import reading, writing
from catalog.stores import members, programmes
from catalog.stores.accounts import AccountRefused
from catalog.stores.audit import record
from catalog.tables import Mentor, Programme, ProgrammeMentor
from catalog.words import Role

router = APIRouter(prefix="/programmes", tags=["administration"])


@router.get("", response_model=ProgrammePage, responses=problems(Kind.INVALID_CURSOR))
def list_administered_programmes(
    caller: Administrator, service: ServiceDep, limit: Limit = 50, cursor: Cursor = None
) -> ProgrammePage:
    """The programmes I administer, by name."""
    after = service.cursors.read(cursor, "programmes", {}) if cursor else None
    with reading(service.engine) as session:
        found = programmes.list_programmes(session, caller.viewer, limit=limit + 1, after=after)
        page, last = split_page(found, limit)
        following = service.cursors.make("programmes", {}, last.programme.id) if last else None
        return ProgrammePage(items=[_view(row) for row in page], next=following)


@router.post("", response_model=AdministeredProgramme, status_code=201, responses=problems(Kind.CROSS_SITE, body=True))
def create_programme(
    body: ProgrammeBody, caller: Administrator, service: ServiceDep, response: Response
) -> AdministeredProgramme:
    """Begin a programme. For administrators."""
    administrators_only(caller)
    now = service.clock()
    with writing(service.engine) as session:
        row = Programme(name=body.name, created_at=now)
        with _naming_taken():
            programmes.name_programme(session, row, body.name)
        record(session, caller.actor, AuditAction.PROGRAMME_CREATE, "programme", row.id, now=now)
        response.headers["Location"] = f"/v1/programmes/{row.id}"
        return _tagged(programmes.ProgrammeRow(row, 0, 0), response)


@router.get("/{programme_id}", response_model=AdministeredProgramme, responses=problems(Kind.NOT_FOUND))
def get_administered_programme(
    programme_id: Id, caller: Administrator, service: ServiceDep, response: Response
) -> AdministeredProgramme:
    """One programme that I administer. The ETag is what a change must name."""
    with reading(service.engine) as session:
        return _tagged(_programme_or_404(session, caller, programme_id), response)


@router.patch(
    "/{programme_id}",
    response_model=AdministeredProgramme,
    responses=problems(Kind.NOT_FOUND, Kind.CHANGED_MEANWHILE, Kind.VERSION_MISSING, Kind.CROSS_SITE, body=True),
)
def rename_programme(
    programme_id: Id,
    body: ProgrammeBody,
    caller: Administrator,
    service: ServiceDep,
    response: Response,
    if_match: IfMatch = None,
) -> AdministeredProgramme:
    """Give a programme another name. Needs If-Match."""
    with writing(service.engine) as session:
        row = _programme_or_404(session, caller, programme_id)
        session.refresh(row.programme, with_for_update=True)
        check_version(if_match, row.programme.version)
        with _naming_taken():
            programmes.rename_programme(session, row.programme, body.name)
        record(session, caller.actor, AuditAction.PROGRAMME_RENAME, "programme", programme_id, now=service.clock())
        return _tagged(row, response)


@router.get(
    "/{programme_id}/mentors", response_model=AccountPage, responses=problems(Kind.NOT_FOUND, Kind.INVALID_CURSOR)
)
def list_programme_mentors(
    programme_id: Id, caller: Administrator, service: ServiceDep, limit: Limit = 50, cursor: Cursor = None
) -> AccountPage:
    """Who mentors and coordinates in a programme, by address, also whose access was taken away."""
    filters = {"programme": programme_id}
    after = service.cursors.read(cursor, "programme-mentors", filters) if cursor else None
    with reading(service.engine) as session:
        _programme_or_404(session, caller, programme_id)
        found = members.list_members(session, caller.viewer, limit=limit + 1, after=after, programme_id=programme_id)
        page, last = split_page(found, limit)
        following = service.cursors.make("programme-mentors", filters, last.id) if last else None
        return AccountPage(items=account_views(session, caller, page), next=following)


@router.put(
    "/{programme_id}/mentors/{mentor_id}",
    response_model=AccountView,
    responses=problems(Kind.NOT_FOUND, Kind.CHANGED_MEANWHILE, Kind.VERSION_MISSING, Kind.CROSS_SITE, body=True),
)
def set_programme_mentor(
    programme_id: Id,
    mentor_id: Id,
    body: PlaceBody,
    caller: Administrator,
    service: ServiceDep,
    response: Response,
    if_match: IfMatch = None,
) -> AccountView:
    """Say what somebody is in a programme: mentor or coordinator. Administrators so take in who has an account.

    Needs If-Match: the account's `version`, which grows with every change of its places.
    """
    if body.coordinator:
        people_only(caller)
    with writing(service.engine) as session:
        row = _programme_or_404(session, caller, programme_id)
        mentor = account_or_404(session, caller, mentor_id)
        session.refresh(mentor, with_for_update=True)  # before the places, as everywhere
        check_version(if_match, mentor.version)
        if not body.coordinator:
            _check_somebody_runs_it(session, caller, row.programme, mentor)
        members.set_place(session, row.programme, mentor, coordinator=body.coordinator)
        _record(session, caller, AuditAction.PROGRAMME_MENTOR_SET, mentor_id, programme_id, now=service.clock())
        response.headers["ETag"] = f'"{mentor.version}"'
        return account_views(session, caller, [mentor])[0]


@router.delete(
    "/{programme_id}/mentors/{mentor_id}",
    status_code=204,
    responses=problems(Kind.NOT_FOUND, Kind.CONFLICT, Kind.CROSS_SITE),
)
def remove_programme_mentor(programme_id: Id, mentor_id: Id, caller: Administrator, service: ServiceDep) -> None:
    """Take somebody out of a programme: its mentees are theirs no longer. 409 while they are somebody's only mentor."""
    with writing(service.engine) as session:
        row = _programme_or_404(session, caller, programme_id)
        mentor = account_or_404(session, caller, mentor_id)
        if session.get(ProgrammeMentor, (programme_id, mentor_id)) is None:
            raise Problem(Kind.NOT_FOUND, "They are not in this programme.")
        session.refresh(mentor, with_for_update=True)  # before the places, as everywhere
        _check_somebody_runs_it(session, caller, row.programme, mentor)
        try:
            members.leave_programme(session, row.programme, mentor)
        except AccountRefused as error:
            raise Problem(Kind.CONFLICT, sentence(error)) from error
        _record(session, caller, AuditAction.PROGRAMME_MENTOR_REMOVE, mentor_id, programme_id, now=service.clock())


def _programme_or_404(session: Session, caller: Caller, programme_id: str) -> programmes.ProgrammeRow:
    row = programmes.find_programme(session, caller.viewer, programme_id)
    if row is None:
        raise Problem(Kind.NOT_FOUND, "There is no such programme, or it is not yours.")
    return row


def _check_somebody_runs_it(session: Session, caller: Caller, programme: Programme, mentor: Mentor) -> None:
    """Raise Problem (409) where a coordinator leaves a programme to nobody; an administrator runs it themselves."""
    if caller.mentor.role is Role.ADMINISTRATOR:
        return
    try:
        members.check_not_last_coordinator(session, programme, mentor)
    except AccountRefused as error:
        raise Problem(Kind.CONFLICT, sentence(error)) from error


@contextmanager
def _naming_taken() -> Iterator[None]:
    """Answer 422 where another programme has the name."""
    try:
        yield
    except programmes.NameTaken as error:
        raise invalid("/name", "Another programme has this name.", "taken") from error


def _tagged(row: programmes.ProgrammeRow, response: Response) -> AdministeredProgramme:
    response.headers["ETag"] = f'"{row.programme.version}"'
    return _view(row)


def _record(
    session: Session, caller: Caller, action: AuditAction, mentor_id: str, programme_id: str, *, now: dt.datetime
) -> None:
    """With the programme, so that its coordinators see it in the record."""
    record(session, caller.actor, action, "mentor", mentor_id, now=now, programme_id=programme_id)


def _view(row: programmes.ProgrammeRow) -> AdministeredProgramme:
    return AdministeredProgramme(**row.programme.model_dump(), mentors=row.mentors, mentees=row.mentees)
