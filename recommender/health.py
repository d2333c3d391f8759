"""How the recommender itself is: by meaning or by words only, from which index, and what is wrong with it."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class Mode(StrEnum):
    """How an answer was ranked."""

    HYBRID = "hybrid"  # embeddings, helped by words
    LEXICAL = "lexical"  # words only: there is no usable model or index


class Degradation(StrEnum):
    """Why an answer is worse than it could be."""

    MODEL_UNAVAILABLE = "model_unavailable"  # missing, corrupt, or it gave vectors that cannot be used
    INDEX_MISSING = "index_missing"  # no vectors of this model have been built
    INDEX_INCOMPLETE = "index_incomplete"  # some open calls have no vectors yet and are ranked by words
    INDEX_OF_ANOTHER_MODEL = "index_of_another_model"
    GOALS_NOT_EMBEDDED = "goals_not_embedded"


@dataclass(frozen=True, slots=True)
class RecommenderState:
    """How the recommender is, for readiness and for the doctor."""

    mode: Mode
    degraded: tuple[Degradation, ...]
    model: str
    dimension: int | None
    index_rev: int
    indexed_at: dt.datetime | None
    loaded_at: dt.datetime | None
    calls: int  # calls in the snapshot
    with_vectors: int
    waiting: int  # calls whose text has no vector yet
    detail: str = ""  # what is wrong and what to do, in a sentence

    @property
    def marks(self) -> tuple[Mode, tuple[Degradation, ...], str, int]:
        """All of it that a list depends on: mode, degraded, model, index_rev."""
        return (self.mode, self.degraded, self.model, self.index_rev)
