"""How good a ranking is on a labelled set: nDCG@10 (gain 2^grade - 1), recall@10, MRR@10, with intervals."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

CUT = 10
RESAMPLES = 1_000
MEASURES = ("ndcg@10", "recall@10", "mrr@10")

Ranked = Mapping[str, Sequence[str]]
"""Query id -> document ids, best first."""

Grades = Mapping[str, Mapping[str, float]]
"""Query id -> document id -> grade; what is not judged counts as wrong."""


@dataclass(frozen=True, slots=True)
class Score:
    """A measure's mean over queries, with the interval that holds 95 % of its bootstrap means."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Evaluation:
    """How one system did. `unjudged` is the share of its top ten that nobody judged."""

    scores: Mapping[str, Score]
    unjudged: float
    queries: int
    by_query: Mapping[str, Mapping[str, float]]


def evaluate(ranked: Ranked, grades: Grades) -> Evaluation:
    """Score a system's rankings, one for each query."""
    by_query = {query: _measures(found[:CUT], grades[query]) for query, found in ranked.items()}
    columns = {name: np.array([row[name] for row in by_query.values()]) for name in MEASURES}
    shown = [(query, document) for query, found in ranked.items() for document in found[:CUT]]
    unjudged = sum(document not in grades[query] for query, document in shown) / max(1, len(shown))
    scores = {name: _with_interval(values) for name, values in columns.items()}
    return Evaluation(scores, unjudged, len(by_query), by_query)


def _measures(found: Sequence[str], grades: Mapping[str, float]) -> dict[str, float]:
    gains = [2 ** grades.get(document, 0.0) - 1 for document in found]
    ideal = sorted((2**grade - 1 for grade in grades.values()), reverse=True)[:CUT]
    right = {document for document, grade in grades.items() if grade > 0}
    first = next((rank for rank, document in enumerate(found, start=1) if document in right), None)
    best = _discounted(ideal)
    return {
        "ndcg@10": _discounted(gains) / best if best else 0.0,
        "recall@10": len(right.intersection(found)) / len(right) if right else 0.0,
        "mrr@10": 1 / first if first else 0.0,
    }


def _discounted(gains: Sequence[float]) -> float:
    return float(sum(gain / np.log2(rank + 1) for rank, gain in enumerate(gains, start=1)))


def _with_interval(values: NDArray[np.float64]) -> Score:
    chooser = np.random.default_rng(20270301)  # fixed: the same set gives the same interval
    means = values[chooser.integers(0, len(values), (RESAMPLES, len(values)))].mean(axis=1)
    low, high = np.percentile(means, [2.5, 97.5])
    return Score(float(values.mean()), float(low), float(high))
