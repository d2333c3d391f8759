"""Exact search over a snapshot: the calls in scope, how near they are, the words' share, what was learned.

Where many calls are in scope, nearness is first read from the shadow of the vectors, which may be off by a
known little. Only calls that could then still be among the best are compared exactly, so the answer is
the same as if all had been.
"""

import datetime as dt
import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import isnan

import numpy as np
from numpy.typing import NDArray

from catalog.columns import Float32
from catalog.standing import CLOSING_SOON
from recommender.closeness import SCANNED_FROM, CallNumbers, closeness
from recommender.deeds import About
from recommender.leaning import leanings
from recommender.learning import Taste
from recommender.ranker import Hit, Retrieved, Scope, Wish
from recommender.scoping import Scoping
from recommender.scoring import BEST_AT_LEAST, DIGITS, words_part
from recommender.snapshot import Snapshot
from recommender.statuses import Statuses

TYPICAL_NEARNESS = 0.2  # stands in for a call that has no vectors yet, which is then ranked by its words
TASTES_REMEMBERED = 200


@dataclass(frozen=True, slots=True, eq=False)
class _Scored:
    """Calls in scope, rising, with their scores for one wish, none off by more than `error`.

    beside: what a score is made of besides nearness. near: None when words are all there is.
    """

    wish: Wish
    calls: CallNumbers
    words: Float32
    beside: Float32
    near: Float32 | None
    error: float

    @property
    def scores(self) -> Float32:
        """Rounded when they are exact."""
        found = self.beside if self.near is None else self.beside + _or_typical(self.near)
        return found if self.error else found.round(DIGITS)

    def only(self, places: CallNumbers) -> "_Scored":
        """The same for some of the calls, by their places here."""
        near = None if self.near is None else self.near[places]
        return _Scored(self.wish, self.calls[places], self.words[places], self.beside[places], near, self.error)


