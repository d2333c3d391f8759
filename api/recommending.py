"""What the routes ask of the recommender, whichever ranker is behind it."""

import datetime as dt
from collections.abc import Sequence
from typing import Protocol

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
