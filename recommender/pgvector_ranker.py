"""The ranker that leaves vectors in PostgreSQL: the calls and their words are in memory, nearness is asked of pgvector.

The database says how near calls in scope can be at most; all that could then be among the best are fetched and
scored by the snapshot's own code on the same numbers. So where calls are compared one by one the answer is
the snapshot's to the last digit, and where the nearest are walked to it misses only what the index misses.
"""

import datetime as dt
import threading
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import replace

import numpy as np
from sqlalchemy import Engine
from sqlmodel import Session

from catalog.columns import Float32
from catalog.database import reading
from catalog.standing import CLOSING_SOON
from catalog.stores import neighbours
from catalog.stores.neighbour_indexes import usable_indexes
from catalog.stores.neighbours import Space
from catalog.words import Kind
from recommender.closeness import CallNumbers, Closeness, closeness
from recommender.deeds import About
from recommender.leaning import leanings
from recommender.nearby import Nearby, coarse
from recommender.ranker import Hit, Retrieved, Scope, Wish
from recommender.rows import ROUNDING
from recommender.scored import Scored, score
from recommender.scoring import best_passages
from recommender.snapshot import Snapshot, with_vectors
from recommender.snapshot_ranker import SnapshotRanker
from recommender.statuses import Statuses

NARROW = 3_000  # calls of a kind in scope; as many are compared as quickly as the nearest are walked to
MORE = 50  # met beyond the depth that is asked for
SURE = 4 * ROUNDING  # of bounds against exact scores
FETCHED_AT_ONCE = 500
COUNTED = 10_000  # calls in scope: of more a share stands for all when one call's place among them is reckoned
SAMPLED = 3_000
REMEMBERED_BYTES = 64_000_000  # of vectors that were fetched


