"""How near calls in scope can be to goals at most, learned from the database as far as an answer needs it.

Few calls of a kind are compared there one by one; their nearness is then known. Of many the nearest are walked
to, and whoever has not been met is no nearer than the last who was: a bound, which sinks as the walk goes on.
"""

from collections.abc import Generator, Sequence
from dataclasses import dataclass, field

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray
from sqlmodel import Session, col

from catalog.columns import Float32
from catalog.stores import neighbours
from catalog.stores.neighbours import Space
from catalog.tables import Opportunity
from catalog.vocabularies import countries_in
from catalog.words import PAYS, Kind
from recommender.closeness import CallNumbers
from recommender.open_calls import may_be_open
from recommender.ranker import Scope
from recommender.snapshot import Snapshot

MET_AT_ONCE = 100
NOT_MET = np.float32(2.0)  # no cosine is so great


def coarse(scope: Scope) -> list[sa.ColumnElement[bool]]:
    """What of a scope the database can ask while it walks: conditions that every call in scope meets.

    The rest (standing by the hour, eligibility, what was put away) is asked of each call that comes.
    """
    filters = scope.filters
    found = list(may_be_open(scope.now))
    if filters.funded is not None:
        pays = col(Opportunity.funding).in_(sorted(PAYS))
        found.append(pays if filters.funded else ~pays)
    if filters.remote is not None:
        anywhere = col(Opportunity.remote).is_(True)
        found.append(anywhere if filters.remote else col(Opportunity.remote).is_not(True))
    if filters.countries:
        codes = " || ".join(f'@ == "{code}"' for code in sorted(countries_in(tuple(filters.countries))))
        there = sa.text("opportunity.places @? CAST(:countries AS jsonpath)")
        there = there.bindparams(countries=f"$[*].country ? ({codes})")
        found.append(sa.or_(col(Opportunity.remote).is_(True), there))
    return found


@dataclass(slots=True)
class _Walk:
    """One kind's calls (places `part` in the scope), met in order of nearness to one goal."""

    part: slice
    batches: Generator[list[tuple[str, float]]]
    met: NDArray[np.bool_]


@dataclass(slots=True)
class Nearby:
    """Bounds for the calls in scope (numbers, rising) and some goals, shape (goals, dimension).

    most: no call is nearer than this, shape (calls, goals); NaN for one without vectors. passing: `coarse`. walked: the
    kinds that have an index. narrow: a kind with no more calls in scope is compared exactly.
    """

    session: Session
    space: Space
    snapshot: Snapshot
    calls: CallNumbers
    goals: Float32
    passing: Sequence[sa.ColumnElement[bool]]
    walked: frozenset[Kind]
    narrow: int
    most: Float32 = field(init=False)
    _walks: dict[int, list[_Walk]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        having = self.snapshot.has_vectors[self.calls]
        self.most = np.full((len(self.calls), len(self.goals)), np.nan, dtype=np.float32)
        self.most[having] = NOT_MET
        compared = []
        for kind, span in self.snapshot.spans.items():
            low, high = np.searchsorted(self.calls, (span.start, span.stop)).tolist()
            if kind not in self.walked or np.count_nonzero(having[low:high]) <= self.narrow:
                compared.append(np.arange(low, high)[having[low:high]])
                continue
            for goal, vector in enumerate(self.goals):
                batches = neighbours.walk(self.session, self.space, kind, vector, self.passing, MET_AT_ONCE)
                walk = _Walk(slice(low, high), batches, ~having[low:high])
                self._walks.setdefault(goal, []).append(walk)
        self._compare(np.concatenate([np.empty(0, dtype=np.intp), *compared]), range(len(self.goals)))

    def close(self) -> None:
        """End the walks."""
        for walks in self._walks.values():
            for walk in walks:
                walk.batches.close()

    def goes_on(self, goals: range) -> bool:
        """Whether bounds for these goals can still sink."""
        return any(self._walks.get(goal) for goal in goals)

    def walk_on(self, goals: range, further: int) -> None:
        """Meet `further` calls in scope more of each kind for each of these goals; all the rest where a walk ends."""
        for goal in goals:
            self._walks[goal] = [walk for walk in self._walks.get(goal, ()) if self._meet(walk, goal, further)]

    def _meet(self, walk: _Walk, goal: int, further: int) -> bool:
        """Whether the walk goes on after that."""
        bounds, place = self.most[walk.part, goal], self.snapshot.place
        here = self.calls[walk.part]
        while further > 0:
            batch = next(walk.batches, None)
            if batch is None:
                self._compare(np.flatnonzero(~walk.met) + walk.part.start, range(goal, goal + 1))
                return False
            numbers = np.array([place.get(name, -1) for name, _ in batch], dtype=np.intp)
            near = np.array([value for _, value in batch], dtype=np.float32)
            at = np.minimum(np.searchsorted(here, numbers), len(here) - 1)
            ours = here[at] == numbers
            new = np.unique(at[ours & ~walk.met[at]])
            bounds[new] = -1.0
            np.maximum.at(bounds, at[ours], near[ours])
            walk.met[new] = True
            further -= len(new)
            bounds[~walk.met] = np.minimum(bounds[~walk.met], near[-1])
        return True

    def _compare(self, places: CallNumbers, goals: range) -> None:
        """Know how near these calls (by place in the scope) are."""
        if not len(places) or not len(goals):
            return
        named = {self.snapshot.calls[self.calls[at]].id: at for at in places.tolist()}
        asked = slice(goals.start, goals.stop)
        self.most[places, asked] = np.nan  # its vectors may be gone by now
        for name, found in neighbours.products(self.session, self.space, self.goals[asked], list(named)):
            self.most[named[name], asked] = found
