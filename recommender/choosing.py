"""Which calls make a mentee's list: drawn from every goal by its weight, and spread.

Scores of different goals are never compared: each goal in its turn (Sainte-Laguë: its weight over
one, three, five …) gives its best call that is left. A call's like, its other editions and its
organisation's other calls step back a little, so that a list is not ten times the same.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from catalog.columns import Float32
from recommender.people import GoalFacts
from recommender.ranker import Hit, Ranker, Retrieved, Scope, Wish
from recommender.snapshot import Call

CallOf = Callable[[str], Call]
"""Looks a call up by its id. Raises KeyError when it is not open."""

SAME_THING = 0.97  # cosine of first passages: the same text under another name
MUCH_ALIKE = 0.6  # from here on likeness counts against a call
LIKENESS_COST = 0.15
ORGANISATION_COST = 0.02
KIND_COST = 0.004
LOOKED_AT = 40  # candidates of a goal weighed against each other at a time
ALSO_SERVES = 98.0  # percentile from which a call is said to serve a further goal


@dataclass(frozen=True, slots=True)
class Choice:
    """A call chosen for a goal, and the further goals it serves. `percentile` is its best for any goal."""

    hit: Hit
    goal_id: str
    also: tuple[str, ...]
    percentile: float


@dataclass(slots=True)
class _Chosen:
    """What is on the list so far, as far as it bears on what comes next."""

    away: list[str] = field(default_factory=list)  # forwarded or dismissed before: not shown under another name
    ids: list[str] = field(default_factory=list)
    series: set[str] = field(default_factory=set)
    organisations: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)


def choose(
    ranker: Ranker,
    call_of: CallOf,
    goals: Sequence[GoalFacts],
    wishes: Sequence[Wish],
    scope: Scope,
    limit: int,
) -> tuple[list[Choice], Retrieved]:
    """At most `limit` calls in the order of the list. `wishes` are the goals as the ranker takes them.

    What is the same as a call in `scope.excluded` under another name is left out with it. Where so much is left
    out that the list would be short, it is sought deeper.
    """
    put_away = [name for name in sorted(scope.excluded) if _is_open(call_of, name)]
    depth = 2 * limit + LOOKED_AT
    while True:
        choices, found = _choose_from(ranker, call_of, goals, wishes, scope, limit, depth, put_away)
        if len(choices) >= limit or depth >= found.considered:
            return choices, found
        depth *= 4


def _choose_from(
    ranker: Ranker,
    call_of: CallOf,
    goals: Sequence[GoalFacts],
    wishes: Sequence[Wish],
    scope: Scope,
    limit: int,
    depth: int,
    put_away: Sequence[str],
) -> tuple[list[Choice], Retrieved]:
    found = ranker.search(wishes, scope, depth)
    pool = sorted({hit.opportunity_id for hits in found.hits.values() for hit in hits} | set(put_away))
    likeness = ranker.likeness(pool)
    number = {name: at for at, name in enumerate(pool)}
    queues = {goal.id: list(found.hits[goal.id]) for goal in goals}
    percentiles = _percentiles(found)
    chosen, given = _Chosen(away=list(put_away), series=set(scope.series)), Counter[str]()
    choices: list[Choice] = []
    while len(choices) < limit and any(queues.values()):
        goal_id = _turn(goals, given, queues)
        hit = _next_for(queues[goal_id], chosen, call_of, likeness, number)
        for queue in queues.values():
            queue[:] = [other for other in queue if other.opportunity_id != hit.opportunity_id]
        if _seen_before(hit, chosen, call_of, likeness, number):
            continue
        given[goal_id] += 1
        _add(hit, chosen, call_of)
        own = percentiles[hit.opportunity_id]
        also = tuple(other for other in own if other != goal_id and own[other] >= ALSO_SERVES)
        choices.append(Choice(hit, goal_id, also, max(own.values())))
    return choices, found


def _is_open(call_of: CallOf, name: str) -> bool:
    try:
        call_of(name)
    except KeyError:
        return False
    return True


def _percentiles(found: Retrieved) -> dict[str, dict[str, float]]:
    by_call: dict[str, dict[str, float]] = {}
    for goal_id, hits in found.hits.items():
        for hit in hits:
            by_call.setdefault(hit.opportunity_id, {})[goal_id] = hit.percentile
    return by_call


def _turn(goals: Sequence[GoalFacts], given: Counter[str], queues: Mapping[str, list[Hit]]) -> str:
    waiting = [goal for goal in goals if queues[goal.id]]
    return max(waiting, key=lambda goal: goal.weight / (2 * given[goal.id] + 1)).id  # the first of equals


def _next_for(
    queue: Sequence[Hit], chosen: _Chosen, call_of: CallOf, likeness: Float32, number: Mapping[str, int]
) -> Hit:
    looked_at = queue[:LOOKED_AT]
    costs = _costs(looked_at, chosen, call_of, likeness, number)
    best = max(range(len(looked_at)), key=lambda at: (round(looked_at[at].score - costs[at], 6), -at))
    return looked_at[best]


def _costs(
    hits: Sequence[Hit], chosen: _Chosen, call_of: CallOf, likeness: Float32, number: Mapping[str, int]
) -> list[float]:
    if not chosen.ids:
        return [0.0] * len(hits)
    rows = [number[hit.opportunity_id] for hit in hits]
    nearest = likeness[np.ix_(rows, [number[name] for name in chosen.ids])].max(axis=1)
    alike = LIKENESS_COST * np.maximum(0.0, nearest - MUCH_ALIKE)
    return [
        float(cost)
        + ORGANISATION_COST * chosen.organisations[_organisation(call_of(hit.opportunity_id))]
        + KIND_COST * chosen.kinds[call_of(hit.opportunity_id).kind]
        for hit, cost in zip(hits, alike, strict=True)
    ]


def _seen_before(hit: Hit, chosen: _Chosen, call_of: CallOf, likeness: Float32, number: Mapping[str, int]) -> bool:
    series = call_of(hit.opportunity_id).series_id
    if series is not None and series in chosen.series:
        return True
    own = number[hit.opportunity_id]
    return any(likeness[own, number[name]] >= SAME_THING for name in (*chosen.away, *chosen.ids))


def _add(hit: Hit, chosen: _Chosen, call_of: CallOf) -> None:
    call = call_of(hit.opportunity_id)
    chosen.ids.append(call.id)
    chosen.kinds[call.kind] += 1
    if call.series_id is not None:
        chosen.series.add(call.series_id)
    if organisation := _organisation(call):
        chosen.organisations[organisation] += 1


def _organisation(call: Call) -> str:
    return " ".join(call.organisation.casefold().split())
