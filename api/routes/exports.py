"""Lists as files (CSV), whole: opportunities, my forwards with what came back, and a mentee's recommendations."""

from collections.abc import Iterator
from itertools import islice
from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.responses import StreamingResponse

from api.caller import Reader
from api.lists.by_deadline import all_places, passing_at
from api.lists.filters import RecommendationFilters
from api.lists.ranked import Asked, ranked_list
from api.looking_up import mentee_or_404
from api.problems import Kind
from api.routes.shared import Id, problems
from api.service import Service, ServiceDep
from api.views.forwards import forward_views
from api.views.opportunities import Now
from api.views.recommendations import recommendation_views
from api.views.tables import (
    FORWARD_COLUMNS,
    OPPORTUNITY_COLUMNS,
    RECOMMENDATION_COLUMNS,
    forward_cells,
    lines,
    opportunity_cells,
    recommendation_cells,
)
from catalog.audited import AuditAction
from catalog.database import reading, writing
from catalog.stores import browsing
from catalog.stores.audit import record
from catalog.stores.batches import in_batches
from catalog.stores.forwards import list_forwards
from catalog.stores.visibility import Viewer
from recommender.narrowing import SearchFilters

router = APIRouter(tags=["exports"])
CSV = "text/csv"
_BATCH = 200
_BOM = "Begin with a byte order mark, without which Excel reads UTF-8 as the letters of its own country"


class _OpportunityFile(SearchFilters):
    """The list's filters, and how the file begins."""

    bom: bool = Query(False, description=_BOM)


class _RecommendationFile(RecommendationFilters):
    """The ranked list's filters, and how the file begins."""

    bom: bool = Query(False, description=_BOM)


def _answers(what: str, *kinds: Kind) -> dict[int | str, dict[str, Any]]:
    return {**problems(*kinds), 200: {"description": what, "content": {CSV: {"schema": {"type": "string"}}}}}


@router.get("/opportunities.csv", response_class=StreamingResponse, responses=_answers("All fields, a row for each"))
def export_opportunities(
    caller: Reader,  # noqa: ARG001  (declares what the route needs)
    service: ServiceDep,
    filters: Annotated[_OpportunityFile, Query()],
) -> StreamingResponse:
    """All opportunities that pass the filters, by deadline, with all fields. There is no limit to their number.

    RFC 4180 in UTF-8; what holds several things is JSON in its cell. A cell that a spreadsheet would
    take for a formula has an apostrophe before it. It is sent as it is read, however slowly that is; what is deleted
    meanwhile is left out. An answer that ends before its end (no last chunk) is not whole.
    """
    now = Now(service.clock(), service.closing_soon)
    return _file("opportunities", lines(OPPORTUNITY_COLUMNS, _opportunities(service, filters, now), mark=filters.bom))


def _opportunities(service: Service, filters: SearchFilters, now: Now) -> Iterator[dict[str, Any]]:
    """Read a batch at a time, each in a short transaction: however slowly somebody takes it, none is held open."""
    with reading(service.engine) as session:
        places = all_places(session, filters, now)
    for batch in in_batches(places, _BATCH):
        with reading(service.engine) as session:
            rows = passing_at(session, filters, now, batch)
            sources = browsing.sources_of(session, [row.id for row in rows])
            cells = [opportunity_cells(row, sources.get(row.id, []), now) for row in rows]
        yield from cells


@router.get("/forwards.csv", response_class=StreamingResponse, responses=_answers("A row for each forward"))
def export_forwards(
    caller: Reader, service: ServiceDep, bom: Annotated[bool, Query(description=_BOM)] = False
) -> StreamingResponse:
    """What was forwarded to my mentees, newest first, by me or a co-mentor, with state and newest answer."""
    now = service.clock()
    with writing(service.engine) as session:
        record(session, caller.actor, AuditAction.FORWARD_EXPORT, "mentor", caller.mentor.id, now=now)
    return _file("forwards", lines(FORWARD_COLUMNS, _forwards(service, caller.viewer, now), mark=bom))


def _forwards(service: Service, viewer: Viewer, now: Any) -> Iterator[dict[str, Any]]:
    after = None
    while True:
        with reading(service.engine) as session:
            found = list_forwards(session, viewer, limit=_BATCH, after=after)
            views = forward_views(session, found, service, now=now)
            after = (found[-1].forward.created_at, found[-1].forward.id) if found else None
        yield from map(forward_cells, views)
        if len(found) < _BATCH:
            return


@router.get(
    "/mentees/{mentee_id}/recommendations.csv",
    response_class=StreamingResponse,
    responses=_answers("A row for each, with why", Kind.NOT_FOUND),
)
def export_recommendations(
    mentee_id: Id, caller: Reader, service: ServiceDep, filters: Annotated[_RecommendationFile, Query()]
) -> StreamingResponse:
    """A mentee's whole ranked list, with its reasons in short and all fields of each opportunity."""
    asked_for = RecommendationFilters.model_validate(filters.model_dump(exclude={"bom"}))
    now = Now(service.clock(), service.closing_soon)
    bound = {**asked_for.as_json(), "mentee": mentee_id}
    listed = ranked_list(service, caller.viewer, Asked(mentee_id, asked_for, bound, now.at))
    with writing(service.engine) as session:
        mentee_or_404(session, caller, mentee_id)
        record(session, caller.actor, AuditAction.RECOMMENDATION_EXPORT, "mentee", mentee_id, now=now.at)
    return _file(
        "recommendations",
        lines(RECOMMENDATION_COLUMNS, _recommendations(service, mentee_id, listed.items, now), mark=filters.bom),
    )


def _recommendations(service: Service, mentee_id: str, items: Any, now: Now) -> Iterator[dict[str, Any]]:
    for batch in in_batches(items, _BATCH):
        with reading(service.engine) as session:
            ids = [one.opportunity_id for one in batch]
            rows, sources = browsing.opportunities_by_id(session, ids), browsing.sources_of(session, ids)
            views = recommendation_views(session, mentee_id, batch, rows, now)
            cells = [
                recommendation_cells(
                    view,
                    opportunity_cells(rows[view.opportunity.id], sources.get(view.opportunity.id, []), now),
                )
                for view in views
            ]
        yield from cells


def _file(name: str, pieces: Iterator[bytes]) -> StreamingResponse:
    """The first piece is made before the answer begins, so that what goes wrong at once is answered as a problem."""
    first = list(islice(pieces, 1))
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}

    def all_of_it() -> Iterator[bytes]:
        yield from first
        yield from pieces

    return StreamingResponse(all_of_it(), media_type=f"{CSV}; charset=utf-8", headers=headers)
