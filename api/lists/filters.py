"""The filters that lists of opportunities share, as query parameters."""

from dataclasses import replace

from pydantic import Field

from recommender.filters import Filters
from recommender.narrowing import OpportunityFilters

__all__ = ["OpportunityFilters", "RecommendationFilters"]


class RecommendationFilters(OpportunityFilters):
    """The same, and whether to show what the mentee may not apply for."""

    ineligible: bool = Field(False, description="Show also what she may not apply for, marked as such")

    def for_recommender(self) -> Filters:
        """As the recommender takes them."""
        return replace(super().for_recommender(), ineligible=self.ineligible)
