"""Notes about a mentee, which their mentors share."""

import datetime as dt
from typing import Annotated

from fastapi import APIRouter, Query, Response
from sqlmodel import Session

from api.caller import Caller, Reader, Writer
from api.looking_up import mentee_or_404, opportunity_or_404
from api.problems import Kind, Problem
from api.routes.shared import Cursor, Id, IfMatch, Limit, check_version, problems, split_page
from api.schemas.notes import NoteBody, NotePage, NotePatch, NoteView
from api.service import ServiceDep
from api.views.people import person
from catalog.audited import AuditAction
from catalog.database import reading, writing
from catalog.stores.audit import record
from catalog.stores.notes import NoteRow, find_note, list_notes
from catalog.tables import Note

router = APIRouter(prefix="/mentees/{mentee_id}/notes", tags=["mentees"])


@router.get("", response_model=NotePage, responses=problems(Kind.NOT_FOUND, Kind.INVALID_CURSOR))
def list_notes_about_mentee(
    mentee_id: Id,
    caller: Reader,
    service: ServiceDep,
    opportunity_id: Annotated[str | None, Query(max_length=64, description="Only those about this one")] = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> NotePage:
    """Notes about a mentee, newest first: mine, and those of co-mentors that are not private."""
    filters = {"mentee": mentee_id, "opportunity": opportunity_id}
    position = service.cursors.read(cursor, "notes", filters) if cursor else None
    after = (dt.datetime.fromisoformat(position[0]), position[1]) if position else None
    with reading(service.engine) as session:
        mentee = mentee_or_404(session, caller, mentee_id)
        found = list_notes(
            session, mentee.id, caller.mentor.id, limit=limit + 1, after=after, opportunity_id=opportunity_id
        )
        page, last = split_page(found, limit)
        key = [last.note.created_at.isoformat(), last.note.id] if last else None
        following = service.cursors.make("notes", filters, key) if key else None
        return NotePage(items=[_view(row) for row in page], next=following)


@router.post(
    "", response_model=NoteView, status_code=201, responses=problems(Kind.NOT_FOUND, Kind.CROSS_SITE, body=True)
)
def write_note(mentee_id: Id, body: NoteBody, caller: Writer, service: ServiceDep, response: Response) -> NoteView:
    """Write a note. Co-mentors read it, unless it is private."""
    now = service.clock()
    with writing(service.engine) as session:
        mentee = mentee_or_404(session, caller, mentee_id)
        if body.opportunity_id is not None:
            opportunity_or_404(session, body.opportunity_id)
        note = Note(mentee_id=mentee.id, mentor_id=caller.mentor.id, created_at=now, **body.model_dump())
        session.add(note)
        session.flush()
        record(session, caller.actor, AuditAction.NOTE_CREATE, "note", note.id, now=now)
        response.headers["Location"] = f"/v1/mentees/{mentee.id}/notes/{note.id}"
        return _tagged(_note_or_404(session, caller, mentee.id, note.id), response)


@router.get("/{note_id}", response_model=NoteView, responses=problems(Kind.NOT_FOUND))
def get_note(mentee_id: Id, note_id: Id, caller: Reader, service: ServiceDep, response: Response) -> NoteView:
    """One note. The ETag is what a change must name."""
    with reading(service.engine) as session:
        mentee = mentee_or_404(session, caller, mentee_id)
        return _tagged(_note_or_404(session, caller, mentee.id, note_id), response)


@router.patch(
    "/{note_id}",
    response_model=NoteView,
    responses=problems(Kind.NOT_FOUND, Kind.CHANGED_MEANWHILE, Kind.VERSION_MISSING, Kind.CROSS_SITE, body=True),
)
def change_note(
    mentee_id: Id,
    note_id: Id,
    body: NotePatch,
    caller: Writer,
    service: ServiceDep,
    response: Response,
    if_match: IfMatch = None,
) -> NoteView:
    """Change a note, also a co-mentor's. Needs If-Match, so that nobody's words are lost."""
    now = service.clock()
    changes = {name: value for name, value in body.model_dump(exclude_unset=True).items() if value is not None}
    with writing(service.engine) as session:
        mentee = mentee_or_404(session, caller, mentee_id)
        note = _note_or_404(session, caller, mentee.id, note_id, lock=True).note
        check_version(if_match, note.version)
        if changes.get("private") and note.mentor_id != caller.mentor.id:
            raise Problem(Kind.FORBIDDEN, "Only who wrote a note makes it private.")
        for name, value in changes.items():
            setattr(note, name, value)
        note.version, note.changed_at, note.changed_by = note.version + 1, now, caller.mentor.id
        session.add(note)
        session.flush()
        record(session, caller.actor, AuditAction.NOTE_CHANGE, "note", note.id, now=now)
        return _tagged(_note_or_404(session, caller, mentee.id, note_id), response)


@router.delete("/{note_id}", status_code=204, responses=problems(Kind.NOT_FOUND, Kind.CROSS_SITE))
def delete_note(mentee_id: Id, note_id: Id, caller: Writer, service: ServiceDep) -> None:
    """Delete a note for good."""
    with writing(service.engine) as session:
        mentee = mentee_or_404(session, caller, mentee_id)
        session.delete(_note_or_404(session, caller, mentee.id, note_id, lock=True).note)
        record(
            session,
            caller.actor,
            AuditAction.NOTE_DELETE,
            "note",
            note_id,
            now=service.clock(),
            programme_id=mentee.programme_id,
        )


def _note_or_404(session: Session, caller: Caller, mentee_id: str, note_id: str, *, lock: bool = False) -> NoteRow:
    row = find_note(session, mentee_id, caller.mentor.id, note_id, lock=lock)
    if row is None:
        raise Problem(Kind.NOT_FOUND, "There is no such note about this mentee.")
    return row


def _tagged(row: NoteRow, response: Response) -> NoteView:
    response.headers["ETag"] = f'"{row.note.version}"'
    return _view(row)


def _view(row: NoteRow) -> NoteView:
    return NoteView(
        **row.note.model_dump(exclude={"mentor_id", "changed_by"}),
        opportunity_title=row.opportunity_title,
        written_by=person(row.writer),
        changed_by=person(row.changer),
    )
