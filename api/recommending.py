"""What the routes ask of the recommender, whichever ranker is behind it."""

import datetime as dt
from collections.abc import Sequence
from typing import Protocol

from sqlalchemy import Engine

from recommender.filters import Filters
from recommender.results import Board, RankedList, RecommenderState, SearchResults


class Recommender(Protocol):
    """Ranks for a mentee, and for a call; says how it is."""

    def recommend(self, mentee_id: str, filters: Filters, *, now: dt.datetime) -> RankedList:
        """The mentee's list."""
        ...

    def board(self, opportunity_id: str, mentee_ids: Sequence[str], *, now: dt.datetime) -> Board:
        """These mentees for one call."""
        ...

    def search(self, words: str, filters: Filters, *, now: dt.datetime) -> SearchResults:
        """Calls by words or meaning."""
        ...

    def state(self) -> RecommenderState:
        """How the recommender is."""
        ...


def load_recommender(engine: Engine, model: str, closing_soon_days: int) -> Recommender:
    """The real one. Imported here, since it brings torch, which takes seconds."""
    from recommender.service import load

    return load(engine, model, closing_soon_days)
