"""The best calls for many mentees at once, as a nightly digest needs them.

One by one, each mentee's goals would read all rows again. Here the goals of many are multiplied with a
block of rows at a time, which is what processors do best; each mentee's answer is the one that
`SnapshotRanker.search` gives her.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from catalog.columns import Float32
from recommender.closeness import CallNumbers, closeness
from recommender.filters import Filters
from recommender.learning import NO_TASTE, Taste
from recommender.people import MenteeFacts
from recommender.ranker import Hit, Retrieved, Scope, Wish
from recommender.rows import ROUNDING
from recommender.scored import TYPICAL_NEARNESS, could_be_best, score
from recommender.scoring import best_passages, words_part
from recommender.snapshot import Snapshot
from recommender.snapshot_ranker import SnapshotRanker

NUMBERS_AT_ONCE = 16_000_000  # of float32 nearness held at a time: 64 MB
ROWS_AT_ONCE = 4_096
SAMPLED = 16  # one score in so many is looked at to guess how good the best are


@dataclass(frozen=True, slots=True, eq=False)
class Seeker:
    """One mentee: who she is, her goals, what she is not to be shown, what was learned."""

    person: MenteeFacts
    wishes: Sequence[Wish]
    excluded: frozenset[str] = frozenset()
    taste: Taste = NO_TASTE


def search_for_many(
    ranker: SnapshotRanker, seekers: Iterable[Seeker], filters: Filters, *, now: dt.datetime, depth: int
) -> Iterator[Retrieved]:
    """For each mentee in turn, the best `depth` calls for each of her goals."""
    calls, _ = ranker.scoping.calls_in(Scope(now, filters))
    search = _Search(ranker, filters, now, depth, calls, ranker.snapshot.rule_of[calls])
    most = max(1, NUMBERS_AT_ONCE // max(1, len(calls)))
    for several in _together(seekers, most):
        goals = [wish.vectors for seeker in several for wish in seeker.wishes if wish.vectors is not None]
        near = iter(nearness_of_all(ranker.snapshot, goals, calls))
        for seeker in several:
            yield search.run(seeker, near)


def _together(seekers: Iterable[Seeker], most: int) -> Iterator[list[Seeker]]:
    """Seekers in groups with about `most` vectors."""
    group: list[Seeker] = []
    vectors = 0
    for seeker in seekers:
        group.append(seeker)
        vectors += sum(len(wish.vectors) for wish in seeker.wishes if wish.vectors is not None)
        if vectors >= most:
            yield group
            group, vectors = [], 0
    if group:
        yield group


@dataclass(frozen=True, slots=True, eq=False)
class _Search:
    """What is the same for every mentee: the calls that pass the filters and which rules each has."""

    ranker: SnapshotRanker
    filters: Filters
    now: dt.datetime
    depth: int
    calls: CallNumbers
    rules: NDArray[np.int32]

    def run(self, seeker: Seeker, near: Iterator[Float32]) -> Retrieved:
        """One mentee's answer. `near` gives the nearness to each of her goals in turn."""
        scope = Scope(self.now, self.filters, seeker.person, seeker.excluded)
        allowed, hidden = self.ranker.scoping.among(self.calls, scope, self.rules)
        considered = int(np.count_nonzero(allowed))
        leaning = self.ranker.leaning(seeker.taste, self.now)
        hits = {
            wish.id: self._best(wish, None if wish.vectors is None else next(near), allowed, leaning, considered)
            for wish in seeker.wishes
        }
        return Retrieved(hits, considered, hidden)

    def _best(
        self, wish: Wish, near: Float32 | None, allowed: NDArray[np.bool_], leaning: Float32 | None, considered: int
    ) -> list[Hit]:
        snapshot, calls = self.ranker.snapshot, self.calls
        if near is not None and snapshot.model:
            words, best = snapshot.lexicon.score_of(wish.words, calls)
            rough = near + words_part(words, best) if best else near
            calls = calls[_promising(rough if leaning is None else rough + leaning[calls], allowed, self.depth)]
        else:
            calls = calls[allowed]
        own = None if wish.vectors is None else closeness(snapshot, [wish.vectors], calls)[0]
        closes = self.ranker.statuses(self.now).closes
        return score(snapshot, wish, calls, own, leaning).best(closes, self.depth, considered)


def _promising(scores: Float32, allowed: NDArray[np.bool_], depth: int) -> CallNumbers:
    """The places of all allowed whose true score may be among the best `depth`.

    A guess from a sample of the scores leaves few to be put in order; where too few are left, all are.
    """
    sample = scores[::SAMPLED]
    wanted = 4 * (depth // SAMPLED + 1)
    if wanted < len(sample):
        guess = np.partition(sample, -wanted)[-wanted]
        found = np.flatnonzero(scores >= guess - 2 * ROUNDING)
        found = found[allowed[found]]
        if np.count_nonzero(scores[found] >= guess) >= depth:
            return found[could_be_best(scores[found], depth, ROUNDING)]
    found = np.flatnonzero(allowed)
    return found[could_be_best(scores[found], depth, ROUNDING)]


def nearness_of_all(snapshot: Snapshot, goals: Sequence[Float32], calls: CallNumbers) -> Iterator[Float32]:
    """The nearness of calls to each goal, shape (calls,), off by under ROUNDING; typical for one without vectors."""
    if not goals:
        return
    joined = np.concatenate(goals)
    found = np.empty((len(joined), len(calls)), dtype=np.float32)
    for low in range(0, len(calls), ROWS_AT_ONCE):
        block = slice(low, low + ROWS_AT_ONCE)
        _compare(snapshot, joined, calls[block], found[:, block])
    at = 0
    for goal in goals:
        yield best_passages(found[at : at + len(goal)].T)
        at += len(goal)


def _compare(snapshot: Snapshot, goals: Float32, calls: CallNumbers, into: Float32) -> None:
    """Cosines of goals with the best passage of each call, shape (goals, calls)."""
    starts = snapshot.starts
    sizes = starts[calls + 1] - starts[calls]
    low, high, total = int(starts[calls[0]]), int(starts[calls[-1] + 1]), int(sizes.sum())
    firsts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    rows = slice(low, high) if high - low == total else np.repeat(starts[calls] - firsts, sizes) + np.arange(total)
    if total == len(calls) and sizes.all():
        into[:] = goals @ snapshot.rows.exact[rows].T
        return
    into[:] = TYPICAL_NEARNESS
    having = np.flatnonzero(sizes)
    if len(having):
        into[:, having] = np.maximum.reduceat(goals @ snapshot.rows.exact[rows].T, firsts[having], axis=1)
