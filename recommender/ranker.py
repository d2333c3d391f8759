"""The seam between ranking and whatever searches: the snapshot in memory, or pgvector for the vectors.

Filters, eligibility and what is not to be shown again are part of the question, never applied to
its answer: so a narrow filter gives as many results as exist.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from catalog.columns import Float32
from recommender.filters import Filters
from recommender.learning import NO_TASTE, Taste
from recommender.people import MenteeFacts
from recommender.snapshot import Snapshot
from recommender.statuses import Statuses


@dataclass(frozen=True, slots=True, eq=False)
class Wish:
    """What calls are sought for: a goal, a search, or a call that others should be like.

    `vectors`: (passages, dimension), or None to go by words alone. `words`: weighted terms.
    """

    id: str
    words: Mapping[str, float]
    vectors: Float32 | None = None


@dataclass(frozen=True, slots=True)
class Scope:
    """Among which calls: those that pass the filters at `now` and that `person` may apply for."""

    now: dt.datetime
    filters: Filters = field(default_factory=Filters)
    person: MenteeFacts | None = None  # None: whoever it is for, eligibility is not asked
    excluded: frozenset[str] = frozenset()  # ids of calls not to be shown again
    taste: Taste = NO_TASTE  # moves calls up or down; it never hides one
    series: frozenset[str] = frozenset()  # of which no further edition is chosen for a list


class Hit(NamedTuple):
    """A call found for a wish. `percentile` (0-100) says what share of the calls in scope it is not below."""

    opportunity_id: str
    score: float
    percentile: float
    nearness: float | None  # cosine; None when the call or the wish has no vectors
    words: float  # BM25


@dataclass(frozen=True, slots=True)
class Retrieved:
    """For each wish, its best calls in order. `considered` calls were in scope."""

    hits: Mapping[str, Sequence[Hit]] = field(default_factory=dict)
    considered: int = 0
    hidden_ineligible: int = 0


class Ranker(Protocol):
    """Finds the best calls in scope. Deterministic: equal scores go by closing time, then id.

    As many as there are, however narrow the filter. Exactly; pgvector's nearest of a wide scope may miss one.
    """

    @property
    def snapshot(self) -> Snapshot:
        """The calls. Whether their vectors lie in it is the ranker's affair: `rows_of` has them."""

    def statuses(self, now: dt.datetime) -> Statuses:
        """Every call's standing at `now`."""

    def rows_of(self, call: int) -> Float32:
        """The vectors of one call's passages (by number), shape (passages, dimension)."""

    def with_rows(self, calls: Sequence[int]) -> Snapshot:
        """The snapshot with at least the vectors of these calls (by number) in it."""

    def search(self, wishes: Sequence[Wish], scope: Scope, depth: int) -> Retrieved:
        """The best `depth` calls for each wish: fewer only where fewer are in scope."""

    def percentiles(self, wish: Wish, scope: Scope, opportunity_id: str) -> Hit | None:
        """How one call does for a wish among the calls in scope, itself counted whether it is in scope or not.

        None when the call is not known. pgvector reckons the percentile from a sample where very many are in scope.
        """

    def likeness(self, opportunity_ids: Sequence[str]) -> Float32:
        """Cosines between calls, shape (calls, calls); zero where a call has no vectors."""

    def first_passages(self, opportunity_ids: Sequence[str]) -> Float32:
        """The vectors that likeness goes by, shape (calls, dimension); zero where a call has none."""
