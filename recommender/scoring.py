"""How well a call serves a goal: nearness of meaning, helped by shared words. One formula in both directions.

score = cosine + 0.15 · BM25 / max(best BM25 of all calls, 10). Dividing by the best makes goals of
two words and of two hundred comparable; the floor keeps one chance word of an otherwise unmatched
goal from counting in full. Chosen on seven development sets at once (docs/decisions/0013); naive fusion
lowers the result on mentors' goals, this one raises it on every set.
"""

import numpy as np
from numpy.typing import NDArray

from catalog.columns import Float32

WORDS_SHARE = 0.15
BEST_AT_LEAST = 10.0  # BM25
BEST_PASSAGES = 3
DIGITS = 6  # scores are rounded, so that the order does not hang on how a matrix product was cut up


def weights() -> dict[str, float]:
    """What a ranking was made with, kept with it."""
    return {"words_share": WORDS_SHARE, "best_words_at_least": BEST_AT_LEAST, "best_passages": BEST_PASSAGES}


def nearness(goal: Float32, passages: Float32, starts: NDArray[np.int64]) -> Float32:
    """How near each call is to a goal, shape (calls,): its best passage against the goal's best three.

    goal: (goal passages, dimension). passages: rows of all calls in order; the rows of call c begin
    at `starts[c]`, each call having at least one.
    """
    likeness = passages @ goal.T
    by_call = np.maximum.reduceat(likeness, starts, axis=0) if len(starts) else likeness
    return best_passages(by_call)


def best_passages(likeness: Float32) -> Float32:
    """The mean of the best three goal passages for each call, shape (calls, goal passages) to (calls,)."""
    if likeness.shape[1] == 1:
        return likeness[:, 0]
    best = np.sort(likeness, axis=1)[:, -BEST_PASSAGES:]
    mean: Float32 = best.mean(axis=1, dtype=np.float32)
    return mean


def words_part(words: Float32, best: float) -> Float32:
    """The words' share of a score, from BM25 of some calls and the best BM25 among all."""
    part: Float32 = np.float32(WORDS_SHARE) * words / np.float32(max(best, BEST_AT_LEAST))
    return part
