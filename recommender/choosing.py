"""Which calls make a mentee's list: drawn from every goal by its weight, and spread.

Scores of different goals are never compared: each goal in its turn (Sainte-Laguë: its weight over
one, three, five …) gives its best call that is left. A call's like, its other editions and its
organisation's other calls step back a little, so that a list is not ten times the same.
"""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

import numpy as np

from catalog.columns import Float32
from catalog.words import Kind
from recommender.people import GoalFacts
from recommender.ranker import Hit, Ranker, Retrieved, Scope, Wish
from recommender.snapshot import Call
from recommender.tokens import terms

CallOf = Callable[[str], Call]
"""Looks a call up by its id. Raises KeyError when it is not open."""

SAME_THING = 0.97  # cosine of first passages: the same text under another name
WORDS_OF_A_NAME = 3  # of a title, with which a call of one kind and closing day is one and the same
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

    ids: list[str] = field(default_factory=list)
    series: set[str] = field(default_factory=set)
    organisations: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)


class _Nearness:
    """How near each call of a pool is to what is on the list: one product for each call that comes on it."""

    def __init__(self, pool: Sequence[str], rows: Float32, call_of: CallOf) -> None:
        self._number = {name: at for at, name in enumerate(pool)}
        self._unread = {name for name, row in zip(pool, rows, strict=True) if not row.any()}
        self._names_of = {name: _names_and_day(call_of(name)) for name in pool} if self._unread else {}
        self._names = np.array(pool, dtype=object)
        self._rows = rows
        self._to_chosen = np.full(len(pool), -1.0, dtype=np.float32)
        self.same_as_any: set[str] = set()

    def mind(self, names: Sequence[str], *, chosen: bool = False) -> None:
        """Calls that come on the list (`chosen`), or were put away before: the same under another name is out."""
        for name in names:
            own = self._rows @ self._rows[self._number[name]]
            self.same_as_any.update(self._names[own >= SAME_THING])
            self.same_as_any.update(self._same_by_name(name))
            if chosen:
                np.maximum(self._to_chosen, own, out=self._to_chosen)

    def _same_by_name(self, name: str) -> list[str]:
        """Those of which only the words can tell that they are the same, for one of the two is not indexed yet."""
        own = self._names_of.get(name)
        if not own or len(own[1]) < WORDS_OF_A_NAME:
            return []
        others = self._names_of if name in self._unread else self._unread
        return [other for other in others if self._names_of[other] == own]

    def to_chosen(self, names: Sequence[str]) -> Float32:
        """The cosine of each with the chosen one that it is nearest to."""
        return self._to_chosen[[self._number[name] for name in names]]


class _Queue:
    """A goal's hits, best first; `next` are those that are weighed against each other now."""

    def __init__(self, hits: Sequence[Hit]) -> None:
        self.next = list(hits[:LOOKED_AT])
        self._rest = iter(hits[LOOKED_AT:])

    def drop(self, taken: Container[str]) -> None:
        """Leave out what was taken, and fill up."""
        self.next = [hit for hit in self.next if hit.opportunity_id not in taken]
        waiting = (hit for hit in self._rest if hit.opportunity_id not in taken)
        self.next += islice(waiting, LOOKED_AT - len(self.next))


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
    put_away = [name for name in sorted(scope.excluded) if _is_open(call_of, name)]
    pool = sorted({hit.opportunity_id for hits in found.hits.values() for hit in hits} | set(put_away))
    near = _Nearness(pool, ranker.first_passages(pool), call_of)
    near.mind(put_away)
    taken = set(near.same_as_any)
    queues = {goal.id: _Queue(found.hits[goal.id]) for goal in goals}
    percentiles = _percentiles(found)
    chosen, given = _Chosen(series=set(scope.series)), Counter[str]()
    for queue in queues.values():
        queue.drop(taken)
    choices: list[Choice] = []
    while len(choices) < limit and any(queue.next for queue in queues.values()):
        goal_id = _turn(goals, given, queues)
        hit = _next_for(queues[goal_id].next, chosen, call_of, near)
        taken.add(hit.opportunity_id)
        new = call_of(hit.opportunity_id).series_id not in chosen.series
        if new:
            near.mind([hit.opportunity_id], chosen=True)
            taken |= near.same_as_any
        for queue in queues.values():
            queue.drop(taken)
        if not new:
            continue
        given[goal_id] += 1
        _add(hit, chosen, call_of)
        own = percentiles[hit.opportunity_id]
        also = tuple(other for other in own if other != goal_id and own[other] >= ALSO_SERVES)
        choices.append(Choice(hit, goal_id, also, max(own.values())))
    return choices


def _names_and_day(call: Call) -> tuple[Kind, frozenset[str], dt.date | None]:
    return call.kind, frozenset(terms(call.title)), call.closes_at.date() if call.closes_at else None


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


def _turn(goals: Sequence[GoalFacts], given: Counter[str], queues: Mapping[str, _Queue]) -> str:
    waiting = [goal for goal in goals if queues[goal.id].next]
    return max(waiting, key=lambda goal: goal.weight / (2 * given[goal.id] + 1)).id  # the first of equals


def _next_for(looked_at: Sequence[Hit], chosen: _Chosen, call_of: CallOf, near: "_Nearness") -> Hit:
    costs = _costs(looked_at, chosen, call_of, near)
    best = max(range(len(looked_at)), key=lambda at: (round(looked_at[at].score - costs[at], 6), -at))
    return looked_at[best]


def _costs(hits: Sequence[Hit], chosen: _Chosen, call_of: CallOf, near: "_Nearness") -> list[float]:
    if not chosen.ids:
        return [0.0] * len(hits)
    alike = LIKENESS_COST * np.maximum(0.0, near.to_chosen([hit.opportunity_id for hit in hits]) - MUCH_ALIKE)
    return [
        float(cost)
        + ORGANISATION_COST * chosen.organisations[_organisation(call_of(hit.opportunity_id))]
        + KIND_COST * chosen.kinds[call_of(hit.opportunity_id).kind]
        for hit, cost in zip(hits, alike, strict=True)
    ]


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
