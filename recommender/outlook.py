"""What is in view for mentees: new calls that fit, and goals that nothing open serves. Many mentees at once.

It is worked out after each index and kept, so that a mentor's day and a digest need not rank anybody.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import sqlalchemy as sa
from sqlmodel import Session, col

from catalog.stores.outlooks import keep_outlooks
from catalog.tables import Opportunity
from recommender.answering import Answering, DetailsOf
from recommender.choosing import Choice, choose_among
from recommender.day import NEW_FOR
from recommender.digest import Seeker, search_for_many
from recommender.filters import Filters
from recommender.lexical import query_terms
from recommender.listing import listed
from recommender.mentees import Known
from recommender.people import WITHOUT_GOALS, GoalFacts
from recommender.ranker import Retrieved, Scope
from recommender.results import Recommended
from recommender.served import items_as_json
from recommender.snapshot_ranker import SnapshotRanker

FIRST_PAGE = 20
"""A new call is told of when it stands so high for a goal among all open ones: on the first page of her list."""
MOST_FINDS = 6
SERVES_FROM = 0.35
"""Nearness from which a call is said to serve a goal: nine in ten calls that mentors judged helpful are nearer, with
the default model. A claim that *nothing* serves a goal should seldom be wrong."""
SERVES_BY_WORDS_FROM = 5.0
"""BM25 from which it is said where words are all there is: half of what counts as a full match (`scoring`)."""


@dataclass(frozen=True, slots=True)
class View:
    """What was seen for one mentee. `unserved` are ids of goals."""

    mentee_id: str
    mentee_version: int
    finds: tuple[Recommended, ...]
    unserved: tuple[str, ...]


def new_calls(session: Session, now: dt.datetime) -> frozenset[str]:
    """Ids of what was first seen lately, by any source."""
    query = sa.select(col(Opportunity.id)).where(
        col(Opportunity.first_seen_at) > now - NEW_FOR, col(Opportunity.withdrawn_at).is_(None)
    )
    return frozenset(session.execute(query).scalars())


def look_out(
    answering: Answering,
    many: Sequence[Known],
    new: frozenset[str],
    details_of: DetailsOf,
    *,
    now: dt.datetime,
    closing_soon: dt.timedelta,
) -> Iterator[View]:
    """What is in view for each of these mentees, in their order."""
    chosen = [
        (known, best, _choose(answering, known, best, new, now))
        for known, best in zip(many, _search(answering, many, now), strict=True)
    ]
    details = details_of(sorted({choice.hit.opportunity_id for _, _, choices in chosen for choice in choices}))
    for known, best, choices in chosen:
        yield View(
            known.person.id,
            known.person.version,
            listed(answering, known, choices, lambda _: details, now=now, closing_soon=closing_soon),
            tuple(_unserved(answering, known, best)),
        )


def _choose(answering: Answering, known: Known, best: Retrieved, new: frozenset[str], now: dt.datetime) -> list[Choice]:
    """Of the first page for each goal what is new and serves it, spread as a list is."""
    fresh = {
        wish: [hit for hit in hits if hit.opportunity_id in new and serves(hit.nearness, hit.words)]
        for wish, hits in best.hits.items()
    }
    scope = Scope(now, Filters(), known.person, known.excluded, known.taste, known.series)
    return choose_among(answering.ranker, Retrieved(fresh), answering.snapshot.call, known.goals, scope, MOST_FINDS)


def _search(answering: Answering, many: Sequence[Known], now: dt.datetime) -> Iterator[Retrieved]:
    """The first page for each goal of each: all at once where the vectors are in memory."""
    seekers = [Seeker(one.person, answering.wishes(one.goals), one.excluded, one.taste) for one in many]
    ranker = answering.ranker
    if isinstance(ranker, SnapshotRanker):
        yield from search_for_many(ranker, seekers, Filters(), now=now, depth=FIRST_PAGE)
        return
    for one in seekers:
        scope = Scope(now, Filters(), one.person, one.excluded, one.taste)
        yield ranker.search(one.wishes, scope, FIRST_PAGE)


def serves(nearness: float | None, words: float) -> bool:
    """Whether a call may be said to serve a goal at all, however it ranks."""
    return words >= SERVES_BY_WORDS_FROM if nearness is None else nearness >= SERVES_FROM


def keep(session: Session, views: Sequence[View], *, index_rev: int, model: str, now: dt.datetime) -> None:
    """Write what was seen."""
    keep_outlooks(session, [_row(view, index_rev, model, now) for view in views])


def _row(view: View, index_rev: int, model: str, now: dt.datetime) -> dict[str, Any]:
    return {
        "mentee_id": view.mentee_id,
        "mentee_version": view.mentee_version,
        "index_rev": index_rev,
        "model": model,
        "finds": items_as_json(view.finds),
        "unserved": list(view.unserved),
        "looked_at": now,
    }


def _unserved(answering: Answering, known: Known, best: Retrieved) -> Iterator[str]:
    """Goals that no open call serves, those that were sent or put away included."""
    for goal in known.goals:
        if goal.id == WITHOUT_GOALS or not goal.text.strip():
            continue
        served = any(serves(hit.nearness, hit.words) for hit in best.hits.get(goal.id, ()))
        if not served and not any(_is_served_by(answering, goal, name) for name in known.excluded):
            yield goal.id


def _is_served_by(answering: Answering, goal: GoalFacts, opportunity_id: str) -> bool:
    at = answering.snapshot.place.get(opportunity_id)
    if at is None:
        return False
    near = answering.nearness(at, goal.vectors)
    if near is not None:
        return serves(float(near.max()), 0.0)
    words, _ = answering.snapshot.lexicon.score_of(query_terms(goal.text), np.array([at]), common=True)
    return serves(None, float(words[0]))
