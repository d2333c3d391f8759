"""BM25 over the fields of calls, in process: the words' share of a ranking, and all of it when there is no model.

Fields are weighted before term frequencies saturate (BM25F, Robertson & Zaragoza 2009, §3.6), so
a word in the title counts for more without being counted twice. A term's frequency in a field is
capped: repeating a word does not lift a call.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from catalog.columns import Float32
from recommender.tokens import also_called, terms

K1 = 1.2
FIELDS = ("title", "organisation", "tags", "body")
FIELD_WEIGHT = {"title": 2.0, "organisation": 1.0, "tags": 1.5, "body": 1.0}
LENGTH_SHARE = {"title": 0.3, "organisation": 0.0, "tags": 0.0, "body": 0.75}
REPEATS_COUNTED = 8  # of one term in one field
COMMON = 0.25  # terms in more than this share of the calls say nothing and cost most
ALSO_CALLED_SHARE = 0.5  # of a term that stands in the goal itself

FieldTerms = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class TermCounts:
    """The terms of one call by field, counted once when it is loaded."""

    counts: Mapping[str, Mapping[str, int]]  # term -> field -> count
    lengths: Mapping[str, int]  # field -> terms


def count_terms(title: str, organisation: str, tags: Sequence[str], body: str) -> TermCounts:
    """Count the terms of a call's fields."""
    counts: dict[str, dict[str, int]] = {}
    lengths = {}
    for name, text in zip(FIELDS, (title, organisation, " ; ".join(tags), body), strict=True):
        found = terms(text)
        lengths[name] = len(found)
        for term, count in Counter(found).items():
            counts.setdefault(term, {})[name] = min(count, REPEATS_COUNTED)
    return TermCounts(counts, lengths)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Postings of all calls: for term number t, `calls[start[t]:start[t+1]]` with ready BM25 `weights`."""

    size: int
    vocabulary: Mapping[str, int]
    start: NDArray[np.int64]
    calls: NDArray[np.int32]
    weights: Float32

    def score(self, query: Mapping[str, float]) -> Float32:
        """BM25 of every call for weighted query terms, shape (calls,), zero where nothing is shared."""
        found = np.zeros(self.size, dtype=np.float32)
        for term, weight in query.items():
            number = self.vocabulary.get(term)
            if number is not None:
                here = slice(self.start[number], self.start[number + 1])
                found[self.calls[here]] += np.float32(weight) * self.weights[here]
        return found

    def weight_of(self, term: str, call: int) -> float:
        """What `term` contributes to the score of `call`; zero when it does not stand there."""
        number = self.vocabulary.get(term)
        if number is None:
            return 0.0
        low, high = int(self.start[number]), int(self.start[number + 1])
        at = low + int(np.searchsorted(self.calls[low:high], call))
        return float(self.weights[at]) if at < high and self.calls[at] == call else 0.0


def build_lexicon(calls: Sequence[TermCounts]) -> Lexicon:
    """Postings for `calls`, in their order. Terms in more than a quarter of many calls are cut."""
    size = len(calls)
    average = {name: max(1.0, sum(call.lengths[name] for call in calls) / max(1, size)) for name in FIELDS}
    vocabulary: dict[str, int] = {}
    numbers: list[int] = []
    owners: list[int] = []
    strengths: list[float] = []
    for at, call in enumerate(calls):
        factor = {
            name: FIELD_WEIGHT[name]
            / (1 - LENGTH_SHARE[name] + LENGTH_SHARE[name] * call.lengths[name] / average[name])
            for name in FIELDS
        }
        for term, fields in call.counts.items():
            numbers.append(vocabulary.setdefault(term, len(vocabulary)))
            owners.append(at)
            strengths.append(sum(count * factor[name] for name, count in fields.items()))
    return _postings(size, vocabulary, numbers, owners, strengths)


def _postings(
    size: int, vocabulary: dict[str, int], numbers: Iterable[int], owners: Iterable[int], strengths: Iterable[float]
) -> Lexicon:
    number = np.fromiter(numbers, dtype=np.int32)
    owner = np.fromiter(owners, dtype=np.int32)
    strength = np.fromiter(strengths, dtype=np.float32)
    frequency = np.bincount(number, minlength=len(vocabulary))
    idf = np.log1p((size - frequency + 0.5) / (frequency + 0.5))
    if size >= 20:
        idf[frequency > COMMON * size] = 0.0
    weight = (idf[number] * strength * (K1 + 1) / (K1 + strength)).astype(np.float32)
    keep = weight > 0
    order = np.argsort(number[keep], kind="stable")
    kept = number[keep][order]
    start = np.searchsorted(kept, np.arange(len(vocabulary) + 1))
    return Lexicon(size, vocabulary, start, owner[keep][order], weight[keep][order])


def query_terms(text: str) -> dict[str, float]:
    """The weighted terms of a goal or search: a repeated word counts little more than once."""
    found = {term: 1.0 + 0.5 * min(count - 1, 2) for term, count in Counter(terms(text)).items()}
    for term in also_called(text):
        found.setdefault(term, ALSO_CALLED_SHARE)
    return found
