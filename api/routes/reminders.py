"""Reminders: on a date, or some time before a deadline or the latest day to begin, with which they move."""

import datetime as dt
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response
from sqlmodel import Session

from api.caller import Caller, Reader, Writer
from api.looking_up import mentee_or_404, opportunity_or_404
from api.problems import Kind, Problem, invalid
from api.routes.shared import Cursor, Id, IfMatch, Limit, check_version, problems, split_page
from api.schemas.reminders import (
    ReminderBody,
    ReminderChoice,
    ReminderChoices,
    ReminderPage,
    ReminderPatch,
    ReminderView,
    When,
)
from api.schemas.shapes import Person
from api.service import Service, ServiceDep
from api.views.opportunities import Now, forwarded_view
from api.views.people import person
from catalog.audited import AuditAction
from catalog.database import reading, writing
from catalog.stores.audit import record
from catalog.stores.reminders import MOST_OPEN, ReminderRow, count_open, find_reminder, list_reminders
from catalog.tables import Opportunity, Reminder
from catalog.words import ReminderBasis
from recommender.reminding import Planned, anchor, choices, in_order, planned, reckoned, today_for

router = APIRouter(prefix="/reminders", tags=["reminders"])


@router.get("", response_model=ReminderPage, responses=problems(Kind.INVALID_CURSOR))
def list_my_reminders(
    caller: Reader,
    service: ServiceDep,
    due: Annotated[bool, Query(description="Only those whose day has come")] = False,
    done: Annotated[bool, Query(description="Those that are done, instead")] = False,
    mentee_id: Annotated[str | None, Query(max_length=64)] = None,
    opportunity_id: Annotated[str | None, Query(max_length=64)] = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> ReminderPage:
    """My reminders by the day they fall on as things stand now, of the newest 500; done ones newest first.

    A reminder is its owner's alone: co-mentors, coordinators and administrators see none but their own. What somebody
    left behind who mentors the mentee no longer is for those who do.
    """
    now = service.clock()
    filters = {"due": due, "done": done, "mentee": mentee_id, "opportunity": opportunity_id}
    start = service.cursors.read(cursor, "reminders", filters) if cursor else None
    today = today_for(caller.mentor, now)
    with reading(service.engine) as session:
        rows = list_reminders(
            session,
            caller.mentor.id,
            done=done,
            mentee_id=mentee_id,
            opportunity_id=opportunity_id,
        )
        found = [planned(row, now) for row in rows] if done else in_order(rows, now)
        found = [one for one in found if not due or one.is_due(today)]
        page, last = split_page(_after(start, found, done=done)[: limit + 1], limit)
        following = service.cursors.make("reminders", filters, list(_place(last, done=done))) if last else None
        return ReminderPage(items=[_view(one, service, caller) for one in page], next=following)


def _after(start: list[Any] | None, found: list[Planned], *, done: bool) -> list[Planned]:
    if not start:
        return found
    last = tuple(start)
    return [one for one in found if (_place(one, done=done) < last if done else _place(one, done=done) > last)]


def _place(one: Planned, *, done: bool) -> tuple[str, str]:
    """Where a reminder stands in its list, whether or not it is still in it: done ones are listed newest first."""
    reminder = one.row.reminder
    return (reminder.created_at if done else one.day or dt.date.min).isoformat(), reminder.id


@router.get("/choices", response_model=ReminderChoices, responses=problems(Kind.NOT_FOUND))
def list_reminder_choices(
    opportunity_id: Annotated[str, Query(max_length=64, pattern=r"^[A-Za-z0-9_.-]+$")],
    caller: Reader,
    service: ServiceDep,
) -> ReminderChoices:
    """Days to be reminded on: the latest sensible one to begin, and a month to a day before the deadline."""
    now = service.clock()
    with reading(service.engine) as session:
        opportunity = opportunity_or_404(session, opportunity_id)
        mine = caller.mentor
        offered = choices(opportunity, now, today_for(mine, now), mine.reminder_lead_days)
    return ReminderChoices(items=[ReminderChoice.model_validate(one) for one in offered])


@router.post(
    "",
    response_model=ReminderView,
    status_code=201,
    responses=problems(Kind.NOT_FOUND, Kind.CONFLICT, Kind.CROSS_SITE, body=True),
)
def create_reminder(body: ReminderBody, caller: Writer, service: ServiceDep, response: Response) -> ReminderView:
    """Set a reminder for me. One that counts back from a deadline moves when the deadline does."""
    now = service.clock()
    with writing(service.engine) as session:
        mentee = mentee_or_404(session, caller, body.mentee_id)
        opportunity = opportunity_or_404(session, body.opportunity_id)
        if count_open(session, caller.mentor.id) >= MOST_OPEN:
            raise Problem(Kind.CONFLICT, f"You have {MOST_OPEN} reminders that are not done. Finish some first.")
        reminder = Reminder(
            mentee_id=mentee.id,
            opportunity_id=opportunity.id,
            mentor_id=caller.mentor.id,
            text=body.text,
            created_at=now,
            **_when(body, opportunity, caller, now, ""),
        )
        session.add(reminder)
        session.flush()
        record(session, caller.actor, AuditAction.REMINDER_CREATE, "reminder", reminder.id, now=now)
        response.headers["Location"] = f"/v1/reminders/{reminder.id}"
        return _tagged(session, service, caller, reminder.id, response)


@router.get("/{reminder_id}", response_model=ReminderView, responses=problems(Kind.NOT_FOUND))
def get_reminder(reminder_id: Id, caller: Reader, service: ServiceDep, response: Response) -> ReminderView:
    """One reminder. The ETag is what a change must name."""
    with reading(service.engine) as session:
        return _tagged(session, service, caller, reminder_id, response)


@router.patch(
    "/{reminder_id}",
    response_model=ReminderView,
    responses=problems(Kind.NOT_FOUND, Kind.CHANGED_MEANWHILE, Kind.VERSION_MISSING, Kind.CROSS_SITE, body=True),
)
def change_reminder(
    reminder_id: Id,
    body: ReminderPatch,
    caller: Writer,
    service: ServiceDep,
    response: Response,
    if_match: IfMatch = None,
) -> ReminderView:
    """Move a reminder, say what it is about, or mark it as done. Needs If-Match."""
    now = service.clock()
    with writing(service.engine) as session:
        row = _reminder_or_404(session, caller, reminder_id, lock=True)
        reminder = row.reminder
        check_version(if_match, reminder.version)
        changes: dict[str, Any] = {"version": reminder.version + 1}
        if body.when is not None:
            changes |= _when(body.when, row.opportunity, caller, now, "/when")
        if body.text is not None:
            changes["text"] = body.text
        if body.done is not None:
            changes["done_at"] = (reminder.done_at or now) if body.done else None
        for name, value in changes.items():
            setattr(reminder, name, value)
        session.add(reminder)
        session.flush()
        record(session, caller.actor, AuditAction.REMINDER_CHANGE, "reminder", reminder_id, now=now)
        return _tagged(session, service, caller, reminder_id, response)


@router.delete("/{reminder_id}", status_code=204, responses=problems(Kind.NOT_FOUND, Kind.CROSS_SITE))
def delete_reminder(reminder_id: Id, caller: Writer, service: ServiceDep) -> None:
    """Forget a reminder."""
    with writing(service.engine) as session:
        row = _reminder_or_404(session, caller, reminder_id, lock=True)
        record(session, caller.actor, AuditAction.REMINDER_DELETE, "reminder", reminder_id, now=service.clock())
        session.delete(row.reminder)


def _when(body: When, opportunity: Opportunity, caller: Caller, now: dt.datetime, where: str) -> dict[str, Any]:
    """The columns for a day. Raises Problem (422) for one that has passed or cannot be reckoned."""
    if body.basis is ReminderBasis.DATE:
        if body.remind_on is None:
            raise invalid(f"{where}/remind_on", "Say on which day.", "missing")
        if body.remind_on < today_for(caller.mentor, now):
            raise invalid(f"{where}/remind_on", "This day has passed.")
        return {"basis": body.basis, "remind_on": body.remind_on, "days_before": 0, "set_for": None}
    if body.remind_on is not None:
        raise invalid(f"{where}/remind_on", "This goes with the basis `date` only.")
    deadline = anchor(opportunity, None, now)
    begins = reckoned(opportunity, body.basis, deadline, now)
    if begins is None:
        raise invalid(f"{where}/basis", "This opportunity names no such day. Choose a date.")
    if begins - dt.timedelta(days=body.days_before) < today_for(caller.mentor, now):
        raise invalid(f"{where}/days_before", "This day has passed.")
    set_for = deadline.on if deadline else None
    return {"basis": body.basis, "remind_on": None, "days_before": body.days_before, "set_for": set_for}


def _reminder_or_404(session: Session, caller: Caller, reminder_id: str, *, lock: bool = False) -> ReminderRow:
    row = find_reminder(session, caller.mentor.id, reminder_id, lock=lock)
    if row is None:
        raise Problem(Kind.NOT_FOUND, "There is no such reminder, or it is not yours.")
    return row


def _tagged(session: Session, service: Service, caller: Caller, reminder_id: str, response: Response) -> ReminderView:
    row = _reminder_or_404(session, caller, reminder_id)
    response.headers["ETag"] = f'"{row.reminder.version}"'
    return _view(planned(row, service.clock()), service, caller)


def _view(plan: Planned, service: Service, caller: Caller) -> ReminderView:
    reminder, now = plan.row.reminder, service.clock()
    return ReminderView(
        **reminder.model_dump(exclude={"mentee_id", "opportunity_id", "mentor_id", "remind_on", "set_for"}),
        mentee=Person(id=plan.row.mentee.id, name=plan.row.mentee.name),
        opportunity=forwarded_view(plan.row.opportunity, Now(now, service.closing_soon)),
        remind=person(plan.row.mentor),
        asked_by_mentee=reminder.forward_id is not None,
        day=plan.day,
        due=reminder.done_at is None and plan.is_due(today_for(caller.mentor, now)),
        moved_from=plan.moved_from,
    )
