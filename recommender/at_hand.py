"""What is at hand to answer with: the calls and the model as they are now, how far they go, and how to say so."""

import datetime as dt
from collections.abc import Sequence

from sqlmodel import Session

from catalog.columns import Float32
from recommender.answering import Answering, how_far
from recommender.health import Degradation, Mode, RecommenderState
from recommender.judged import Judged
from recommender.library import Library
from recommender.meaning import Meaning
from recommender.mentees import Known, known_mentees
from recommender.ranker import Ranker


class AtHand:
    """A library of calls and the model for what is sought in it. Threads share one."""

    def __init__(self, library: Library, meaning: Meaning) -> None:
        self._library = library
        self._meaning = meaning
        self._judged = Judged()
        self._told: tuple[tuple[object, ...], RecommenderState] | None = None

    def warm_up(self, now: dt.datetime) -> None:
        """Load the calls and the model, so that the first answer is as quick as the next."""
        self._library.current(now)
        self._meaning.warm_up()

    def answering(self, now: dt.datetime) -> Answering:
        """What one answer is worked out with."""
        ranker = self._library.current(now)
        self._meaning.look_again()
        return self._answering_from(ranker)

    def answering_mentees(
        self, session: Session, mentee_ids: Sequence[str], now: dt.datetime
    ) -> tuple[Answering, list[Known]]:
        """The same, with these mentees in the order asked for. Raises UnknownMentee."""
        answering = self.answering(now)
        model, by_meaning = answering.snapshot.model, answering.mode is Mode.HYBRID
        known = known_mentees(
            session, mentee_ids, model, lambda text: self.embedded(text, model) if by_meaning else None, now.date()
        )
        return (answering.without_model() if self._meaning.failure else answering), known

    def embedded(self, text: str, model: str) -> Float32 | None:
        """Vectors of a text under the model that is served; None when that is not the one at hand."""
        return self._meaning.vectors(text) if model and model == self._meaning.model() else None

    def state(self, now: dt.datetime) -> RecommenderState:
        """How the recommender is: for readiness, and to tell whether an earlier list still holds."""
        ranker = self._library.current(now)
        self._meaning.look_again()
        made_of = (ranker, self._meaning.model(), self._meaning.failure, self._library.loaded_at)
        told = self._told
        if told is None or told[0] != made_of:  # asked with every answer, and nearly always the same
            told = self._told = (made_of, self._state_of(self._answering_from(ranker)))
        return told[1]

    def _answering_from(self, ranker: Ranker) -> Answering:
        mode, degraded = how_far(ranker.snapshot, self._meaning.model(), bool(self._meaning.failure))
        return Answering(ranker, mode, degraded, self._judged)

    def _state_of(self, answering: Answering) -> RecommenderState:
        snapshot = answering.snapshot
        return RecommenderState(
            mode=answering.mode,
            degraded=answering.degraded,
            model=snapshot.model,
            dimension=snapshot.rows.dimension if snapshot.having else None,
            index_rev=snapshot.rev,
            indexed_at=snapshot.indexed_at,
            loaded_at=self._library.loaded_at,
            calls=len(snapshot),
            with_vectors=snapshot.having,
            waiting=snapshot.waiting,
            detail=self._detail(answering.degraded),
        )

    def _detail(self, degraded: Sequence[Degradation]) -> str:
        if Degradation.MODEL_UNAVAILABLE in degraded:
            return self._meaning.failure or "there is no model"
        return "some calls or goals have no vectors yet: run `opportune index`" if degraded else ""
