"""Ranked lists as they are made, kept, and served again while they still hold: for the page, feeds and files alike."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from api.lists.filters import RecommendationFilters
from api.lists.kept import KeptList, kept
from api.problems import Kind, Problem
from api.service import Service
from catalog.database import reading, writing
from catalog.stores.mentees import find_mentee
from catalog.stores.rankings import decided_so_far, keep_items, rankings_since, shown_first
from catalog.stores.visibility import Viewer
from catalog.tables import Mentee, Ranking
from recommender.mentees import UnknownMentee
from recommender.results import Chosen, RankedList, Recommended
from recommender.served import further_as_json, items_as_json

_SERVED_AGAIN_FOR = dt.timedelta(minutes=10)
"""A list asked for again within this time is the same list, unless something happened since (`KeptList.holds`)."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One request for a list."""

    mentee_id: str
    filters: RecommendationFilters
    bound: dict[str, Any]
    now: dt.datetime


def ranked_list(service: Service, viewer: Viewer, asked: Asked, shown: int | None = None) -> KeptList:
    """The list served a moment ago if it still holds, else a new one, which is kept.

    At least the first `shown` are explained (None: all); of a new list it is kept that this viewer was shown those.
    """
    if service.recommender.loaded is None:
        with reading(service.engine) as session:
            _mentee_or_404(session, viewer, asked.mentee_id)  # first: a stranger learns nothing by waiting or in vain
    recommender = service.recommender.wait()
    with reading(service.engine) as session:
        mentee = _mentee_or_404(session, viewer, asked.mentee_id)
        decided = decided_so_far(session, mentee.id)
        earlier = _earlier(session, mentee, asked, decided)
    if earlier is not None and earlier.holds(recommender.state(asked.now), asked.now):
        return explained(service, earlier, shown, asked.now)
    try:
        ranked = recommender.recommend(asked.mentee_id, asked.filters.for_recommender(), now=asked.now, shown=shown)
    except UnknownMentee as error:
        raise _erased() from error
    row = kept(ranked, asked.bound, decided, service.ranking_lasts)
    if shown:  # at once, which spares a page a second time of writing
        row.filters |= shown_first(viewer.mentor_id, [item.opportunity_id for item in ranked.items])
    return _keep(service, row, ranked)


def explained(service: Service, found: KeptList, shown: int | None, now: dt.datetime) -> KeptList:
    """The list with at least its first `shown` explained, by what is known now; what is new is kept too."""
    items, further = found.items, found.further
    while further and (shown is None or len(items) < shown):
        some = len(further) if shown is None else shown - len(items)
        items += _explained(service, found.ranking, further[:some], now)
        further = further[some:]
    if len(items) == len(found.items) and len(further) == len(found.further):
        return found
    with writing(service.engine) as session:
        keep_items(session, found.ranking.id, [*items_as_json(items), *further_as_json(further)])
    return found.with_more(items, further)


def _explained(
    service: Service, ranking: Ranking, some: tuple[Chosen, ...], now: dt.datetime
) -> tuple[Recommended, ...]:
    try:
        return service.recommender.wait().explain(ranking.mentee_id, some, now=now)
    except UnknownMentee as error:
        raise _erased() from error


def repeatable_until(found: KeptList, closing_soon: dt.timedelta) -> dt.datetime:
    """Until when time alone changes nothing in how a list is shown: it is made anew, or a row closes, or soon does."""
    turns = [found.ranking.created_at + _SERVED_AGAIN_FOR]
    for closes_at in found.closings:
        if closes_at is not None:
            turns += [one for one in (closes_at, closes_at - closing_soon) if one > found.ranking.created_at]
    return min(turns)


def _erased() -> Problem:
    return Problem(Kind.NOT_FOUND, "This mentee was erased just now.")


def _earlier(session: Session, mentee: Mentee, asked: Asked, decided: str) -> KeptList | None:
    """The newest list that was made of the same question, while the mentee was the same and as much was decided."""
    for ranking in rankings_since(session, mentee.id, since=asked.now - _SERVED_AGAIN_FOR):
        same = ranking.filters.get("asked") == asked.bound and ranking.filters.get("state") == decided
        if same and ranking.mentee_version == mentee.version:
            return KeptList.of(ranking)
    return None


def _keep(service: Service, ranking: Ranking, ranked: RankedList) -> KeptList:
    with writing(service.engine) as session:
        session.add(ranking)
        session.flush()
        session.expunge(ranking)
    return KeptList.fresh(ranking, ranked)


def _mentee_or_404(session: Session, viewer: Viewer, mentee_id: str) -> Mentee:
    mentee = find_mentee(session, viewer, mentee_id)
    if mentee is None:
        raise Problem(Kind.NOT_FOUND, "There is no such mentee, or it is not yours.")
    return mentee
