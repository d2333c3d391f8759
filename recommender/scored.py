"""Calls of a snapshot with their scores for one wish, and the best of them: exact, in one order."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from math import isnan

import numpy as np
from numpy.typing import NDArray

from catalog.columns import Float32
from recommender.closeness import CallNumbers, Closeness, closeness
from recommender.ranker import Hit, Wish
from recommender.scoring import BEST_AT_LEAST, DIGITS, words_part
from recommender.snapshot import Snapshot

GROUPS_FOR_EACH = 16  # groups for each of the best that are sought: then seldom two of those are in one
WORTH_GROUPING = 4  # scores in a group
TYPICAL_NEARNESS = 0.2  # stands in for a call that has no vectors yet, which is then ranked by its words


@dataclass(frozen=True, slots=True, eq=False)
class Scored:
    """Calls, rising, with their scores for one wish, none off by more than `error`.

    beside: what a score is made of besides nearness. near: None when words are all there is.
    """

    snapshot: Snapshot
    wish: Wish
    calls: CallNumbers
    words: Float32
    beside: Float32
    near: Float32 | None
    error: float

    @property
    def scores(self) -> Float32:
        """Rounded when they are exact."""
        found = self.beside if self.near is None else self.beside + or_typical(self.near)
        return found if self.error else found.round(DIGITS)

    def only(self, places: CallNumbers) -> "Scored":
        """The same for some of the calls, by their places here."""
        near = None if self.near is None else self.near[places]
        return replace(self, calls=self.calls[places], words=self.words[places], beside=self.beside[places], near=near)

    def exactly(self, places: CallNumbers) -> "Scored":
        """Some of the calls with their exact scores."""
        found = self.only(places)
        if not self.error or self.wish.vectors is None:
            return found
        (near,) = closeness(self.snapshot, [self.wish.vectors], found.calls)
        return replace(found, near=near.values, error=0.0)

    def best(self, closes: NDArray[np.float64], depth: int, considered: int) -> list[Hit]:
        """The best calls, exactly: equal scores by closing time (`closes`, of every call), then id."""
        if not len(self.calls) or depth <= 0:
            return []
        exact = self.exactly(could_be_best(self.scores, depth, self.error))
        best = exact.only(could_be_best(exact.scores, depth, 0.0))
        ids = [self.snapshot.calls[call].id for call in best.calls.tolist()]
        keys = list(zip((-best.scores).tolist(), closes[best.calls].tolist(), ids, strict=True))
        order = np.array(sorted(range(len(keys)), key=keys.__getitem__)[:depth], dtype=np.intp)
        return best.only(order).hits(range(len(order)), considered)

    def hits(self, above: Iterable[int], considered: int) -> list[Hit]:
        """Hits for calls with exact scores; so many of those considered are better than each."""
        calls = self.snapshot.calls
        ids = [calls[call].id for call in self.calls.tolist()]
        percentiles = [round(100 * (1 - better / considered), 2) for better in above]
        near = [None] * len(ids) if self.near is None else [None if isnan(own) else own for own in self.near.tolist()]
        return list(map(Hit, ids, self.scores.tolist(), percentiles, near, self.words.tolist()))


def score(
    snapshot: Snapshot, wish: Wish, calls: CallNumbers, near: Closeness | None, leaning: Float32 | None
) -> Scored:
    """The scores of some calls (numbers) for a wish. leaning: what was learned adds, shape (all calls,).

    Where words are all there is, what was learned counts as a share of the best score by words.
    """
    by_words_alone = near is None or not snapshot.model
    words, best = snapshot.lexicon.score_of(wish.words, calls, common=by_words_alone)
    learned = None if leaning is None else leaning[calls]
    if by_words_alone or near is None:
        beside = words if learned is None else words + learned * np.float32(max(best, BEST_AT_LEAST))
        return Scored(snapshot, wish, calls, words, beside, None, 0.0)
    beside = words_part(words, best)
    return Scored(
        snapshot, wish, calls, words, beside if learned is None else beside + learned, near.values, near.error
    )


def or_typical(near: Float32) -> Float32:
    """Nearness, with a typical one where it is not known."""
    if not np.isnan(near.sum()):  # one pass in place of two, and most often all is known
        return near
    found: Float32 = np.where(np.isnan(near), np.float32(TYPICAL_NEARNESS), near)
    return found


def could_be_best(scores: Float32, depth: int, error: float) -> CallNumbers:
    """The places of all whose true score may be among the best `depth`, ties too, so that the order is one."""
    if depth >= len(scores):
        return np.arange(len(scores))
    likely = np.flatnonzero(scores >= _not_above_the_least(scores, depth) - 2 * error)
    least = np.partition(scores[likely], -depth)[-depth]
    found: CallNumbers = likely[scores[likely] >= least - 2 * error]
    return found


def _not_above_the_least(scores: Float32, depth: int) -> float:
    """A bound, seldom far below the `depth`-th best score: so high is the best of at least `depth` groups of scores.

    The best of groups are found several times as fast as the best of all.
    """
    groups = GROUPS_FOR_EACH * depth
    size = len(scores) // groups
    if size < WORTH_GROUPING:
        return -np.inf
    best = scores[: groups * size].reshape(size, groups).max(axis=0)
    return float(np.partition(best, -depth)[-depth])
