"""What needs somebody today."""

import datetime as dt
from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Query
from sqlmodel import Session

from api.caller import Caller, Reader
from api.problems import Kind
from api.routes.shared import Cursor, Limit, problems
from api.schemas.shapes import Person
from api.schemas.today import QuietMentee, StaleSource, TodayCounts, TodayPage
from api.service import Service, ServiceDep
from api.views.opportunities import Now
from api.views.today import day_view
from catalog.coverage import Freshness, freshness_of
from catalog.database import reading
from catalog.stores.outlooks import mentees_to_look_out_for
from catalog.stores.sources import list_sources
from recommender.day import MenteeDay, Ward
from recommender.gathering import day_of_mentor
from recommender.reminding import today_for

router = APIRouter(tags=["today"])
_LOOKED_OUT_FOR = 10
"""Mentees that are new or changed since the last index are looked out for at once, if they are so few."""
_QUIET_SHOWN = 10


@router.get("/today", response_model=TodayPage, responses=problems(Kind.INVALID_CURSOR))
def get_today(
    caller: Reader,
    service: ServiceDep,
    mentee_id: Annotated[
        str | None, Query(max_length=64, description="Only this mentee, and up to 100 of each instead of the first")
    ] = None,
    limit: Limit = 20,
    cursor: Cursor = None,
) -> TodayPage:
    """My mentees who need somebody today: what is new and fits, changed, due or unanswered, the most urgent first.

    Every item is complete. What is new was found after the last crawl and is shown for eight days, until
    something is done about it or you were shown it in her list (feeds and files do not count); the digest by mail
    says the same, and each thing once. `quiet` are mentees to whom nothing
    was sent for 60 days. Of each mentee the first few things are listed and all are counted: `mentee_id` lists them
    all. The order is that of the moment: who becomes more urgent between two pages may be on neither, so that a
    reader who wants everybody begins anew.
    """
    now = Now(service.clock(), service.closing_soon)
    _look_out(service, caller)
    with reading(service.engine) as session:
        days = day_of_mentor(session, caller.mentor, now.at, closing_soon=service.closing_soon)
        needy = [day for day in days if day.keys and mentee_id in (None, day.ward.id)]
        page, following = _page(service, caller, needy, limit, cursor)
        quiet = sorted((day.ward for day in days if day.ward.is_quiet(now.at)), key=lambda ward: ward.turn)
        return TodayPage(
            on=today_for(caller.mentor, now.at),
            items=[day_view(day, caller.mentor, whole=mentee_id is not None) for day in page],
            next=following,
            total=len(needy),
            counts=_sum(needy),
            quiet=[_quiet(ward, now.at) for ward in quiet[:_QUIET_SHOWN]],
            quiet_total=len(quiet),
            stale_sources=_stale(session, now.at),
            looked_at=min((day.ward.looked_at for day in days if day.ward.looked_at), default=None),
        )


def _look_out(service: Service, caller: Caller) -> None:
    """See what is in view for mentees who are new or changed, if the recommender is up: a day can do without."""
    recommender = service.recommender.loaded
    if recommender is None:
        return
    with reading(service.engine) as session:
        stale = mentees_to_look_out_for(session, mentored_by=caller.mentor.id)
    if 0 < len(stale) <= _LOOKED_OUT_FOR:
        recommender.look_out(stale, now=service.clock())


def _page(
    service: Service, caller: Caller, needy: Sequence[MenteeDay], limit: int, cursor: str | None
) -> tuple[Sequence[MenteeDay], str | None]:
    bound = {"mentor": caller.mentor.id}
    left = needy
    if cursor:
        rank, first, new, mentee_id = service.cursors.read(cursor, "today", bound)
        name = next((day.urgency[3] for day in needy if day.ward.id == mentee_id), "")
        left = [day for day in needy if day.urgency > (rank, first, new, name, mentee_id)]
    page = left[:limit]
    more = service.cursors.make("today", bound, _place(page[-1])) if len(left) > limit else None
    return page, more


def _place(day: MenteeDay) -> list[Any]:
    """Where a mentee stands in the order, without the name: a cursor is part of addresses."""
    rank, first, new, _, mentee_id = day.urgency
    return [rank, first, new, mentee_id]


def _sum(days: Sequence[MenteeDay]) -> TodayCounts:
    return TodayCounts(
        new=sum(len(day.new) for day in days),
        changed=sum(len(day.changed) for day in days),
        due=sum(len(day.due) for day in days),
        unanswered=sum(len(day.unanswered) for day in days),
    )


def _quiet(ward: Ward, now: dt.datetime) -> QuietMentee:
    person = Person(id=ward.id, name=ward.name)
    return QuietMentee(mentee=person, last_sent_at=ward.last_sent_at, days=ward.days_quiet(now))


def _stale(session: Session, now: dt.datetime) -> list[StaleSource]:
    return [
        StaleSource(name=source.name, title=source.title, last_healthy_at=source.last_healthy_at)
        for source in list_sources(session)
        if freshness_of(source, now) in (Freshness.STALE, Freshness.NEVER)
    ]
