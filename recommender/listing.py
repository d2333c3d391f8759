"""A mentee's list: chosen from every goal, explained, each call as a row that needs no further asking."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence

from catalog.standing import standing
from recommender.answering import Answering, DetailsOf
from recommender.choosing import Choice, choose
from recommender.eligibility import settled_by
from recommender.explaining import CallDetails, match_goal, reasons
from recommender.filters import Filters
from recommender.mentees import Known
from recommender.people import GoalFacts
from recommender.ranker import Scope
from recommender.results import Ask, Learned, RankedList, Recommended
from recommender.scoring import weights


def recommend(
    answering: Answering,
    known: Known,
    filters: Filters,
    details_of: DetailsOf,
    *,
    now: dt.datetime,
    closing_soon: dt.timedelta,
    limit: int,
) -> RankedList:
    """The list of one mentee. One who has said no goal yet is shown what fits their specialty, else what is open."""
    goals = known.goals
    answering = answering.with_goals(goals)
    scope = Scope(now, filters, known.person, known.excluded, known.taste, known.series)
    wishes = answering.wishes(goals)
    choices, found = choose(answering.ranker, answering.snapshot.call, goals, wishes, scope, limit)
    items = listed(answering, known, choices, details_of, now=now, closing_soon=closing_soon)
    return RankedList(
        mentee_id=known.person.id,
        mentee_version=known.person.version,
        items=items,
        considered=found.considered,
        hidden_ineligible=found.hidden_ineligible,
        mode=answering.mode,
        degraded=answering.degraded,
        model=answering.snapshot.model,
        index_rev=answering.snapshot.rev,
        created_at=now,
        filters=filters.as_json(),
        weights=weights(),
        learned=tuple(Learned(one.said, round(one.change, 4), one.because) for one in known.taste.lessons),
        ask=_ask(items),
    )


def listed(
    answering: Answering,
    known: Known,
    choices: Sequence[Choice],
    details_of: DetailsOf,
    *,
    now: dt.datetime,
    closing_soon: dt.timedelta,
) -> tuple[Recommended, ...]:
    """What was chosen for a mentee as rows with their reasons; what has been deleted since is left out."""
    details = details_of([choice.hit.opportunity_id for choice in choices])
    by_id = {goal.id: goal for goal in known.goals if goal.text.strip()}
    shown = [choice for choice in choices if choice.hit.opportunity_id in details]
    places = answering.snapshot.place
    moved = answering.moved_by(known.taste, [places[choice.hit.opportunity_id] for choice in shown], now)
    return tuple(
        _item(rank, choice, details[choice.hit.opportunity_id], answering, known, by_id, moved, now, closing_soon)
        for rank, choice in enumerate(shown, start=1)
    )


def _ask(items: Sequence[Recommended]) -> Ask | None:
    """The question that most of the uncertain calls of a list wait for, and how many its answer alone decides."""
    open_ = [item.reasons.eligibility for item in items if item.reasons.eligibility.question]
    if not open_:
        return None
    (question, _), *_ = Counter(one.question for one in open_).most_common(1)  # of equals that of the best call
    return Ask(question, sum(settled_by(one, question) for one in open_), len(open_))


def _item(
    rank: int,
    choice: Choice,
    details: CallDetails,
    answering: Answering,
    known: Known,
    goals: Mapping[str, GoalFacts],
    moved: Mapping[int, tuple[str, ...]],
    now: dt.datetime,
    closing_soon: dt.timedelta,
) -> Recommended:
    at = answering.snapshot.place[details.summary.id]
    current = standing(answering.snapshot.calls[at].timetable, now, closing_soon)
    goal = goals.get(choice.goal_id)
    match = None
    if goal is not None:
        near = answering.nearness(at, goal.vectors)
        match = match_goal(details, (goal.id, goal.text), choice.also, answering.snapshot.lexicon, at, near)
    return Recommended(
        rank=rank,
        score=choice.percentile,
        opportunity=details.summary,
        status=current.status,
        deadline=current.deadline,
        closes_at=current.closes_at,
        reasons=reasons(details, match, known.person, current, now, moved[at]),
    )
