"""The filters that lists of opportunities share, as query parameters, and what they mean."""

import datetime as dt
from dataclasses import replace
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from catalog.drafts import Country
from catalog.standing import Standing
from catalog.stores.browsing import Narrowed
from catalog.tables import Opportunity
from catalog.vocabularies import countries_in
from catalog.words import PAYS, CareerStage, Funding, Kind, RequirementType, Status, Verdict
from recommender.eligibility import quick_verdict
from recommender.filters import ACTIONABLE, Filters
from recommender.people import MenteeFacts

CountryFilter = Annotated[Country, Field(min_length=2, max_length=2)]


class OpportunityFilters(BaseModel):
    """Values of one filter are alternatives; different filters must all be met."""

    model_config = ConfigDict(extra="forbid")

    kind: list[Kind] = Field(default_factory=list, description="May be repeated")
    country: list[CountryFilter] = Field(
        default_factory=list, max_length=50, description="Where it happens; remote ones pass. May be repeated"
    )
    stage: list[CareerStage] = Field(
        default_factory=list, description="Leaves out what rules this stage out. May be repeated"
    )
    deadline_after: dt.date | None = Field(
        None, description="The next deadline is on this day, as the page gives it, or later; undated ones do not pass"
    )
    deadline_before: dt.date | None = Field(
        None, description="The next deadline is on this day, as the page gives it, or sooner; undated ones do not pass"
    )
    funded: bool | None = Field(None, description="true: pays at least in part; false: is not known to pay")
    remote: bool | None = Field(None, description="true: can be done from afar; false: is not known to be")
    status: list[Status] = Field(
        default_factory=list,
        description="Left out: all that can be gone for (open, closing_soon, rolling, upcoming, unknown)",
    )

    def as_json(self) -> dict[str, Any]:
        """What a cursor is bound to."""
        return self.model_dump(mode="json", exclude_defaults=True)

    @property
    def statuses(self) -> frozenset[Status]:
        """The statuses that pass."""
        return frozenset(self.status) or ACTIONABLE

    def narrowed(self, words: str, source: str | None, now: dt.datetime) -> Narrowed:
        """What the database can do of it."""
        past = {Status.CLOSED, Status.WITHDRAWN}
        return Narrowed(
            words=words,
            kinds=tuple(self.kind),
            funding=() if self.funded is None else tuple(PAYS if self.funded else set(Funding) - PAYS),
            remote=self.remote,
            day_from=self.deadline_after,
            day_until=self.deadline_before,
            may_be_open_at=None if past & self.statuses else now,
            source=source,
        )

    def passes(self, opportunity: Opportunity, current: Standing) -> bool:
        """What the database cannot tell: the status now, the day, places, and whom the page rules out."""
        return (
            current.status in self.statuses
            and self._right_day(current.day)
            and self._right_place(opportunity)
            and self._right_stage(opportunity)
        )

    def _right_day(self, day: dt.date | None) -> bool:
        if day is None:
            return self.deadline_after is None and self.deadline_before is None
        return (self.deadline_after or day) <= day <= (self.deadline_before or day)

    def _right_place(self, opportunity: Opportunity) -> bool:
        if not self.country or opportunity.remote:
            return True
        wanted = countries_in(tuple(self.country))
        return any(place.country in wanted for place in opportunity.places)

    def _right_stage(self, opportunity: Opportunity) -> bool:
        asked = [one for one in opportunity.requirements if one.type is RequirementType.CAREER_STAGE]
        verdicts = [quick_verdict(asked, MenteeFacts(stage=stage)) for stage in self.stage]
        return not verdicts or any(verdict is not Verdict.INELIGIBLE for verdict in verdicts)

    def for_recommender(self) -> Filters:
        """As the recommender takes them."""
        return Filters(
            kinds=frozenset(self.kind),
            countries=frozenset(self.country),
            stages=frozenset(self.stage),
            closes_from=self.deadline_after,
            closes_until=self.deadline_before,
            funded=self.funded,
            remote=self.remote,
            statuses=frozenset(self.status),
        )


class RecommendationFilters(OpportunityFilters):
    """The same, and whether to show what the mentee may not apply for."""

    ineligible: bool = Field(False, description="Show also what she may not apply for, marked as such")

    def for_recommender(self) -> Filters:
        """As the recommender takes them."""
        return replace(super().for_recommender(), ineligible=self.ineligible)
