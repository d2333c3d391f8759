"""A ranked list with its reasons, the board of one opportunity, and a ranking as it was served."""

import datetime as dt
from enum import StrEnum
from typing import Any

from pydantic import Field

from api.schemas.mentees import DecisionView
from api.schemas.opportunities import OpportunityRow
from api.schemas.shapes import Answer, Person, RequirementVerdict
from catalog.words import DeliveryState, ReplyAnswer, Verdict


class ReasonView(Answer):
    """One reason why something is in the list."""

    code: str = Field(
        description="What kind of reason: goal (serves a goal), words (shares its words), time, eligibility, …",
        examples=["goal"],
    )
    text: str = Field(
        description="The reason as a sentence",
        examples=["Serves the goal “A funded research year in paediatric cardiology”"],
    )
    goal_id: str | None = Field(None, description="Of a reason about a goal")
    goal: str | None = Field(None, description="That goal's text")
    passage: str = Field("", description="The words of the opportunity that serve it")
    words: list[str] = Field(default_factory=list, description="Words that goal and passage share, to be shown marked")


class SentMark(Answer):
    """That an opportunity (or its duplicate or another edition) was sent to this mentee before."""

    forward_id: str
    opportunity_id: str
    same_opportunity: bool = Field(description="false: another edition of the same series")
    by: Person | None = Field(description="Who sent it; may be a co-mentor")
    at: dt.datetime
    state: DeliveryState
    answer: ReplyAnswer | None


class RecommendationView(Answer):
    """One opportunity for one mentee: may they apply, is there time, and which goal does it serve."""

    rank: int = Field(description="1 is the best", examples=[1])
    score: float = Field(description="Comparable only within this mentee's list", examples=[0.71])
    opportunity: OpportunityRow
    verdict: Verdict = Field(description="May they apply, in total")
    requirements: list[RequirementVerdict] = Field(description="…and by requirement, with the sentence that says so")
    reasons: list[ReasonView]
    goal_id: str | None = Field(description="The goal it serves best")
    days_left: int | None = Field(description="Whole days until the deciding deadline is over; null without one")
    decision: DecisionView | None = Field(description="saved, snoozed or dismissed, if so decided")
    sent: list[SentMark]


class RankingMark(Answer):
    """How a list was ranked."""

    id: str = Field(description="For GET /v1/rankings/{id}", examples=["rnk_01k9z5v3q8m4n7p2r6s1t0w9xy"])
    mode: str = Field(description="hybrid, or lexical when the model is not available", examples=["hybrid"])
    model: str = Field(examples=["all-MiniLM-L6-v2"])


class RecommendationPage(Answer):
    """One page of a mentee's ranked list. All pages come from one ranking; later pages cannot skip or repeat."""

    items: list[RecommendationView]
    next: str | None
    total: int = Field(description="Items in the whole ranking")
    generated_at: dt.datetime
    snapshot_id: str = Field(description="The state of the index that was ranked", examples=["412"])
    ranking: RankingMark
    degraded: list[str] = Field(
        description="What is worse than usual now: lexical_ranking, index_stale, sources_stale, …", examples=[[]]
    )


class Fit(StrEnum):
    """Where a mentee stands on the board of one opportunity."""

    FITS = "fits"
    ONE_THING_MISSING = "one_thing_missing"
    CANNOT_TELL = "cannot_tell"
    NOT_ELIGIBLE = "not_eligible"


class BoardEntry(Answer):
    """One of my mentees beside one opportunity."""

    mentee: Person
    fit: Fit
    verdict: Verdict
    requirements: list[RequirementVerdict]
    reasons: list[ReasonView]
    goal_id: str | None
    score: float = Field(description="Comparable only within one mentee")
    decision: DecisionView | None
    sent: list[SentMark]


class Board(Answer):
    """My mentees for one opportunity, the best fits first."""

    items: list[BoardEntry]
    next: str | None
    generated_at: dt.datetime
    snapshot_id: str
    degraded: list[str]


class RankingView(Answer):
    """A ranking as it was served: why did I see this on the 3rd?"""

    id: str
    mentee_id: str
    mentee_version: int
    snapshot_id: str
    mode: str
    model: str
    filters: dict[str, Any]
    weights: dict[str, Any]
    items: list[dict[str, Any]] = Field(description="In order: opportunity_id, score, reasons and verdicts as served")
    created_at: dt.datetime
    expires_at: dt.datetime
