"""What the routes ask of the recommender, whichever ranker is behind it."""

import datetime as dt
from collections.abc import Sequence
from typing import Protocol

from sqlalchemy import Engine

from catalog.settings import Settings
from recommender.filters import Filters
from recommender.health import RecommenderState
from recommender.progress import Progress
from recommender.results import Board, Chosen, RankedList, Recommended, SearchResults


class Recommender(Protocol):
    """Ranks for a mentee, and for a call; says how it is."""

    def recommend(
        self, mentee_id: str, filters: Filters | None = None, *, now: dt.datetime, shown: int | None = None
    ) -> RankedList:
        """The mentee's list, the first `shown` with reasons (None: all)."""
        ...

    def explain(self, mentee_id: str, chosen: Sequence[Chosen], *, now: dt.datetime) -> tuple[Recommended, ...]:
        """Further calls of a list with their reasons."""
        ...

    def look_out(self, mentee_ids: Sequence[str], *, now: dt.datetime) -> int:
        """See what is in view for these mentees and keep it; how many were seen."""
        ...

    def board(self, opportunity_id: str, mentee_ids: Sequence[str], *, now: dt.datetime) -> Board:
        """These mentees for one call."""
        ...

    def search(
        self, words: str, filters: Filters | None = None, *, now: dt.datetime, limit: int = 100
    ) -> SearchResults:
        """Calls by words and meaning, whoever they are for."""
        ...

    def more_like(
        self, opportunity_id: str, filters: Filters | None = None, *, now: dt.datetime, limit: int = 20
    ) -> SearchResults:
        """Other calls like this one."""
        ...

    def state(self, now: dt.datetime | None = None) -> RecommenderState:
        """How the recommender is."""
        ...


def load_recommender(engine: Engine, settings: Settings, now: dt.datetime, progress: Progress) -> Recommender:
    """The real one, warm. Imported here, since the model and what runs it take a while to load."""
    from recommender.installed import recommender_of

    made = recommender_of(engine, settings, progress)
    made.warm_up(now)
    return made
