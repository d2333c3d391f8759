"""Which calls make a mentee's list: drawn from every goal by its weight, and spread.

Scores of different goals are never compared: each goal in its turn (Sainte-Laguë: its weight over
one, three, five …) gives its best call that is left. A call's like, its other editions and its
organisation's other calls step back a little, so that a list is not ten times the same.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest

import numpy as np

from recommender.people import GoalFacts
from recommender.ranker import Hit, Ranker, Retrieved, Scope, Wish
from recommender.scoring import DIGITS
from recommender.spreading import CallOf, Numbers, Pool

LOOKED_AT = 40  # candidates of a goal weighed against each other at a time
ALSO_SERVES = 98.0  # percentile from which a call is said to serve a further goal


@dataclass(frozen=True, slots=True)
class Choice:
    """A call chosen for a goal, and the further goals it serves. `percentile` is its best for any goal."""

    hit: Hit
    goal_id: str
    also: tuple[str, ...]
    percentile: float


class _Queue:
    """A goal's hits, best first. The first that are left are weighed against each other."""

    def __init__(self, hits: Sequence[Hit], pool: Pool) -> None:
        self._hits = hits
        self._pool = pool
        self._places = np.arange(len(hits))
        self._numbers = pool.numbers([hit.opportunity_id for hit in hits])
        self._scores = np.array([hit.score for hit in hits])

    def best(self) -> tuple[Hit, int] | None:
        """The hit that is best beside what is on the list, and its number in the pool; None when none is left."""
        looked_at = self._looked_at()
        if not len(looked_at):
            return None
        left = self._scores[:LOOKED_AT] - self._pool.costs(looked_at)
        likely = np.flatnonzero(left >= left.max() - 2 * 10.0**-DIGITS)  # rounding tells these apart
        at = max(likely.tolist(), key=lambda at: (round(float(left[at]), DIGITS), -at))
        return self._hits[self._places[at]], int(looked_at[at])

    def _looked_at(self) -> Numbers:
        while True:
            there = ~self._pool.gone[self._numbers]
            self._places, self._numbers, self._scores = self._places[there], self._numbers[there], self._scores[there]
            looked_at = self._numbers[:LOOKED_AT]
            if self._pool.compared_with_the_list(looked_at):
                return looked_at


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
    depth = 2 * limit + LOOKED_AT
    while True:
        found = ranker.search(wishes, scope, depth)
        choices = choose_among(ranker, found, call_of, goals, scope, limit)
        if len(choices) >= limit or depth >= found.considered:
            return choices, found
        depth *= 4


def choose_among(
    ranker: Ranker, found: Retrieved, call_of: CallOf, goals: Sequence[GoalFacts], scope: Scope, limit: int
) -> list[Choice]:
    """As `choose`, from what was found already."""
    pool = _pool(ranker, found, call_of, scope)
    queues = {goal.id: _Queue(found.hits[goal.id], pool) for goal in goals}
    percentiles = {name: {hit.opportunity_id: hit.percentile for hit in hits} for name, hits in found.hits.items()}
    series, given = set(scope.series), Counter[str]()
    choices: list[Choice] = []
    while len(choices) < limit and queues:
        goal_id = _turn(goals, given, queues)
        best = queues[goal_id].best()
        if best is None:
            del queues[goal_id]
            continue
        hit, number = best
        pool.gone[number] = True
        own = pool.call(number).series_id
        if own is not None and own in series:
            continue
        pool.choose(number)
        if own is not None:
            series.add(own)
        given[goal_id] += 1
        choices.append(_choice(hit, goal_id, percentiles))
    return choices


def _pool(ranker: Ranker, found: Retrieved, call_of: CallOf, scope: Scope) -> Pool:
    """What was found, by how high any goal has it; what was put away is compared with it."""
    in_order = (hit for row in zip_longest(*found.hits.values()) for hit in row if hit is not None)
    names = list(dict.fromkeys(hit.opportunity_id for hit in in_order))
    put_away = [name for name in sorted(scope.excluded) if _is_open(call_of, name)]
    return Pool(names, put_away, ranker.first_passages([*names, *put_away]), call_of)


def _choice(hit: Hit, goal_id: str, percentiles: Mapping[str, Mapping[str, float]]) -> Choice:
    own = {name: of[hit.opportunity_id] for name, of in percentiles.items() if hit.opportunity_id in of}
    also = tuple(other for other in own if other != goal_id and own[other] >= ALSO_SERVES)
    return Choice(hit, goal_id, also, max(own.values()))


def _is_open(call_of: CallOf, name: str) -> bool:
    try:
        call_of(name)
    except KeyError:
        return False
    return True


def _turn(goals: Sequence[GoalFacts], given: Counter[str], queues: Mapping[str, _Queue]) -> str:
    waiting = [goal for goal in goals if goal.id in queues]
    return max(waiting, key=lambda goal: goal.weight / (2 * given[goal.id] + 1)).id  # the first of equals
