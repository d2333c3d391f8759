"""BM25 over the fields of calls, in process: the words' share of a ranking, and all of it when there is no model.

Fields are weighted before term frequencies saturate (BM25F, Robertson & Zaragoza 2009, §3.6), so
a word in the title counts for more without being counted twice. A term's frequency in a field is
capped: repeating a word does not lift a call.
"""

import threading
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import cast

import numpy as np
from numpy.typing import NDArray

from catalog.columns import Float32
from recommender.tokens import also_called, terms

K1 = 1.6
FIELD_WEIGHT = {"title": 2.0, "organisation": 1.0, "tags": 1.5, "body": 1.0}
LENGTH_SHARE = {"title": 0.3, "organisation": 0.0, "tags": 0.0, "body": 0.75}
FIELDS = tuple(FIELD_WEIGHT)
_FIELD_NUMBERS = np.arange(len(FIELDS), dtype=np.int8)
REPEATS_COUNTED = 8  # of one term in one field
COMMON = 0.1  # a term in more than this share of the calls says little about a goal, and costs most
COMMON_AT_LEAST = 20  # calls; in a small catalogue no term is common by accident
ALSO_CALLED_SHARE = 0.5  # of a term that stands in the goal itself


class Vocabulary:
    """Numbers for terms, shared by all snapshots of a process. It only grows; threads may share it."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._numbers)

    def find(self, term: str) -> int | None:
        """The number of a term that stands in some call."""
        return self._numbers.get(term)

    def terms(self) -> list[str]:
        """All there are, by their numbers."""
        return list(self._numbers)

    def numbers(self, terms: Iterable[str]) -> list[int]:
        """The numbers of terms, new ones if need be."""
        wanted = list(terms)
        found = list(map(self._numbers.get, wanted))
        if None in found:
            with self._lock:
                return [self._numbers.setdefault(term, len(self._numbers)) for term in wanted]
        return cast(list[int], found)


@dataclass(frozen=True, slots=True, eq=False)
class TermCounts:
    """The terms of one call, one entry for each term and field; counted once, when the call is loaded."""

    terms: NDArray[np.int32]
    fields: NDArray[np.int8]
    counts: NDArray[np.int8]
    lengths: tuple[int, ...]  # terms in each field


def count_terms(vocabulary: Vocabulary, title: str, organisation: str, tags: Sequence[str], body: str) -> TermCounts:
    """Count the terms of a call's fields."""
    fields = [terms(text) for text in (title, organisation, " ; ".join(tags), body)]
    found = [Counter(field) for field in fields]
    counts = np.array([count for counter in found for count in counter.values()], dtype=np.int32)
    return TermCounts(
        np.array(vocabulary.numbers(chain.from_iterable(found)), dtype=np.int32),
        np.repeat(_FIELD_NUMBERS, [len(counter) for counter in found]),
        np.minimum(counts, REPEATS_COUNTED).astype(np.int8),
        tuple(map(len, fields)),
    )


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """Postings of all calls: term t stands in `calls[start[t]:start[t+1]]`, with ready BM25 `weights`."""

    size: int
    vocabulary: Vocabulary
    start: NDArray[np.int64]
    calls: NDArray[np.int32]
    weights: Float32

    def score(self, query: Mapping[str, float], *, common: bool = False) -> Float32:
        """BM25 of every call for weighted query terms, shape (calls,); zero where nothing is shared.

        `common` terms count only when words are all there is to go by.
        """
        found = np.zeros(self.size, dtype=np.float32)
        for here, weight in self._found(query, common):
            found[self.calls[here]] += weight * self.weights[here]
        return found

    def score_of(
        self, query: Mapping[str, float], calls: NDArray[np.intp], *, common: bool = False
    ) -> tuple[Float32, float]:
        """The same of some calls (numbers), with the best score that any call has."""
        if not any(here.stop > here.start for here, _ in self._found(query, common)):
            return np.zeros(len(calls), dtype=np.float32), 0.0
        everywhere = self.score(query, common=common)
        return everywhere[calls], float(everywhere.max(initial=0.0))

    def _found(self, query: Mapping[str, float], common: bool) -> Iterator[tuple[slice, np.float32]]:
        for term, weight in query.items():
            here = self._postings(term)
            if common or here.stop - here.start <= self._most:
                yield here, np.float32(weight)

    def weight_of(self, term: str, call: int) -> float:
        """What `term` contributes to the score of `call`; zero when it does not stand there."""
        here = self._postings(term)
        at = bisect_left(self.calls, call, here.start, here.stop)  # asked of one call at a time, so in Python
        return float(self.weights[at]) if at < here.stop and self.calls[at] == call else 0.0

    @property
    def _most(self) -> float:
        return max(COMMON_AT_LEAST, COMMON * self.size)

    def _postings(self, term: str) -> slice:
        number = self.vocabulary.find(term)
        if number is None or number + 1 >= len(self.start):  # the vocabulary may have grown since
            return slice(0, 0)
        return slice(int(self.start[number]), int(self.start[number + 1]))


def build_lexicon(vocabulary: Vocabulary, calls: Sequence[TermCounts]) -> Lexicon:
    """Postings for `calls`, numbered in their order."""
    from scipy.sparse import coo_matrix  # here: a fifth of a second that a service's first answers need not wait for

    size, width = len(calls), len(vocabulary)
    lengths = np.array([call.lengths for call in calls], dtype=np.float32).reshape(size, len(FIELDS))
    average = np.maximum(lengths.mean(axis=0), 1.0) if size else np.ones(len(FIELDS), dtype=np.float32)
    share = np.array([LENGTH_SHARE[name] for name in FIELDS], dtype=np.float32)
    factor = np.array([FIELD_WEIGHT[name] for name in FIELDS]) / (1 - share + share * lengths / average)
    owner = np.repeat(np.arange(size, dtype=np.int32), [len(call.terms) for call in calls])
    field = np.concatenate([call.fields for call in calls] or [np.empty(0, np.int8)])
    count = np.concatenate([call.counts for call in calls] or [np.empty(0, np.int8)])
    term = np.concatenate([call.terms for call in calls] or [np.empty(0, np.int32)])
    # grouped by term, of each its calls rising: counting puts millions in order twenty times as fast as sorting
    strength = coo_matrix((count * factor[owner, field], (term, owner)), shape=(width, size)).tocsr()
    frequency = np.diff(strength.indptr)
    rarity = np.log1p((size - frequency + 0.5) / (frequency + 0.5))
    weight = np.repeat(rarity, frequency) * strength.data * (K1 + 1) / (K1 + strength.data)
    return Lexicon(size, vocabulary, strength.indptr.astype(np.int64), strength.indices, weight.astype(np.float32))


def query_terms(text: str) -> dict[str, float]:
    """The weighted terms of a goal or search: a repeated word counts little more than once."""
    found = {term: 1.0 + 0.5 * min(count - 1, 2) for term, count in Counter(terms(text)).items()}
    for term in also_called(text):
        found.setdefault(term, ALSO_CALLED_SHARE)
    return found
