"""A mentee's lists as they were served, by date: with `GET /v1/rankings/{id}`, why did I see this on the 3rd?"""

import datetime as dt
from typing import Annotated

from fastapi import APIRouter, Query

from api.caller import Reader
from api.looking_up import mentee_or_404
from api.problems import Kind
from api.routes.shared import Cursor, Id, Limit, problems, split_page
from api.schemas.rankings import RankingPage, RankingRow
from api.schemas.recommendations import RankingMark
from api.service import ServiceDep
from catalog.database import reading
from catalog.stores.rankings import kept_rankings
from catalog.tables import Ranking
from catalog.values import Day
from recommender.health import Mode

router = APIRouter(tags=["recommendations"])


@router.get(
    "/mentees/{mentee_id}/rankings",
    response_model=RankingPage,
    responses=problems(Kind.NOT_FOUND, Kind.INVALID_CURSOR),
)
def list_rankings(
    mentee_id: Id,
    caller: Reader,
    service: ServiceDep,
    on: Annotated[Day | None, Query(description="Served on this day (UTC) only")] = None,
    limit: Limit = 20,
    cursor: Cursor = None,
) -> RankingPage:
    """The lists that were served for a mentee and are still kept, newest first; `GET /v1/rankings/{id}` shows one."""
    bound = {"mentee": mentee_id, "on": str(on)}
    place = service.cursors.read(cursor, "rankings", bound) if cursor else None
    after = (dt.datetime.fromisoformat(place[0]), place[1]) if place else None
    with reading(service.engine) as session:
        mentee = mentee_or_404(session, caller, mentee_id)
        found = kept_rankings(session, mentee.id, now=service.clock(), on=on, after=after, limit=limit + 1)
    page, last = split_page(found, limit)
    following = service.cursors.make("rankings", bound, [last[0].created_at.isoformat(), last[0].id]) if last else None
    readable = [(ranking, count) for ranking, count in page if ranking.mode in set(Mode)]  # not a newer version's own
    return RankingPage(items=[_row(ranking, count) for ranking, count in readable], next=following)


def _row(ranking: Ranking, count: int) -> RankingRow:
    asked = ranking.filters.get("asked", {})
    return RankingRow(
        ranking=RankingMark.model_validate(ranking),
        items=count,
        filters={name: value for name, value in asked.items() if name != "mentee"},
        mentee_version=ranking.mentee_version,
        snapshot_id=str(ranking.index_rev),
        created_at=ranking.created_at,
        expires_at=ranking.expires_at,
    )
