"""Reading a feed by its token, without an account: an address that calendars and readers ask again and again.

The token is part of these addresses. Our log names routes, not addresses, and so does not hold it; the
log of a proxy in front does unless it leaves `/v1/feeds/` out.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Annotated, Any

from fastapi import APIRouter, Path
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import Response

from api.lists.by_deadline import passing
from api.lists.filters import RecommendationFilters
from api.lists.kept import KeptList
from api.lists.ranked import Asked, ranked_list
from api.problems import Kind, Problem
from api.routes.shared import problems
from api.service import Service, ServiceDep
from api.views.feeds import REFRESH, FeedDocument, FeedItem, as_calendar, as_json_feed, as_rss
from api.views.opportunities import Now, standing_of
from catalog.calendars import MEDIA_TYPE as CALENDAR
from catalog.database import reading
from catalog.stores.audit import Actor
from catalog.stores.browsing import opportunities_by_id
from catalog.stores.feeds import feed_of_link, in_force, times_changed
from catalog.stores.mentees import find_mentee
from catalog.stores.rankings import rankings_since
from catalog.stores.visibility import Viewer
from catalog.tables import Opportunity, Token
from catalog.words import Status
from recommender.narrowing import SearchFilters

router = APIRouter(prefix="/feeds", tags=["feeds"])
MOST_ITEMS = 100
_MOST_CANCELLED = 50
_REMEMBERED = dt.timedelta(days=30)
_OVER = (Status.CLOSED, Status.WITHDRAWN)
_NEWER = "Only a newer version of the service knows what this feed is narrowed to. It goes on when that runs again."
_CALENDAR_TYPE, _RSS, _JSON_FEED = f"{CALENDAR}; charset=utf-8", "application/rss+xml", "application/feed+json"
Secret = Annotated[
    str, Path(min_length=20, max_length=100, pattern=r"^[A-Za-z0-9_-]+$", description="The secret part of the address")
]
_HEADERS = {"Cache-Control": f"private, max-age={int(REFRESH.total_seconds())}", "X-Robots-Tag": "noindex, nofollow"}
_PROBLEMS = problems(Kind.NOT_FOUND, Kind.LINK_NOT_VALID, public=True)


def _answers(media_type: str, what: str) -> dict[int | str, dict[str, Any]]:
    shape = "object" if media_type == _JSON_FEED else "string"
    return {**_PROBLEMS, 200: {"description": what, "content": {media_type: {"schema": {"type": shape}}}}}


@router.get("/{feed_token}.ics", response_class=Response, responses=_answers(CALENDAR, "Deadlines as calendar entries"))
def read_feed_as_calendar(feed_token: Secret, service: ServiceDep, request: Request) -> Response:
    """A feed as a calendar: an entry for each deadline, cancelled when its opportunity closes early or is withdrawn."""
    return Response(as_calendar(_document(service, feed_token, request)), media_type=_CALENDAR_TYPE, headers=_HEADERS)


@router.get("/{feed_token}.rss", response_class=Response, responses=_answers(_RSS, "RSS 2.0"))
def read_feed_as_rss(feed_token: Secret, service: ServiceDep, request: Request) -> Response:
    """A feed as RSS 2.0, at most 100 items."""
    return Response(as_rss(_document(service, feed_token, request)), media_type=_RSS, headers=_HEADERS)


@router.get("/{feed_token}.json", response_class=Response, responses=_answers(_JSON_FEED, "JSON Feed 1.1"))
def read_feed_as_json(feed_token: Secret, service: ServiceDep, request: Request) -> Response:
    """A feed as JSON Feed 1.1, at most 100 items."""
    return Response(as_json_feed(_document(service, feed_token, request)), media_type=_JSON_FEED, headers=_HEADERS)


@dataclass(frozen=True, slots=True)
class _Shown:
    """What a feed shows now, and the candidates for what it no longer does."""

    current: list[Opportunity]
    earlier: list[Opportunity]


def _document(service: Service, token: str, request: Request) -> FeedDocument:
    now = Now(service.clock(), service.closing_soon)
    with reading(service.engine) as session:
        found = feed_of_link(session, token)
        if found is None:
            raise Problem(Kind.NOT_FOUND, "This feed is not known.")
        feed, mentor = found
        if not in_force(feed, now.at) or not mentor.active:
            raise Problem(Kind.LINK_NOT_VALID, "This feed was revoked or is out of date.")
        viewer, filters = Viewer(mentor.id, mentor.role), filters_of(feed)
        if filters is None:
            raise Problem(Kind.UNAVAILABLE, _NEWER, headers={"Retry-After": str(int(REFRESH.total_seconds()))})
        if feed.mentee_id is not None and not _may_see(session, viewer, feed.mentee_id):
            raise Problem(Kind.LINK_NOT_VALID, "This feed has ended.")
        session.expunge_all()
    if feed.mentee_id is not None:  # for the record of who saw whom
        request.state.feed = Actor("feed", feed.id, request.state.request_id)
        request.state.shown = {"mentee_id": feed.mentee_id}
    if isinstance(filters, SearchFilters):
        shown = _opportunities(service, filters, now)
    else:
        shown = _recommended(service, viewer, feed, filters, now)
    with reading(service.engine) as session:
        ids = [one.id for one in (*shown.current, *shown.earlier)]
        items = list(_items(shown, times_changed(session, ids), now))
    what = "recommendations" if feed.mentee_id else "opportunities"
    return FeedDocument(f"Opportune: {what} ({feed.id[-4:]})", f"{service.public_url}/", items)


def filters_of(feed: Token) -> SearchFilters | RecommendationFilters | None:
    """What narrows a feed; None where only a newer version of the service knows all of it."""
    return (RecommendationFilters if feed.mentee_id else SearchFilters).as_kept(feed.filters)


def _may_see(session: Session, viewer: Viewer, mentee_id: str) -> bool:
    mentee = find_mentee(session, viewer, mentee_id)
    return mentee is not None and mentee.archived_at is None


def _opportunities(service: Service, filters: SearchFilters, now: Now) -> _Shown:
    """What passes, soonest first; and of what would pass, what is over though its day is to come."""
    today = now.at.date()
    over = filters.model_copy(
        update={"status": list(_OVER), "deadline_after": max(filters.deadline_after or today, today)}
    )
    with reading(service.engine) as session:
        current = [row for _, row in islice(passing(session, filters, now, None), MOST_ITEMS)]
        earlier = [row for _, row in islice(passing(session, over, now, None), _MOST_CANCELLED)]
        session.expunge_all()
    return _Shown(current, earlier)


def _recommended(service: Service, viewer: Viewer, feed: Token, filters: RecommendationFilters, now: Now) -> _Shown:
    """The head of the list as the page shows it; and what stood in this feed lately."""
    assert feed.mentee_id is not None, "the caller has looked"
    bound = {**filters.as_json(), "mentee": feed.mentee_id}
    listed = ranked_list(service, viewer, Asked(feed.mentee_id, filters, bound, now.at), shown=0)
    ids = listed.ids[:MOST_ITEMS]
    with reading(service.engine) as session:
        rankings = rankings_since(session, feed.mentee_id, since=now.at - _REMEMBERED)
        before = [KeptList.of(one) for one in rankings if one.filters.get("asked") == bound]
        was = {name for one in before if one is not None for name in one.ids[:MOST_ITEMS]}
        rows = opportunities_by_id(session, {*ids, *was})
        session.expunge_all()
    return _Shown([rows[one] for one in ids if one in rows], [rows[one] for one in sorted(was - {*ids}) if one in rows])


def _items(shown: _Shown, changed: dict[str, int], now: Now) -> Iterator[FeedItem]:
    there = {one.id for one in shown.current}
    yield from (_item(row, changed, now) for row in shown.current)
    earlier = (_item(row, changed, now) for row in shown.earlier if row.id not in there)
    yield from islice((one for one in earlier if one.cancelled), _MOST_CANCELLED)


def _item(row: Opportunity, changed: dict[str, int], now: Now) -> FeedItem:
    """Cancelled is what is over though its day is still to come. A day that has passed needs no taking back."""
    current = standing_of(row, now)
    to_come = current.closes_at is not None and current.closes_at > now.at
    return FeedItem(row, current, changed.get(row.id, 0), cancelled=to_come and current.status in _OVER)
