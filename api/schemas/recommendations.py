"""A ranked list with its reasons, the board of one opportunity, and a ranking as it was served."""

import datetime as dt
from typing import Any, Literal

from pydantic import Field

from api.languages import Said
from api.schemas.decisions import DecisionView
from api.schemas.opportunities import OpportunityRow
from api.schemas.shapes import Answer, Person, RequirementVerdict
from api.schemas.trust import TrustReasonView
from catalog.words import DeliveryState, ReplyAnswer, Verdict
from recommender.asking import AskedFact
from recommender.health import Degradation, Mode
from recommender.reasons import Basis
from recommender.results import Standing


class ReasonView(Answer):
    """One reason why something is in the list, or a thing to mind."""

    code: Literal["goal", "also", "words", "eligibility", "question", "gap", "time", "learned", "warning"] = Field(
        description=(
            "goal: serves this goal; also: another goal it serves nearly as well; words: words it shares with the "
            "goal; eligibility: may they apply; question: what to ask, since it would settle it; gap: what is "
            "missing; time: how much is left; learned: what earlier decisions moved it up or down by; warning: a "
            "thing to mind"
        )
    )
    text: Said = Field(
        description="The reason as a sentence",
        examples=["Serves the goal “A funded research year in paediatric cardiology”"],
    )
    goal_id: str | None = Field(None, description="Of a reason about a goal")
    quote: str = Field("", description="The words of the opportunity that it rests on")
    words: list[str] = Field(default_factory=list, description="Words that goal and opportunity share, to be marked")


class MatchView(Answer):
    """Which goal it serves, and by what."""

    goal_id: str
    goal: str = Field(description="The goal's text", examples=["A funded research year in paediatric cardiology"])
    sentence: str = Field(description="The sentence of the opportunity that serves it")
    field: str = Field(description="Where that sentence stands", examples=["summary"])
    words: list[str]
    also: list[str] = Field(description="Ids of further goals that it serves nearly as well")


class EligibilityView(Answer):
    """May they apply? What is not known is not guessed: `question` is what to ask."""

    verdict: Verdict
    requirements: list[RequirementVerdict]
    question: Said
    fact: AskedFact | None = Field(
        None, description="The fact of the mentee that answers it; null where only the call asks for it"
    )


class StepView(Answer):
    """Something to do before the deadline, and how long it takes."""

    what: Said = Field(examples=["two letters of recommendation"])
    days: int = Field(description="Our assumption, unless `stated`", examples=[21])
    quote: str = Field(description="The words that ask for it")
    assumed: bool = Field(description="No words ask for it; we assume it")
    stated: bool = Field(description="The quote itself says how long it takes")
    before: Literal["deadline", "start"] = Field(description="What it must be done by")


class TimeLeftView(Answer):
    """Is there time?"""

    days: int | None = Field(description="Whole days left; null when no date decides")
    enough: bool | None = Field(description="null when it cannot be said")
    start_by: dt.date | None = Field(description="The latest sensible day to begin")
    steps: list[StepView]
    basis: Basis = Field(description="What it is reckoned from; `expected` is our prediction from earlier editions")


class SentMark(Answer):
    """That an opportunity (or its duplicate or another edition) was sent to this mentee before."""

    forward_id: str
    opportunity_id: str
    same_opportunity: bool = Field(description="false: another edition of the same series")
    by: Person | None = Field(description="Who sent it; may be a co-mentor")
    at: dt.datetime
    state: DeliveryState
    answer: ReplyAnswer | None


class Case(Answer):
    """What there is to say about one opportunity for one mentee: the three questions, never mixed into one number."""

    score: float = Field(description="Percentile, comparable only within this mentee", examples=[97.2])
    line: Said = Field(description="Why, in one sentence")
    reasons: list[ReasonView]
    match: MatchView | None = Field(description="Does it serve a goal")
    eligibility: EligibilityView = Field(description="May they apply, with the sentence that says so")
    time_left: TimeLeftView = Field(description="Is there time")
    decision: DecisionView | None = Field(description="saved, snoozed or dismissed, if so decided")
    sent: list[SentMark] = Field(description="What was sent to this mentee of it or of its other editions")


class RecommendationView(Case):
    """One opportunity for one mentee, complete without further calls."""

    rank: int = Field(description="1 is the best", examples=[1])
    opportunity: OpportunityRow
    trust: list[TrustReasonView] = Field(
        description="Reasons to trust a journal's call or an event, then those against, then what is not known"
    )


class RankingMark(Answer):
    """How a list was ranked."""

    id: str = Field(description="For GET /v1/rankings/{id}", examples=["rnk_01k9z5v3q8m4n7p2r6s1t0w9xy"])
    mode: Mode = Field(description="hybrid: embeddings helped by words; lexical: words only")
    model: str = Field(examples=["all-MiniLM-L6-v2"])


class LearnedView(Answer):
    """What the list was ranked by because of earlier decisions. Take those back and it is as it was."""

    said: Said = Field(examples=["Fewer workshops, because 2 were dismissed as the wrong kind"])
    change: float = Field(description="Added to the scores of what it is about; below 0: less of it", examples=[-0.225])
    because: list[str] = Field(description="Opportunities whose decisions taught it; empty when it is the programme's")


class AskView(Answer):
    """The question about the mentee whose answer alone decides most of what is uncertain."""

    question: Said = Field(examples=["Which citizenships does this person hold?"])
    fact: AskedFact | None = Field(None, description="The fact of the mentee that answers it; null where there is none")
    settles: int = Field(description="In how many cases of the list its answer alone decides", examples=[7])
    unknown: int = Field(description="In how many of the list eligibility is not certain", examples=[9])


class RecommendationPage(Answer):
    """One page of a mentee's ranked list. All pages come from one ranking; later pages cannot skip or repeat."""

    items: list[RecommendationView]
    next: str | None
    total: int = Field(description="Items in the whole ranking")
    considered: int = Field(description="Opportunities that passed the filters")
    hidden_ineligible: int = Field(description="Left out because the mentee may not apply; see `ineligible=true`")
    generated_at: dt.datetime
    snapshot_id: str = Field(description="The state of the index that was ranked", examples=["412"])
    ranking: RankingMark
    degraded: list[Degradation] = Field(description="Why this answer is worse than it could be", examples=[[]])
    learned: list[LearnedView] = Field(description="What was learned from decisions, forwards and replies")
    ask: AskView | None = Field(description="What to ask the mentee first; null when nothing is uncertain")


class BoardEntry(Case):
    """One of my mentees beside one opportunity."""

    mentee: Person
    fit: Standing


class Board(Answer):
    """My mentees for one opportunity, the best fits first."""

    items: list[BoardEntry]
    next: str | None
    generated_at: dt.datetime
    snapshot_id: str
    degraded: list[Degradation]
    mode: Mode


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
    items: list[dict[str, Any]] = Field(
        description="In order: opportunity, score, reasons and verdicts as served; no reasons of those that no page had"
    )
    created_at: dt.datetime
    expires_at: dt.datetime


class FoundView(Answer):
    """One opportunity found by what it means, whoever it is for."""

    rank: int
    opportunity: OpportunityRow
    sentence: str = Field(description="The sentence of the opportunity that answers best; empty when none says much")
    words: list[str] = Field(description="Words that are shared, to be marked")


class FoundPage(Answer):
    """The best of them, in order; there is never a second page."""

    items: list[FoundView]
    next: str | None = None
    considered: int = Field(description="How many passed the filters")
    mode: Mode
    degraded: list[Degradation]
