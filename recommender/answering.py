"""What one answer is worked out with: one snapshot, and how far meaning can be used in it."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from catalog.columns import Float32
from recommender.explaining import CallDetails
from recommender.health import Degradation, Mode
from recommender.judged import Judged
from recommender.leaning import each_leaning
from recommender.learning import Taste
from recommender.lexical import query_terms
from recommender.people import GoalFacts
from recommender.ranker import Ranker, Wish
from recommender.scoring import best_passages
from recommender.snapshot import Snapshot

WORTH_TELLING = 0.005  # of a score

DetailsOf = Callable[[Sequence[str]], Mapping[str, CallDetails]]
"""Looks up calls as they are shown, by id; those that are gone by now are left out."""


@dataclass(frozen=True, slots=True, eq=False)
class Answering:
    """A snapshot's ranker, the mode of the answer, and why it is not better."""

    ranker: Ranker
    mode: Mode
    degraded: tuple[Degradation, ...] = ()
    judged: Judged = field(default_factory=Judged, repr=False)

    @property
    def snapshot(self) -> Snapshot:
        """The calls."""
        return self.ranker.snapshot

    def wishes(self, goals: Sequence[GoalFacts]) -> list[Wish]:
        """Goals as the ranker takes them."""
        return [Wish(goal.id, query_terms(goal.text), self._usable(goal.vectors)) for goal in goals]

    def nearness(self, call: int, vectors: Float32 | None) -> Float32 | None:
        """How near each passage of a call is to a goal, shape (passages,); None when only words count."""
        usable = self._usable(vectors)
        rows = self.ranker.rows_of(call)
        return None if usable is None or not len(rows) else best_passages(rows @ usable.T)

    def moved_by(self, taste: Taste, calls: Sequence[int], now: dt.datetime) -> dict[int, tuple[str, ...]]:
        """For each of these calls, which lessons moved it, in words."""
        found: dict[int, tuple[str, ...]] = dict.fromkeys(calls, ())
        if not taste.lessons:
            return found
        closes, snapshot = self.ranker.statuses(now).closes, self.ranker.with_rows(calls)
        for lesson, changes in each_leaning(taste, snapshot, now, closes, np.array(calls, dtype=np.intp)):
            for call, change in zip(calls, changes.tolist(), strict=True):
                if abs(change) >= WORTH_TELLING:
                    found[call] += (lesson.said,)
        return found

    def without_model(self) -> "Answering":
        """The same by words alone, since the model turned out not to be usable."""
        degraded = dict.fromkeys((Degradation.MODEL_UNAVAILABLE, *self.degraded))
        return replace(self, mode=Mode.LEXICAL, degraded=tuple(degraded))

    def with_goals(self, goals: Sequence[GoalFacts]) -> "Answering":
        """The same, saying so when some goals have no vectors that can be used; those are ranked by words."""
        usable = [self._usable(goal.vectors) is not None for goal in goals if goal.text.strip()]
        if self.mode is Mode.LEXICAL or all(usable):
            return self
        mode = self.mode if any(usable) else Mode.LEXICAL
        return replace(self, mode=mode, degraded=(*self.degraded, Degradation.GOALS_NOT_EMBEDDED))

    def _usable(self, vectors: Float32 | None) -> Float32 | None:
        if vectors is None or self.mode is Mode.LEXICAL or vectors.shape[1] != self.snapshot.rows.dimension:
            return None
        return vectors


def how_far(snapshot: Snapshot, wanted_model: str, model_failed: bool) -> tuple[Mode, tuple[Degradation, ...]]:
    """The mode that a snapshot and a model allow, and what is wrong with them."""
    degraded = []
    if model_failed or not wanted_model:
        degraded.append(Degradation.MODEL_UNAVAILABLE)
    elif snapshot.model != wanted_model:
        degraded.append(Degradation.INDEX_OF_ANOTHER_MODEL)
    if len(snapshot) and not snapshot.having:
        degraded.append(Degradation.INDEX_MISSING)
    elif snapshot.having < len(snapshot):
        degraded.append(Degradation.INDEX_INCOMPLETE)
    usable = not {Degradation.MODEL_UNAVAILABLE, Degradation.INDEX_MISSING} & set(degraded)
    return (Mode.HYBRID if usable else Mode.LEXICAL), tuple(degraded)
