"""A mentee's ranked list, kept as it was served, so that its pages and its reasons stay what they were."""

import datetime as dt
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Request
from sqlmodel import Session

from api.caller import Caller, Reader
from api.lists.filters import RecommendationFilters
from api.lists.kept import KeptList
from api.lists.made_of import MadeOf
from api.lists.ranked import Asked, explained, ranked_list, repeatable_until
from api.looking_up import mentee_or_404
from api.problems import Kind, Problem
from api.remembered import mark_repeatable
from api.routes.shared import Cursor, Id, Limit, problems
from api.schemas.recommendations import RankingMark, RankingView, RecommendationPage, RecommendationView
from api.service import Service, ServiceDep
from api.views.opportunities import Now
from api.views.recommendations import recommendation_views
from catalog.database import reading, writing
from catalog.stores.rankings import find_ranking, note_shown, shown_to
from catalog.tables import Ranking
from recommender.results import Recommended

router = APIRouter(tags=["recommendations"])


class _ListFilters(RecommendationFilters):
    """The list's own parameters beside the shared ones."""

    limit: Limit = 20
    cursor: Cursor = None


@dataclass(frozen=True, slots=True)
class _Part:
    """The rows of a list from `offset` up to `end`."""

    found: KeptList
    offset: int
    end: int

    @property
    def items(self) -> tuple[Recommended, ...]:
        """Those that are explained."""
        return self.found.items[self.offset : self.end]

    @property
    def ids(self) -> list[str]:
        """Their opportunities."""
        return self.found.ids[self.offset : self.end]


@router.get(
    "/mentees/{mentee_id}/recommendations",
    response_model=RecommendationPage,
    responses=problems(Kind.NOT_FOUND, Kind.GONE, Kind.INVALID_CURSOR),
)
def recommend_for_mentee(
    request: Request, mentee_id: Id, caller: Reader, service: ServiceDep, filters: Annotated[_ListFilters, Query()]
) -> RecommendationPage:
    """What this mentee can go for, ranked for their goals, with reasons.

    Three questions are answered apart and never mixed into one number: may they apply
    (`eligibility`), is there time (`time_left`), does it serve a goal (`match`). What was forwarded,
    dismissed or snoozed is not offered again. Later pages (`next`) come from the same ranking.
    """
    bound = filters.model_dump(mode="json", exclude_defaults=True, exclude={"limit", "cursor"})
    asked = Asked(mentee_id, filters, {**bound, "mentee": mentee_id}, service.clock())
    if filters.cursor:
        found, offset = _continued(service, caller, asked, filters)
    else:
        found, offset = ranked_list(service, caller.viewer, asked, filters.limit), 0
    part = _Part(found, offset, offset + filters.limit)
    _note_shown(service, caller, part)
    with reading(service.engine) as session:
        rows, marks = service.calls.of(session, part.ids)
        now = Now(asked.now, service.closing_soon)
        views = recommendation_views(session, mentee_id, part.items, rows, now)
    until = repeatable_until(found, service.closing_soon)
    mark_repeatable(request.state, until, found.made_by, MadeOf.of(caller, found.ranking, marks), caller)
    return _page(service, asked, part, views)


def _continued(service: Service, caller: Caller, asked: Asked, filters: _ListFilters) -> tuple[KeptList, int]:
    ranking_id, offset, *last = service.cursors.read(filters.cursor or "", "recommendations", asked.bound)
    with reading(service.engine) as session:
        mentee_or_404(session, caller, asked.mentee_id)
        ranking = find_ranking(session, caller.viewer, ranking_id, now=asked.now)
    found = KeptList.of(ranking) if ranking is not None else None
    if found is None:
        raise Problem(Kind.GONE)
    if last and last[0] in found.ids:  # another reader's page may have found since that a row before it is gone
        offset = found.ids.index(last[0]) + 1
    return explained(service, found, offset + filters.limit, asked.now), offset


def _note_shown(service: Service, caller: Caller, part: _Part) -> None:
    """What somebody was shown is not new to them any more. Feeds and files do not come here."""
    ids, ranking = {item.opportunity_id for item in part.items}, part.found.ranking
    if not ids <= set(shown_to(ranking.filters, caller.mentor.id)):
        with writing(service.engine) as session:
            note_shown(session, ranking.id, caller.mentor.id, ids)


def _page(service: Service, asked: Asked, part: _Part, views: list[RecommendationView]) -> RecommendationPage:
    found, ranking = part.found, part.found.ranking
    place = [ranking.id, part.end, found.ids[part.end - 1]] if part.end < found.total else None
    cursor = service.cursors.make("recommendations", asked.bound, place) if place else None
    return RecommendationPage(
        items=views,
        next=cursor,
        total=found.total,
        considered=found.considered,
        hidden_ineligible=found.hidden_ineligible,
        generated_at=ranking.created_at,
        snapshot_id=str(ranking.index_rev),
        ranking=RankingMark(id=ranking.id, mode=found.mode, model=ranking.model),
        degraded=list(found.degraded),
        learned=list(found.learned),
        ask=found.ask,
    )


@router.get("/rankings/{ranking_id}", response_model=RankingView, responses=problems(Kind.NOT_FOUND))
def get_ranking(ranking_id: Id, caller: Reader, service: ServiceDep) -> RankingView:
    """A list as it was served: why did I see this on the 3rd?"""
    with reading(service.engine) as session:
        ranking = _ranking_or_404(session, caller, ranking_id, service.clock())
    return RankingView(
        **ranking.model_dump(exclude={"filters", "index_rev"}),
        snapshot_id=str(ranking.index_rev),
        filters={name: value for name, value in ranking.filters["asked"].items() if name != "mentee"},
    )


def _ranking_or_404(session: Session, caller: Caller, ranking_id: str, now: dt.datetime) -> Ranking:
    ranking = find_ranking(session, caller.viewer, ranking_id, now=now)
    if ranking is None:
        raise Problem(Kind.NOT_FOUND, "There is no such ranking, it is no longer kept, or it is not yours.")
    return ranking
