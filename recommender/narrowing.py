"""The filters of lists, feeds and webhooks as clients give them, and what they mean for one opportunity.

Here and not in `api`, since whoever delivers webhooks asks the same question of an opportunity.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Annotated, Any, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic_core import PydanticCustomError

from catalog.standing import Standing
from catalog.stores.deadline_list import Narrowed
from catalog.tables import Opportunity
from catalog.values import Country, Day
from catalog.vocabularies import countries_in
from catalog.words import PAYS, CareerStage, Funding, Kind, RequirementType, Status, Verdict
from recommender.eligibility import quick_verdict
from recommender.filters import ACTIONABLE, Filters
from recommender.people import MenteeFacts

CountryFilter = Annotated[Country, Field(min_length=2, max_length=2)]


def _yes_or_no(value: object) -> object:
    """Only what the description says, in an address (`true`) or a body: pydantic takes 0 and "off" for no."""
    if value is None or isinstance(value, bool) or value in ("true", "false"):
        return value
    raise PydanticCustomError("bool_type", "Input should be true or false")


YesOrNo = Annotated[bool, BeforeValidator(_yes_or_no)]


class Narrowing(BaseModel):
    """What it is about, not its status. Values of one filter are alternatives; different filters must all be met."""

    model_config = ConfigDict(extra="forbid")

    kind: list[Kind] = Field(default_factory=list, description="May be repeated")
    country: list[CountryFilter] = Field(
        default_factory=list, max_length=50, description="Where it happens; remote ones pass. May be repeated"
    )
    stage: list[CareerStage] = Field(
        default_factory=list, description="Leaves out what rules this stage out. May be repeated"
    )
    deadline_after: Day | None = Field(
        None, description="The next deadline is on this day, as the page gives it, or later; undated ones do not pass"
    )
    deadline_before: Day | None = Field(
        None, description="The next deadline is on this day, as the page gives it, or sooner; undated ones do not pass"
    )
    funded: YesOrNo | None = Field(None, description="true: pays at least in part; false: is not known to pay")
    remote: YesOrNo | None = Field(None, description="true: can be done from afar; false: is not known to be")

    @classmethod
    def as_kept(cls, stored: Mapping[str, Any]) -> Self | None:
        """Filters that were stored; None where they name what only a newer version knows, which for one release may
        have written them: what they let pass cannot be told."""
        try:
            return cls.model_validate(stored)
        except ValidationError:
            return None

    def as_json(self) -> dict[str, Any]:
        """What a cursor is bound to."""
        return self.model_dump(mode="json", exclude_defaults=True)

    def concerns(self, opportunity: Opportunity, current: Standing) -> bool:
        """Whether it passes every filter here; the status is not among them."""
        return (
            self._right_sort(opportunity)
            and self._right_day(current.day)
            and self._right_place(opportunity)
            and self._right_stage(opportunity)
        )

    def _right_sort(self, opportunity: Opportunity) -> bool:
        funded = self.funded is None or self.funded is (opportunity.funding in PAYS)
        remote = self.remote is None or self.remote is (opportunity.remote is True)
        return funded and remote and (not self.kind or opportunity.kind in self.kind)

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


class WebhookFilters(Narrowing):
    """The same, and whom it is about."""

    mentee_id: str | None = Field(
        None,
        max_length=64,
        pattern=r"^[A-Za-z0-9_.-]+$",
        description="About this mentee only: what nothing rules her out from, what you sent or saved for her, and her "
        "replies",
    )


class OpportunityFilters(Narrowing):
    """The same, and the status."""

    status: list[Status] = Field(
        default_factory=list,
        description="Left out: all that can be gone for (open, closing_soon, rolling, upcoming, unknown)",
    )

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
        """Whether it passes every filter; the database narrows a list beforehand, as far as it can (`narrowed`)."""
        return current.status in self.statuses and self.concerns(opportunity, current)

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


class SearchFilters(OpportunityFilters):
    """The same, and what only the plain list can look for: words and a source."""

    q: str = Field(
        "", max_length=200, description="Words that must all occur; what is neither a letter nor a digit is passed over"
    )
    source: str | None = Field(None, max_length=64, description="Name of a source")
