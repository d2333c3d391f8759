"""Exact search over a snapshot: the calls in scope, how near they are, the words' share, what was learned.

Where many calls are in scope, nearness is first read from the shadow of the vectors, which may be off by a
known little. Only calls that could then still be among the best are compared exactly, so the answer is
the same as if all had been.
"""

import datetime as dt
import threading
from collections.abc import Iterator, Sequence

import numpy as np

from catalog.columns import Float32
from catalog.standing import CLOSING_SOON
from recommender.closeness import SCANNED_FROM, CallNumbers, closeness
from recommender.deeds import About
from recommender.leaning import leanings
from recommender.learning import Taste
from recommender.ranker import Hit, Retrieved, Scope, Wish
from recommender.scoping import Scoping
from recommender.scored import Scored, score
from recommender.snapshot import Snapshot
from recommender.statuses import Statuses

TASTES_REMEMBERED = 200
REMEMBERED_BYTES = 16_000_000  # of what was learned, at four bytes a call and taste


class SnapshotRanker:
    """The ranker over one snapshot. Threads share it; what it remembers only saves time."""

    def __init__(
        self,
        snapshot: Snapshot,
        closing_soon: dt.timedelta = CLOSING_SOON,
        *,
        scanned_from: int = SCANNED_FROM,
        known: Statuses | None = None,
    ) -> None:
        self._snapshot = snapshot
        self.scoping = Scoping(snapshot, closing_soon, known)
        self._scanned_from = scanned_from
        self._leanings: dict[tuple[Taste, dt.date | None], Float32] = {}
        self._tastes_remembered = max(1, min(TASTES_REMEMBERED, REMEMBERED_BYTES // (4 * max(1, len(snapshot)))))
        self._lock = threading.Lock()

    @property
    def snapshot(self) -> Snapshot:
        """The calls with their vectors."""
        return self._snapshot

    def statuses(self, now: dt.datetime) -> Statuses:
        """Every call's standing at `now`."""
        return self.scoping.statuses(now)

    def search(self, wishes: Sequence[Wish], scope: Scope, depth: int) -> Retrieved:
        """The best `depth` calls in scope for each wish."""
        calls, hidden = self.scoping.calls_in(scope)
        closes = self.statuses(scope.now).closes
        roughly_from = self._scanned_from if 0 < depth < len(calls) else None
        scores = self._score(wishes, calls, self.leaning(scope.taste, scope.now), roughly_from)
        hits = {scored.wish.id: scored.best(closes, depth, len(calls)) for scored in scores}
        return Retrieved(hits, len(calls), hidden)

    def percentiles(self, wish: Wish, scope: Scope, opportunity_id: str) -> Hit | None:
        """How one call does among those in scope."""
        call = self.snapshot.place.get(opportunity_id)
        if call is None:
            return None
        calls = np.union1d(self.scoping.calls_in(scope)[0], [call])
        leaning = self.leaning(scope.taste, scope.now)
        (scored,) = self._score([wish], calls, leaning, self._scanned_from)
        own = scored.exactly(np.searchsorted(calls, [call]))
        lead = scored.scores - own.scores[0]
        unsure = scored.exactly(np.flatnonzero(np.abs(lead) <= scored.error))
        above = int((lead > scored.error).sum()) + int((unsure.scores > own.scores[0]).sum())
        return own.hits([above], len(calls))[0]

    def likeness(self, opportunity_ids: Sequence[str]) -> Float32:
        """Cosines between the first passages of calls, which tell most."""
        rows = self.first_passages(opportunity_ids)
        return rows @ rows.T

    def first_passages(self, opportunity_ids: Sequence[str]) -> Float32:
        """The vectors of calls' first passages, shape (calls, dimension); zero where a call has none."""
        snapshot = self.snapshot
        calls = np.array([snapshot.place[name] for name in opportunity_ids], dtype=np.intp)
        rows = np.zeros((len(calls), snapshot.rows.dimension), dtype=np.float32)
        first, having = snapshot.starts[calls], snapshot.starts[calls + 1] > snapshot.starts[calls]
        rows[having] = snapshot.rows.exact[first[having]]
        return rows

    def rows_of(self, call: int) -> Float32:
        """The vectors of one call's passages, shape (passages, dimension)."""
        return self.snapshot.rows_of(call)

    def with_rows(self, calls: Sequence[int]) -> Snapshot:  # noqa: ARG002
        """The snapshot, which has them all."""
        return self.snapshot

    def leaning(self, taste: Taste, now: dt.datetime) -> Float32 | None:
        """What was learned adds to each call's score, shape (calls,)."""
        if not taste.lessons:
            return None
        by_date = any(lesson.about is About.HASTE for lesson in taste.lessons)
        key = (taste, now.date() if by_date else None)  # not the instant: each request has one of its own
        found = self._leanings.get(key)
        if found is None:
            found = leanings(taste, self.snapshot, now, self.statuses(now).closes)
            with self._lock:
                if len(self._leanings) >= self._tastes_remembered:
                    self._leanings.clear()
                self._leanings[key] = found
        return found

    def _score(
        self, wishes: Sequence[Wish], calls: CallNumbers, leaning: Float32 | None, scanned_from: int | None
    ) -> Iterator[Scored]:
        goals = [wish.vectors for wish in wishes if wish.vectors is not None]
        near = iter(closeness(self.snapshot, goals, calls, scanned_from=scanned_from))
        for wish in wishes:
            yield score(self.snapshot, wish, calls, next(near) if wish.vectors is not None else None, leaning)
