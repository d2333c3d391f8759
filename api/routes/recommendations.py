"""A mentee's ranked list, kept as it was served, so that its pages and its reasons stay what they were."""

import datetime as dt
from dataclasses import asdict, dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Query
from sqlmodel import Session

from api.caller import Caller, Reader
from api.problems import Kind, Problem
from api.routes.filtering import RecommendationFilters
from api.routes.mentees import mentee_or_404
from api.routes.shared import Cursor, Id, Limit, problems
from api.schemas.recommendations import AskView, LearnedView, RankingMark, RankingView, RecommendationPage
from api.service import Service, ServiceDep
from api.views.opportunities import Now
from api.views.recommendations import recommendation_views
from catalog.database import reading, writing
from catalog.stores.rankings import decided_so_far, find_ranking, rankings_since
from catalog.tables import Ranking
from recommender.mentees import UnknownMentee
from recommender.results import Degradation, Mode, RankedList, items_as_json, items_from_json

router = APIRouter(tags=["recommendations"])
_SERVED_AGAIN_FOR = dt.timedelta(minutes=10)
"""A list asked for again within this time is the same list, unless something was decided or indexed since."""


class _ListFilters(RecommendationFilters):
    """The list's own parameters beside the shared ones."""

    limit: Limit = 20
    cursor: Cursor = None


@dataclass(frozen=True, slots=True)
class _Asked:
    """One request for a list."""

    mentee_id: str
    filters: RecommendationFilters
    bound: dict[str, Any]
    now: dt.datetime


@router.get(
    "/mentees/{mentee_id}/recommendations",
    response_model=RecommendationPage,
    responses=problems(Kind.NOT_FOUND, Kind.GONE, Kind.INVALID_CURSOR),
)
def recommend_for_mentee(
    mentee_id: Id, caller: Reader, service: ServiceDep, filters: Annotated[_ListFilters, Query()]
) -> RecommendationPage:
    """What this mentee can go for, ranked for their goals, with reasons.

    Three questions are answered apart and never mixed into one number: may they apply
    (`eligibility`), is there time (`time_left`), does it serve a goal (`match`). What was forwarded,
    dismissed or snoozed is not offered again. Later pages (`next`) come from the same ranking.
    """
    bound = filters.model_dump(mode="json", exclude_defaults=True, exclude={"limit", "cursor"})
    asked = _Asked(mentee_id, filters, {**bound, "mentee": mentee_id}, service.clock())
    if filters.cursor:
        ranking, offset = _continued(service, caller, asked, filters.cursor)
    else:
        ranking, offset = _first(service, caller, asked), 0
    return _page(service, asked, ranking, offset, filters.limit)


def _continued(service: Service, caller: Caller, asked: _Asked, cursor: str) -> tuple[Ranking, int]:
    ranking_id, offset = service.cursors.read(cursor, "recommendations", asked.bound)
    with reading(service.engine) as session:
        mentee_or_404(session, caller, asked.mentee_id)
        ranking = find_ranking(session, caller.viewer, ranking_id, now=asked.now)
    if ranking is None:
        raise Problem(Kind.GONE)
    return ranking, offset


def _first(service: Service, caller: Caller, asked: _Asked) -> Ranking:
    """The list served a moment ago if nothing happened since, else a new one, which is kept."""
    with reading(service.engine) as session:
        mentee_or_404(session, caller, asked.mentee_id)  # first: a stranger learns nothing by waiting
    recommender = service.recommender.wait()
    with reading(service.engine) as session:
        mentee = mentee_or_404(session, caller, asked.mentee_id)
        state = decided_so_far(session, mentee.id)
        for ranking in rankings_since(session, mentee.id, since=asked.now - _SERVED_AGAIN_FOR):
            same = ranking.filters.get("asked") == asked.bound and ranking.filters.get("state") == state
            if (
                same
                and ranking.mentee_version == mentee.version
                and ranking.index_rev == recommender.state(asked.now).index_rev
            ):
                return ranking
    try:
        ranked = recommender.recommend(asked.mentee_id, asked.filters.for_recommender(), now=asked.now)
    except UnknownMentee as error:
        raise Problem(Kind.NOT_FOUND, "This mentee was erased just now.") from error
    ranking = _kept(ranked, asked, state, service.ranking_lasts)
    with writing(service.engine) as session:
        session.add(ranking)
        session.flush()
        session.refresh(ranking)
        session.expunge(ranking)
    return ranking


def _kept(ranked: RankedList, asked: _Asked, state: str, lasts: dt.timedelta) -> Ranking:
    return Ranking(
        mentee_id=ranked.mentee_id,
        mentee_version=ranked.mentee_version,
        index_rev=ranked.index_rev,
        model=ranked.model,
        mode=ranked.mode,
        filters={
            "asked": asked.bound,
            "state": state,
            "considered": ranked.considered,
            "hidden_ineligible": ranked.hidden_ineligible,
            "degraded": list(ranked.degraded),
            "ask": asdict(ranked.ask) if ranked.ask else None,
        },
        weights={**ranked.weights, "learned": [asdict(one) for one in ranked.learned]},
        items=items_as_json(ranked.items),
        created_at=ranked.created_at,
        expires_at=ranked.created_at + lasts,
    )


def _page(service: Service, asked: _Asked, ranking: Ranking, offset: int, limit: int) -> RecommendationPage:
    now = Now(asked.now, service.closing_soon)
    items = items_from_json(ranking.items[offset : offset + limit])
    more = offset + limit < len(ranking.items)
    cursor = service.cursors.make("recommendations", asked.bound, [ranking.id, offset + limit]) if more else None
    with reading(service.engine) as session:
        views = recommendation_views(session, ranking.mentee_id, items, now)
    return RecommendationPage(
        items=views,
        next=cursor,
        total=len(ranking.items),
        considered=ranking.filters["considered"],
        hidden_ineligible=ranking.filters["hidden_ineligible"],
        generated_at=ranking.created_at,
        snapshot_id=str(ranking.index_rev),
        ranking=RankingMark(id=ranking.id, mode=Mode(ranking.mode), model=ranking.model),
        degraded=[Degradation(one) for one in ranking.filters["degraded"]],
        learned=[LearnedView(**one) for one in ranking.weights.get("learned", [])],
        ask=AskView(**ask) if (ask := ranking.filters.get("ask")) else None,
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
