"""A mentee's list: chosen from every goal, explained, each call as a row that needs no further asking."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from math import isfinite

from catalog.standing import standing
from recommender.answering import Answering, DetailsOf
from recommender.asking import is_for_the_person
from recommender.choosing import Choice, choose
from recommender.eligibility import settled_by
from recommender.explaining import CallDetails, match_goal, reasons
from recommender.filters import Filters
from recommender.mentees import Known
from recommender.people import GoalFacts
from recommender.ranker import Scope
from recommender.reasons import Eligibility
from recommender.results import Ask, CallName, Chosen, Learned, RankedList, Recommended
from recommender.scoring import weights
from recommender.sought import Sought, sought

QUESTIONS_TRIED = 8  # of those that most wait for


def recommend(
    answering: Answering,
    known: Known,
    filters: Filters,
    details_of: DetailsOf,
    *,
    now: dt.datetime,
    closing_soon: dt.timedelta,
    limit: int,
    shown: int | None = None,
) -> RankedList:
    """The list of one mentee. One who has said no goal yet is shown what fits their specialty, else what is open.

    Only the first `shown` are explained; the others wait in `further` (None: all are).
    """
    goals = known.goals
    answering = answering.with_goals(goals)
    scope = Scope(now, filters, known.person, known.excluded, known.taste, known.series)
    wishes = answering.wishes(goals)
    choices, found = choose(answering.ranker, answering.snapshot.call, goals, wishes, scope, limit)
    chosen = _in_order(answering, choices, now)
    items = explained(answering, known, chosen[:shown], details_of, now=now, closing_soon=closing_soon)
    further = () if shown is None else chosen[shown:]
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
        ask=ask_first(_judged(answering, known, items, further)),
        further=further,
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
    chosen = _in_order(answering, choices, now)
    return explained(answering, known, chosen, details_of, now=now, closing_soon=closing_soon)


def explained(
    answering: Answering,
    known: Known,
    chosen: Sequence[Chosen],
    details_of: DetailsOf,
    *,
    now: dt.datetime,
    closing_soon: dt.timedelta,
) -> tuple[Recommended, ...]:
    """Calls of a list as rows with their reasons; what has been deleted, or is no longer open, is left out."""
    places = answering.snapshot.place
    details = details_of([one.opportunity_id for one in chosen])
    by_id = {goal.id: (goal, sought(goal.text)) for goal in known.goals if goal.text.strip()}
    there = [one for one in chosen if one.opportunity_id in details and one.opportunity_id in places]
    moved = answering.moved_by(known.taste, [places[one.opportunity_id] for one in there], now)
    return tuple(
        _item(one, details[one.opportunity_id], answering, known, by_id, moved, now, closing_soon) for one in there
    )


def _in_order(answering: Answering, choices: Iterable[Choice], now: dt.datetime) -> tuple[Chosen, ...]:
    snapshot, closes = answering.snapshot, answering.ranker.statuses(now).closes
    found = []
    for rank, choice in enumerate(choices, start=1):
        at = snapshot.place[choice.hit.opportunity_id]
        call, closing = snapshot.calls[at], closes[at]
        name = CallName(call.id, call.kind, call.title, call.organisation)
        until = dt.datetime.fromtimestamp(closing, dt.UTC) if isfinite(closing) else None
        found.append(Chosen(rank, choice.percentile, name, choice.goal_id, choice.also, until))
    return tuple(found)


def _judged(
    answering: Answering, known: Known, items: Iterable[Recommended], further: Iterable[Chosen]
) -> list[Eligibility]:
    """How each call of a list stands with the mentee: of those that are explained it is known already."""
    found = [item.reasons.eligibility for item in items]
    for one in further:
        call = answering.snapshot.call(one.opportunity_id)
        found.append(answering.judged.of(call, known.person, known.confirmed_of(one.opportunity_id)))
    return found


def ask_first(judged: Sequence[Eligibility]) -> Ask | None:
    """Of the questions to a mentee that most of a list's uncertain calls wait for, the one that alone decides most."""
    open_ = [one for one in judged if one.question]
    waited_for = Counter(one.question for one in open_ if is_for_the_person(one.question)).most_common(QUESTIONS_TRIED)
    if not waited_for:
        return None
    decides = {question: sum(settled_by(one, question) for one in open_) for question, _ in waited_for}
    best = max(decides, key=decides.__getitem__)  # of equals what most wait for, then that of the best call
    return Ask(best, decides[best], len(open_))


def _item(
    chosen: Chosen,
    details: CallDetails,
    answering: Answering,
    known: Known,
    goals: Mapping[str, tuple[GoalFacts, Sought]],
    moved: Mapping[int, tuple[str, ...]],
    now: dt.datetime,
    closing_soon: dt.timedelta,
) -> Recommended:
    at = answering.snapshot.place[details.summary.id]
    current = standing(answering.snapshot.calls[at].timetable, now, closing_soon)
    match = None
    if chosen.goal_id in goals:
        goal, wanted = goals[chosen.goal_id]
        near = answering.nearness(at, goal.vectors)
        match = match_goal(details, (goal.id, wanted), chosen.also, answering.snapshot.lexicon, at, near)
    return Recommended(
        rank=chosen.rank,
        score=chosen.score,
        opportunity=details.summary,
        status=current.status,
        deadline=current.deadline,
        closes_at=current.closes_at,
        reasons=reasons(details, match, known.person, current, now, moved[at], known.confirmed_of(details.summary.id)),
    )
