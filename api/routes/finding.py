"""Opportunities by what they mean, without a mentee: search in one's own words, and more like one."""

from typing import Annotated

from fastapi import APIRouter, Query

from api.caller import Reader
from api.lists.filters import OpportunityFilters
from api.looking_up import opportunity_or_404
from api.problems import Kind
from api.routes.shared import Id, Limit, problems
from api.schemas.recommendations import FoundPage, FoundView
from api.schemas.shapes import Line
from api.service import CatalogueDep, Service
from api.views.opportunities import Now, row_view
from catalog.database import reading
from catalog.stores import browsing
from recommender.results import SearchResults

router = APIRouter(tags=["opportunities"])


class _SearchFilters(OpportunityFilters):
    """What is sought, beside the shared filters."""

    q: Line = Query(min_length=1, max_length=500, description="What is sought, in words of one's own")
    limit: Limit = 20


class _LikenessFilters(OpportunityFilters):
    """How many, beside the shared filters."""

    limit: Limit = 10


@router.get("/search", response_model=FoundPage, responses=problems())
def search_opportunities(
    caller: Reader,  # noqa: ARG001  (declares what the route needs)
    service: CatalogueDep,
    filters: Annotated[_SearchFilters, Query()],
) -> FoundPage:
    """What comes nearest in words and meaning, best first. `q` of /v1/opportunities asks for every word instead."""
    now = service.clock()
    recommender = service.recommender.wait()
    return _page(service, recommender.search(filters.q, filters.for_recommender(), now=now, limit=filters.limit))


@router.get("/opportunities/{opportunity_id}/similar", response_model=FoundPage, responses=problems(Kind.NOT_FOUND))
def list_similar_opportunities(
    opportunity_id: Id,
    caller: Reader,  # noqa: ARG001  (declares what the route needs)
    service: CatalogueDep,
    filters: Annotated[_LikenessFilters, Query()],
) -> FoundPage:
    """Others that can be gone for and are most like this one, which may itself be closed."""
    now = service.clock()
    with reading(service.engine) as session:
        opportunity_or_404(session, opportunity_id)
    recommender = service.recommender.wait()
    return _page(
        service, recommender.more_like(opportunity_id, filters.for_recommender(), now=now, limit=filters.limit)
    )


def _page(service: Service, results: SearchResults) -> FoundPage:
    now = Now(service.clock(), service.closing_soon)
    ids = [found.opportunity.id for found in results.items]
    with reading(service.engine) as session:
        rows, sources = browsing.opportunities_by_id(session, ids), browsing.sources_of(session, ids)
        items = [
            FoundView(
                rank=found.rank,
                opportunity=row_view(row, sources.get(row.id, []), now),
                sentence=found.sentence,
                words=list(found.words),
            )
            for found in results.items
            if (row := rows.get(found.opportunity.id))
        ]
    return FoundPage(items=items, considered=results.considered, mode=results.mode, degraded=list(results.degraded))
