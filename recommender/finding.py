"""Search in words and meaning, and more calls like one: the same scorer without a mentee."""

import datetime as dt

from catalog.standing import standing
from recommender.answering import Answering, DetailsOf
from recommender.explaining import CallDetails, best_sentence
from recommender.filters import Filters
from recommender.health import Mode
from recommender.people import GoalFacts
from recommender.ranker import Hit, Scope
from recommender.results import Found, SearchResults
from recommender.sought import Sought, sought
from recommender.tokens import terms


def find(
    answering: Answering,
    wanted: GoalFacts,
    filters: Filters,
    details_of: DetailsOf,
    *,
    now: dt.datetime,
    closing_soon: dt.timedelta,
    limit: int,
    excluded: frozenset[str] = frozenset(),
) -> SearchResults:
    """The calls that serve a text best."""
    answering = answering.with_goals([wanted])
    (wish,) = answering.wishes([wanted])
    found = answering.ranker.search([wish], Scope(now, filters, None, excluded), limit)
    # by words alone a call that shares none is not found, however few there are
    hits = [hit for hit in found.hits[wish.id] if hit.score > 0 or answering.mode is not Mode.LEXICAL]
    details = details_of([hit.opportunity_id for hit in hits])
    shown = [hit for hit in hits if hit.opportunity_id in details]
    seeking = sought(wanted.text)
    items = tuple(
        _item(rank, hit, details[hit.opportunity_id], answering, (wanted, seeking), now, closing_soon)
        for rank, hit in enumerate(shown, start=1)
    )
    return SearchResults(items, found.considered, answering.mode, answering.degraded)


def _item(
    rank: int,
    hit: Hit,
    details: CallDetails,
    answering: Answering,
    goal: tuple[GoalFacts, Sought],
    now: dt.datetime,
    closing_soon: dt.timedelta,
) -> Found:
    wanted, seeking = goal
    snapshot = answering.snapshot
    at = snapshot.place[hit.opportunity_id]
    current = standing(snapshot.calls[at].timetable, now, closing_soon)
    near = answering.nearness(at, wanted.vectors)
    weighed = seeking.weighed(snapshot.lexicon, at)
    _, sentence = best_sentence(details, weighed, near)
    answers = near is not None or not seeking.terms.keys().isdisjoint(terms(sentence))
    return Found(
        rank=rank,
        score=hit.percentile,
        opportunity=details.summary,
        status=current.status,
        deadline=current.deadline,
        closes_at=current.closes_at,
        sentence=sentence if answers else "",
        words=seeking.shared(weighed),
    )