class SnapshotRanker:
    """The ranker over one snapshot. Threads share it; what it remembers only saves time."""

    def __init__(
        self, snapshot: Snapshot, closing_soon: dt.timedelta = CLOSING_SOON, *, scanned_from: int = SCANNED_FROM
    ) -> None:
        self.snapshot = snapshot
        self.scoping = Scoping(snapshot, closing_soon)
        self._scanned_from = scanned_from
        self._leanings: dict[tuple[Taste, dt.datetime | None], Float32] = {}
        self._lock = threading.Lock()

    def statuses(self, now: dt.datetime) -> Statuses:
        """Every call's standing at `now`."""
        return self.scoping.statuses(now)

    def search(self, wishes: Sequence[Wish], scope: Scope, depth: int) -> Retrieved:
        """The best `depth` calls in scope for each wish."""
        calls, hidden = self.scoping.calls_in(scope)
        closes = self.statuses(scope.now).closes
        roughly_from = self._scanned_from if 0 < depth < len(calls) else None
        scores = self._score(wishes, calls, self._leaning(scope), roughly_from)
        hits = {scored.wish.id: self._best(scored, closes, depth) for scored in scores}
        return Retrieved(hits, len(calls), hidden)

    def percentiles(self, wish: Wish, scope: Scope, opportunity_id: str) -> Hit | None:
        """How one call does among those in scope."""
        call = self.snapshot.place.get(opportunity_id)
        if call is None:
            return None
        calls = np.union1d(self.scoping.calls_in(scope)[0], [call])
        (scored,) = self._score([wish], calls, self._leaning(scope), self._scanned_from)
        own = self._exactly(scored, np.searchsorted(calls, [call]))
        score = own.scores[0]
        lead = scored.scores - score
        unsure = self._exactly(scored, np.flatnonzero(np.abs(lead) <= scored.error))
        above = int((lead > scored.error).sum()) + int((unsure.scores > score).sum())
        return self._hits(own, [above], len(calls))[0]

    def likeness(self, opportunity_ids: Sequence[str]) -> Float32:
        """Cosines between the first passages of calls, which tell most."""
        snapshot = self.snapshot
        rows = np.zeros((len(opportunity_ids), snapshot.rows.dimension), dtype=np.float32)
        for at, name in enumerate(opportunity_ids):
            if len(own := snapshot.rows_of(snapshot.place[name])):
                rows[at] = own[0]
        return rows @ rows.T

    def _leaning(self, scope: Scope) -> Float32 | None:
        """What was learned adds to each call's score, shape (calls,)."""
        if not scope.taste.lessons:
            return None
        by_date = any(lesson.about is About.HASTE for lesson in scope.taste.lessons)
        key = (scope.taste, scope.now if by_date else None)
        found = self._leanings.get(key)
        if found is None:
            found = leanings(scope.taste, self.snapshot, scope.now, self.statuses(scope.now).closes)
            with self._lock:
                if len(self._leanings) >= TASTES_REMEMBERED:
                    self._leanings.clear()
                self._leanings[key] = found
        return found

    def _score(
        self, wishes: Sequence[Wish], calls: CallNumbers, leaning: Float32 | None, scanned_from: int | None
    ) -> Iterator[_Scored]:
        goals = [wish.vectors for wish in wishes if wish.vectors is not None]
        near = iter(closeness(self.snapshot, goals, calls, scanned_from=scanned_from))
        learned = None if leaning is None else leaning[calls]
        for wish in wishes:
            own = next(near) if wish.vectors is not None else None
            by_words_alone = own is None or not self.snapshot.model
            words, best = self.snapshot.lexicon.score_of(wish.words, calls, common=by_words_alone)
            if by_words_alone or own is None:
                beside = words if learned is None else words + learned * np.float32(max(best, BEST_AT_LEAST))
                yield _Scored(wish, calls, words, beside, None, 0.0)
            else:
                beside = words_part(words, best)
                yield _Scored(
                    wish, calls, words, beside if learned is None else beside + learned, own.values, own.error
                )

    def _exactly(self, scored: _Scored, places: CallNumbers) -> _Scored:
        """Some of the calls with their exact scores."""
        found = scored.only(places)
        if not scored.error or scored.wish.vectors is None:
            return found
        (near,) = closeness(self.snapshot, [scored.wish.vectors], found.calls)
        return replace(found, near=near.values, error=0.0)

    def _best(self, scored: _Scored, closes: NDArray[np.float64], depth: int) -> list[Hit]:
        """The best calls, exactly: equal scores by closing time, then id."""
        considered = len(scored.calls)
        if not considered or depth <= 0:
            return []
        exact = self._exactly(scored, _could_be_best(scored.scores, depth, scored.error))
        best = exact.only(_could_be_best(exact.scores, depth, 0.0))
        ids = [self.snapshot.calls[call].id for call in best.calls.tolist()]
        keys = list(zip((-best.scores).tolist(), closes[best.calls].tolist(), ids, strict=True))
        order = np.array(sorted(range(len(keys)), key=keys.__getitem__)[:depth], dtype=np.intp)
        return self._hits(best.only(order), range(len(order)), considered)

    def _hits(self, scored: _Scored, above: Iterable[int], considered: int) -> list[Hit]:
        """Hits for calls with exact scores; so many calls are better than each."""
        unknown = [None] * len(scored.calls)
        near = unknown if scored.near is None else scored.near.tolist()
        columns = (scored.calls.tolist(), scored.scores.tolist(), above, near, scored.words.tolist())
        return [
            Hit(
                opportunity_id=self.snapshot.calls[call].id,
                score=score,
                percentile=round(100 * (1 - better / considered), 2),
                nearness=None if own is None or isnan(own) else own,
                words=words,
            )
            for call, score, better, own, words in zip(*columns, strict=True)
        ]


def _or_typical(near: Float32) -> Float32:
    found: Float32 = np.where(np.isnan(near), np.float32(TYPICAL_NEARNESS), near)
    return found


def _could_be_best(scores: Float32, depth: int, error: float) -> CallNumbers:
    """The places of all whose true score may be among the best `depth`, ties too, so that the order is one."""
    if depth >= len(scores):
        return np.arange(len(scores))
    least = np.partition(scores, -depth)[-depth]
    return np.flatnonzero(scores >= least - 2 * error)
