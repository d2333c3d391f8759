"""Exact search over a snapshot: filter to the rows that pass, multiply those, add the words' share."""

import datetime as dt
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from catalog.columns import Float32
from catalog.standing import CLOSING_SOON
from catalog.vocabularies import countries_in
from catalog.words import Kind, RequirementType, Verdict
from recommender.deeds import About
from recommender.eligibility import quick_verdict
from recommender.filters import Filters
from recommender.leaning import leanings
from recommender.learning import Taste
from recommender.people import MenteeFacts
from recommender.ranker import Hit, Retrieved, Scope, Wish
from recommender.scoring import BEST_AT_LEAST, DIGITS, best_passages, words_part
from recommender.snapshot import Snapshot
from recommender.statuses import Statuses, statuses_at

TYPICAL_NEARNESS = 0.2  # stands in for a call that has no vectors yet, which is then ranked by its words
PEOPLE_REMEMBERED = 2_000
TASTES_REMEMBERED = 200
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class _Scored:
    """Calls in scope with their scores for one wish, both in order of call number."""

    wish: str
    calls: NDArray[np.intp]
    scores: Float32
    near: Float32 | None
    words: Float32


class SnapshotRanker:
    """The ranker over one snapshot. Threads share it; what it remembers only saves time."""

    def __init__(self, snapshot: Snapshot, closing_soon: dt.timedelta = CLOSING_SOON) -> None:
        self.snapshot = snapshot
        self._closing_soon = closing_soon
        self._statuses: Statuses | None = None
        self._ruled_out: dict[MenteeFacts, Mask] = {}
        self._leanings: dict[tuple[Taste, dt.datetime | None], Float32] = {}
        self._lock = threading.Lock()

    def statuses(self, now: dt.datetime) -> Statuses:
        """Every call's standing at `now`."""
        found = self._statuses
        if found is None or found.at != now:
            found = statuses_at(self.snapshot, now, self._closing_soon, found)
            self._statuses = found
        return found

    def search(self, wishes: Sequence[Wish], scope: Scope, depth: int) -> Retrieved:
        """The best `depth` calls in scope for each wish."""
        mask, hidden = self.in_scope(scope)
        calls = np.flatnonzero(mask)
        closes = self.statuses(scope.now).closes
        scores = self._score(wishes, calls, self._leaning(scope))
        hits = {scored.wish: self._best(scored, closes, depth) for scored in scores}
        return Retrieved(hits, len(calls), hidden)

    def percentiles(self, wish: Wish, scope: Scope, opportunity_id: str) -> Hit | None:
        """How one call does among those in scope."""
        call = self.snapshot.place.get(opportunity_id)
        if call is None:
            return None
        mask, _ = self.in_scope(scope)
        mask[call] = True
        (scored,) = self._score([wish], np.flatnonzero(mask), self._leaning(scope))
        at = int(np.searchsorted(scored.calls, call))
        above = int((scored.scores > scored.scores[at]).sum())
        return self._hit(scored, at, above)

    def likeness(self, opportunity_ids: Sequence[str]) -> Float32:
        """Cosines between the first passages of calls, which tell most."""
        snapshot = self.snapshot
        rows = np.zeros((len(opportunity_ids), snapshot.matrix.shape[1]), dtype=np.float32)
        for at, name in enumerate(opportunity_ids):
            if len(own := snapshot.rows_of(snapshot.place[name])):
                rows[at] = own[0]
        return rows @ rows.T

    def in_scope(self, scope: Scope) -> tuple[Mask, int]:
        """Which calls are in scope, and how many more would be if she were eligible for them."""
        mask = self._passing(scope)
        if scope.person is None or scope.filters.ineligible:
            return mask, 0
        ruled_out = self._rules_against(scope.person)[self.snapshot.rule_of]
        return mask & ~ruled_out, int((mask & ruled_out).sum())

    def _passing(self, scope: Scope) -> Mask:
        snapshot, filters = self.snapshot, scope.filters
        statuses = self.statuses(scope.now)
        mask = statuses.among(filters.wanted_statuses)
        if filters.kinds:
            mask &= np.isin(snapshot.kinds, [list(Kind).index(kind) for kind in filters.kinds])
        if filters.closes_from is not None:
            mask &= np.isfinite(statuses.days) & (statuses.days >= filters.closes_from.toordinal())
        if filters.closes_until is not None:
            mask &= statuses.days <= filters.closes_until.toordinal()
        if filters.funded is not None:
            mask &= snapshot.funded == filters.funded
        if filters.remote is not None:
            mask &= (snapshot.remote == 1) if filters.remote else (snapshot.remote != 1)
        if filters.countries:
            mask &= self._happening_in(filters)
        if filters.stages:
            mask &= self._open_to_stages(filters)
        for name in scope.excluded & snapshot.place.keys():
            mask[snapshot.place[name]] = False
        return mask

    def _happening_in(self, filters: Filters) -> Mask:
        found: Mask = self.snapshot.remote == 1
        for code in countries_in(tuple(filters.countries)) & self.snapshot.in_country.keys():
            found[self.snapshot.in_country[code]] = True
        return found

    def _open_to_stages(self, filters: Filters) -> Mask:
        about_stage = [
            tuple(item for item in rule if item.type is RequirementType.CAREER_STAGE) for rule in self.snapshot.rules
        ]
        people = [MenteeFacts(stage=stage) for stage in sorted(filters.stages)]
        fits = [any(quick_verdict(rule, one) is not Verdict.INELIGIBLE for one in people) for rule in about_stage]
        return np.array(fits, dtype=bool)[self.snapshot.rule_of]

    def _rules_against(self, person: MenteeFacts) -> Mask:
        facts = replace(person, id="", version=0)
        found = self._ruled_out.get(facts)
        if found is None:
            verdicts = [quick_verdict(rule, facts) is Verdict.INELIGIBLE for rule in self.snapshot.rules]
            found = np.array(verdicts, dtype=bool)
            with self._lock:
                if len(self._ruled_out) >= PEOPLE_REMEMBERED:
                    self._ruled_out.clear()
                self._ruled_out[facts] = found
        return found

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

    def _score(self, wishes: Sequence[Wish], calls: NDArray[np.intp], leaning: Float32 | None) -> Iterator[_Scored]:
        near = self._nearness([wish.vectors for wish in wishes if wish.vectors is not None], calls)
        for wish in wishes:
            by_words_alone = wish.vectors is None or not self.snapshot.model
            everywhere = self.snapshot.lexicon.score(wish.words, common=by_words_alone)
            words = everywhere[calls]
            own = next(near) if wish.vectors is not None else None
            if by_words_alone or own is None:
                yield _Scored(wish.id, calls, self._leant(words, leaning, calls, everywhere), None, words)
                continue
            known = np.where(np.isnan(own), np.float32(TYPICAL_NEARNESS), own)
            scores = known + words_part(words, float(everywhere.max(initial=0.0)))
            if leaning is not None:
                scores = scores + leaning[calls]
            yield _Scored(wish.id, calls, scores.round(DIGITS), own, words)

    @staticmethod
    def _leant(words: Float32, leaning: Float32 | None, calls: NDArray[np.intp], everywhere: Float32) -> Float32:
        """Scores by words alone: what was learned counts as a share of the best there is."""
        if leaning is None:
            return words.round(DIGITS)
        best = max(float(everywhere.max(initial=0.0)), BEST_AT_LEAST)
        scores: Float32 = (words + leaning[calls] * np.float32(best)).round(DIGITS)
        return scores

    def _nearness(self, goals: Sequence[Float32], calls: NDArray[np.intp]) -> Iterator[Float32]:
        """For each goal, the nearness of calls to it, shape (calls,); NaN for a call without vectors.

        All goals are multiplied with the rows at once: reading the rows is what takes the time.
        """
        starts = self.snapshot.starts
        sizes = starts[calls + 1] - starts[calls]
        having = np.flatnonzero(sizes)
        found = np.full((len(calls), sum(map(len, goals))), np.nan, dtype=np.float32)
        if len(having) and goals:
            likeness = self._rows(calls[having], sizes[having]) @ np.concatenate(goals).T
            if len(likeness) > len(having):
                firsts = np.concatenate([[0], np.cumsum(sizes[having])[:-1]])
                likeness = np.maximum.reduceat(likeness, firsts, axis=0)
            found[having] = likeness
        at = 0
        for goal in goals:
            yield best_passages(found[:, at : at + len(goal)])
            at += len(goal)

    def _rows(self, calls: NDArray[np.intp], sizes: NDArray[np.int64]) -> Float32:
        starts, matrix = self.snapshot.starts, self.snapshot.matrix
        low, high = int(starts[calls[0]]), int(starts[calls[-1] + 1])
        total = int(sizes.sum())
        if high - low == total:
            return matrix[low:high]  # contiguous, as filters on kind and deadline are: nothing is copied
        firsts = np.repeat(starts[calls] - np.concatenate([[0], np.cumsum(sizes)[:-1]]), sizes)
        rows: Float32 = matrix[firsts + np.arange(total)]
        return rows

    def _best(self, scored: _Scored, closes: NDArray[np.float64], depth: int) -> list[Hit]:
        if not len(scored.calls) or depth <= 0:
            return []
        candidates = np.arange(len(scored.calls))
        if depth < len(candidates):
            least = np.partition(scored.scores, -depth)[-depth]
            candidates = np.flatnonzero(scored.scores >= least)  # ties too, so that the order is one
        names = self.snapshot.calls
        order = sorted(
            candidates.tolist(),
            key=lambda at: (-scored.scores[at], closes[scored.calls[at]], names[scored.calls[at]].id),
        )
        return [self._hit(scored, at, above) for above, at in enumerate(order[:depth])]

    def _hit(self, scored: _Scored, at: int, above: int) -> Hit:
        near = None if scored.near is None or np.isnan(scored.near[at]) else float(scored.near[at])
        return Hit(
            opportunity_id=self.snapshot.calls[scored.calls[at]].id,
            score=float(scored.scores[at]),
            percentile=round(100 * (1 - above / len(scored.calls)), 2),
            nearness=near,
            words=float(scored.words[at]),
        )
