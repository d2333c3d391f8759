"""One opportunity's deadline as a calendar entry, for who copies a message instead of having it mailed."""

from typing import Any

from fastapi import APIRouter, Response

from api.caller import Reader
from api.looking_up import opportunity_or_404
from api.problems import Kind, Problem
from api.routes.shared import Id, problems
from api.service import CatalogueDep
from api.views.opportunities import Now, standing_of
from catalog.calendars import MEDIA_TYPE, Entry, calendar, entry_event
from catalog.database import reading
from catalog.words import Status

router = APIRouter(prefix="/opportunities", tags=["opportunities"])
_CALENDAR: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The deadline as an iCalendar (RFC 5545); a date without a time is a whole day",
        "content": {MEDIA_TYPE: {"schema": {"type": "string"}, "example": "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"}},
    }
}


@router.get("/{opportunity_id}/calendar", response_class=Response, responses={**problems(Kind.NOT_FOUND), **_CALENDAR})
def get_opportunity_calendar(opportunity_id: Id, _caller: Reader, service: CatalogueDep) -> Response:
    """The next deadline as a calendar entry. 404 where there is none, or no day is known: none is made up."""
    now = Now(service.clock(), service.closing_soon)
    with reading(service.engine) as session:
        opportunity = opportunity_or_404(session, opportunity_id)
        current = standing_of(opportunity, now)
    entry = Entry(
        uid=opportunity.id,
        title=opportunity.title,
        url=opportunity.url,
        deadline=current.deadline,
        stamp=opportunity.changed_at.replace(microsecond=0),
        cancelled=current.status is Status.WITHDRAWN,
    )
    if entry_event(entry) is None:
        raise Problem(Kind.NOT_FOUND, "No day is known for this opportunity's deadline.")
    headers = {"Content-Disposition": 'attachment; filename="deadline.ics"'}
    return Response(calendar([entry]), media_type=f"{MEDIA_TYPE}; charset=utf-8", headers=headers)
