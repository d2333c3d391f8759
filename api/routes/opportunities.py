"""Opportunities: the list, everything about one, and which of my mentees it is for."""

import datetime as dt
import hashlib
from collections.abc import Sequence
from itertools import islice
from typing import Annotated, Any

from fastapi import APIRouter, Query

from api.caller import Reader
from api.lists.by_deadline import passing
from api.looking_up import opportunity_or_404
from api.problems import Kind, Problem
from api.routes.shared import Cursor, Id, Limit, problems, split_page
from api.schemas.opportunities import OpportunityPage, OpportunityView
from api.schemas.recommendations import Board
from api.service import CatalogueDep, Service, ServiceDep
from api.views.opportunities import Known, Now, full_view, row_view
from api.views.recommendations import board_entries
from catalog.database import reading
from catalog.stores import browsing
from catalog.stores.journals import journals_of
from catalog.stores.mentees import list_mentees
from recommender import results
from recommender.mentees import UnknownMentee
from recommender.narrowing import SearchFilters

router = APIRouter(prefix="/opportunities", tags=["opportunities"])


class _ListFilters(SearchFilters):
    """The list's own parameters beside the shared ones."""

    limit: Limit = 50
    cursor: Cursor = None


@router.get("", response_model=OpportunityPage, responses=problems(Kind.INVALID_CURSOR))
def list_opportunities(
    caller: Reader,  # noqa: ARG001  (declares what the route needs)
    service: CatalogueDep,
    filters: Annotated[_ListFilters, Query()],
) -> OpportunityPage:
    """Opportunities by deadline, the next one first; those without a date come last."""
    bound = filters.model_dump(mode="json", exclude_defaults=True, exclude={"limit", "cursor"})
    position = service.cursors.read(filters.cursor, "opportunities", bound) if filters.cursor else None
    after = (dt.datetime.fromisoformat(position[0]), str(position[1])) if position else None
    now = Now(service.clock(), service.closing_soon)
    with reading(service.engine) as session:
        found = list(islice(passing(session, filters, now, after), filters.limit + 1))
        page, last = split_page(found, filters.limit)
        sources = browsing.sources_of(session, [opportunity.id for _, opportunity in page])
        items = [row_view(opportunity, sources.get(opportunity.id, []), now) for _, opportunity in page]
    following = service.cursors.make("opportunities", bound, [last[0][0].isoformat(), last[0][1]]) if last else None
    return OpportunityPage(items=items, next=following)


@router.get("/{opportunity_id}", response_model=OpportunityView, responses=problems(Kind.NOT_FOUND))
def get_opportunity(opportunity_id: Id, caller: Reader, service: CatalogueDep) -> OpportunityView:  # noqa: ARG001
    """Everything known about one, each thing with the words it came from, and how it changed."""
    with reading(service.engine) as session:
        opportunity = opportunity_or_404(session, opportunity_id)
        carried = browsing.postings_of(session, opportunity_id)
        series, editions = browsing.editions_of(session, opportunity)
        known = Known(
            opportunity=opportunity,
            postings=[posting for posting, _ in carried],
            sources={source.name: source for _, source in carried},
            changes=browsing.changes_of(session, opportunity_id),
            series=series,
            editions=editions,
            journal=journals_of(session, [opportunity]).get(opportunity_id),
        )
        return full_view(known, Now(service.clock(), service.closing_soon))


@router.get(
    "/{opportunity_id}/mentees",
    response_model=Board,
    responses=problems(Kind.NOT_FOUND, Kind.INVALID_CURSOR, Kind.GONE),
)
def list_mentees_for_opportunity(
    opportunity_id: Id, caller: Reader, service: ServiceDep, limit: Limit = 50, cursor: Cursor = None
) -> Board:
    """The board: my mentees for this opportunity, the best fits first, with what was already sent.

    Pages belong to one state of the index and one order of the mentees: once either has changed, `cursor` is
    answered 410.
    """
    now, bound = service.clock(), {"opportunity": opportunity_id}
    position = service.cursors.read(cursor, "board", bound) if cursor else None
    with reading(service.engine) as session:
        opportunity_or_404(session, opportunity_id)
        mentees = {one.id: one for one in list_mentees(session, caller.viewer)}
    snapshot, board = _ranked_or_gone(service, opportunity_id, list(mentees), now)
    order = _order(snapshot, board.candidates)
    first, following = _slice_or_gone(position, order, limit)
    more = following < len(board.candidates)
    with reading(service.engine) as session:
        entries = board_entries(session, opportunity_id, board.candidates[first:following], mentees)
    return Board(
        items=entries,
        next=service.cursors.make("board", bound, [order, following]) if more else None,
        generated_at=now,
        snapshot_id=str(snapshot),
        degraded=list(board.degraded),
        mode=board.mode,
    )


def _ranked_or_gone(
    service: Service, opportunity_id: str, mentee_ids: list[str], now: dt.datetime
) -> tuple[int, results.Board]:
    """The mentees by how well it fits them, and the state of the index by which they were ranked."""
    recommender = service.recommender.wait()
    snapshot = recommender.state(now).index_rev
    try:
        return snapshot, recommender.board(opportunity_id, mentee_ids, now=now)
    except UnknownMentee as error:
        raise Problem(Kind.GONE, "One of your mentees was erased just now. Ask for the board anew.") from error


def _slice_or_gone(position: list[Any] | None, order: str, limit: int) -> tuple[int, int]:
    """From where to where a page reaches. Raises Problem (410) for the next page of another order."""
    if position and position[0] != order:
        raise Problem(Kind.GONE)
    first: int = position[1] if position else 0
    return first, first + limit


def _order(snapshot: int, candidates: Sequence[results.Candidate]) -> str:
    """A mark of the state of the index and of who stands where: a page of another order would skip or repeat."""
    said = "\n".join((str(snapshot), *(one.mentee_id for one in candidates)))
    return hashlib.blake2b(said.encode(), digest_size=12).hexdigest()