class PgvectorRanker:
    """The ranker over a snapshot without vectors and the database that has them. Threads share it.

    narrow: up to so many calls of a kind are compared exactly. Kinds without an index always are. counted: see COUNTED.
    """

    def __init__(
        self,
        snapshot: Snapshot,
        engine: Engine,
        closing_soon: dt.timedelta = CLOSING_SOON,
        *,
        narrow: int = NARROW,
        counted: int = COUNTED,
        known: Statuses | None = None,
    ) -> None:
        self._snapshot = snapshot
        self._engine = engine
        self._bare = SnapshotRanker(replace(snapshot, elsewhere=None), closing_soon, known=known)
        self._space = Space(snapshot.model, snapshot.rows.dimension)
        self._narrow = narrow
        self._counted = counted
        self._walked: frozenset[Kind] | None = None
        self._fetched: dict[int, Float32] = {}
        self._lock = threading.Lock()

    @property
    def snapshot(self) -> Snapshot:
        """The calls; their vectors are in the database."""
        return self._snapshot

    def statuses(self, now: dt.datetime) -> Statuses:
        """Every call's standing at `now`."""
        return self._bare.statuses(now)

    def search(self, wishes: Sequence[Wish], scope: Scope, depth: int) -> Retrieved:
        """The best `depth` calls in scope for each wish."""
        calls, hidden = self._bare.scoping.calls_in(scope)
        hits: dict[str, list[Hit]] = {wish.id: [] for wish in wishes}
        if len(calls) and depth > 0:
            closes = self.statuses(scope.now).closes
            with (
                reading(self._engine) as session,
                closing(self._nearby(session, wishes, scope, calls, self._narrow)) as nearby,
            ):
                for wish, goals in _columns(wishes):
                    hits[wish.id] = self._best(nearby, wish, goals, scope, depth).best(closes, depth, len(calls))
        return Retrieved(hits, len(calls), hidden)

    def percentiles(self, wish: Wish, scope: Scope, opportunity_id: str) -> Hit | None:
        """How one call does among those in scope. Of very many a sample is compared: off by a percent or so."""
        call = self._snapshot.place.get(opportunity_id)
        if call is None:
            return None
        everyone = np.union1d(self._bare.scoping.calls_in(scope)[0], [call])
        calls = everyone if len(everyone) <= self._counted else everyone[:: -(-len(everyone) // SAMPLED)]
        ((_, goals),) = _columns([wish])
        with reading(self._engine) as session:
            rough = self._rough(self._nearby(session, [wish], scope, calls, len(calls)), wish, goals, scope)
            own = self._exactly(session, wish, np.array([call]), scope)
            lead = rough.scores - own.scores[0]
            least = SURE + max((-one.change for one in scope.taste.lessons if one.about is About.LIKENESS), default=0.0)
            above = int((lead > least).sum())
            unsure = calls[(lead <= least) & (lead >= -SURE)]
            for part in _parts(unsure):
                above += int((self._exactly(session, wish, part, scope).scores > own.scores[0]).sum())
        return own.hits([round(above * len(everyone) / len(calls))], len(everyone))[0]

    def likeness(self, opportunity_ids: Sequence[str]) -> Float32:
        """Cosines between the first passages of calls, which tell most."""
        rows = self.first_passages(opportunity_ids)
        return rows @ rows.T

    def first_passages(self, opportunity_ids: Sequence[str]) -> Float32:
        """The vectors of calls' first passages, shape (calls, dimension); zero where a call has none."""
        calls = [self._snapshot.place[name] for name in opportunity_ids]
        found = np.zeros((len(calls), self._space.dimension), dtype=np.float32)
        held = self._vectors(None, calls)
        for at, call in enumerate(calls):
            if call in held:
                found[at] = held[call][0]
        return found

    def rows_of(self, call: int) -> Float32:
        """The vectors of one call's passages, shape (passages, dimension)."""
        none = np.empty((0, self._space.dimension), dtype=np.float32)
        return self._vectors(None, [call]).get(call, none)

    def with_rows(self, calls: Sequence[int]) -> Snapshot:
        """The snapshot with the vectors of these calls in it."""
        return with_vectors(self._snapshot, self._vectors(None, calls), self._space.dimension)

    def forget(self) -> None:
        """Drop the vectors that were fetched."""
        self._fetched = {}

    def _nearby(
        self, session: Session, wishes: Sequence[Wish], scope: Scope, calls: CallNumbers, narrow: int
    ) -> Nearby:
        given = [wish.vectors for wish in wishes if wish.vectors is not None]
        goals = np.concatenate(given) if given else np.empty((0, self._space.dimension), dtype=np.float32)
        if self._walked is None:
            self._walked = usable_indexes(session, self._space)
        return Nearby(session, self._space, self._snapshot, calls, goals, coarse(scope), self._walked, narrow)

    def _best(self, nearby: Nearby, wish: Wish, goals: range, scope: Scope, depth: int) -> Scored:
        """Exact scores of all calls that can be among the best."""
        calls, further = nearby.calls, 2 * depth + MORE
        nearby.walk_on(goals, further)
        rough = self._rough(nearby, wish, goals, scope)
        taken = _highest(rough.scores, np.arange(len(calls)), depth + MORE)
        while True:
            exact = self._exactly(nearby.session, wish, calls[taken], scope)
            least = np.partition(exact.scores, -depth)[-depth] if depth <= len(taken) else -np.inf
            left = np.setdiff1d(np.flatnonzero(rough.scores >= least - SURE), taken, assume_unique=True)
            if not len(left):
                return exact
            if len(left) > FETCHED_AT_ONCE and nearby.goes_on(goals):
                further *= 2
                nearby.walk_on(goals, further)
                rough = self._rough(nearby, wish, goals, scope)
            else:
                taken = np.union1d(taken, _highest(rough.scores, left, FETCHED_AT_ONCE))

    def _rough(self, nearby: Nearby, wish: Wish, goals: range, scope: Scope) -> Scored:
        """The most that each call in scope may score."""
        near = None if wish.vectors is None else Closeness(best_passages(nearby.most[:, goals]), ROUNDING)
        leaning = self._bare.leaning(scope.taste, scope.now)  # without likeness, which can only lower a score
        return score(self._bare.snapshot, wish, nearby.calls, near, leaning)

    def _exactly(self, session: Session, wish: Wish, calls: CallNumbers, scope: Scope) -> Scored:
        held = with_vectors(self._snapshot, self._vectors(session, calls.tolist()), self._space.dimension)
        near = None if wish.vectors is None else closeness(held, [wish.vectors], calls)[0]
        leaning = None
        if scope.taste.lessons:
            leaning = np.zeros(len(held), dtype=np.float32)
            leaning[calls] = leanings(scope.taste, held, scope.now, self.statuses(scope.now).closes, calls)
        return score(held, wish, calls, near, leaning)

    def _vectors(self, session: Session | None, calls: Sequence[int]) -> dict[int, Float32]:
        """The vectors of these calls, by number; none for one that has none."""
        having = [call for call in calls if self._snapshot.has_vectors[call]]
        found = {call: self._fetched[call] for call in having if call in self._fetched}
        missing = [call for call in having if call not in found]
        if missing and session is None:
            with reading(self._engine) as own:
                fetched = self._fetch(own, missing)
        else:
            fetched = self._fetch(session, missing) if session is not None and missing else {}
        with self._lock:
            if 4 * self._space.dimension * (len(self._fetched) + len(fetched)) > REMEMBERED_BYTES:
                self._fetched = {}
            self._fetched |= fetched
        return found | fetched

    def _fetch(self, session: Session, calls: Sequence[int]) -> dict[int, Float32]:
        ids = [self._snapshot.calls[call].id for call in calls]
        found: Mapping[str, Float32] = neighbours.vectors_of(session, self._space, ids)
        return {self._snapshot.place[name]: rows for name, rows in found.items()}


def _columns(wishes: Sequence[Wish]) -> list[tuple[Wish, range]]:
    """Each wish with the columns that its vectors have when those of all wishes are joined."""
    found, at = [], 0
    for wish in wishes:
        end = at + (0 if wish.vectors is None else len(wish.vectors))
        found.append((wish, range(at, end)))
        at = end
    return found


def _highest(scores: Float32, places: CallNumbers, most: int) -> CallNumbers:
    """Of these places the `most` with the highest scores, rising."""
    if len(places) <= most:
        return places
    return np.sort(places[np.argpartition(scores[places], -most)[-most:]])


def _parts(calls: CallNumbers) -> Iterable[CallNumbers]:
    return (calls[low : low + FETCHED_AT_ONCE] for low in range(0, len(calls), FETCHED_AT_ONCE))
