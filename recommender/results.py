"""Everything the recommender hands back: plain frozen values that rows, boards and messages are made of.

They are stored as JSON with the ranking they belong to (`served`), so that a page of results and "why did I see this
on the 3rd?" read exactly what was served.
"""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Literal

from catalog.drafts import Deadline, Money, Place, Requirement
from catalog.words import Funding, Kind, Status, Timing, Verdict


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


class Basis(StrEnum):
    """What the time left is reckoned from."""

    DEADLINE = "deadline"
    EXPECTED = "expected"  # a day that the series makes likely; our prediction
    ROLLING = "rolling"  # open all the time
    UNKNOWN = "unknown"  # no date is given


class Standing(StrEnum):
    """Where a mentee stands with a call, on the board of that call."""

    FITS = "fits"
    ONE_THING_MISSING = "one_thing_missing"  # everything is met but one requirement
    NOT_ELIGIBLE = "not_eligible"
    CANNOT_TELL = "cannot_tell"


@dataclass(frozen=True, slots=True)
class RequirementVerdict:
    """One requirement of a call held against one person.

    `question` is what to ask when the verdict is unknown; `gap` says what is missing when it is
    ineligible, and so what would change it.
    """

    requirement: Requirement
    verdict: Verdict
    question: str = ""
    gap: str = ""


@dataclass(frozen=True, slots=True)
class Eligibility:
    """May this person apply? `question` is the one thing to ask that would settle an unknown."""

    verdict: Verdict
    requirements: tuple[RequirementVerdict, ...] = ()
    question: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """Something that must happen before a deadline, how long it takes, and the words that ask for it.

    `days` is our assumption unless `stated`: then the quote itself says how long. `assumed` says that the
    step itself is our assumption too (no quote asks for it). `before` is what it must be done by.
    """

    what: str
    days: int
    quote: str = ""
    assumed: bool = False
    stated: bool = False
    before: Literal["deadline", "start"] = "deadline"


@dataclass(frozen=True, slots=True)
class TimeLeft:
    """Is there time? `days` are whole days left; `start_by` is the latest sensible day to begin.

    `basis` says what that is reckoned from. Of an expected edition there is a `start_by` from the day that its
    series makes likely, but no `days`: it is not announced. Where nothing is dated there is neither; where it
    takes applications all the time, what must be done before it starts may still give a `start_by`.
    `enough` is None when it cannot be said.
    """

    days: int | None = None
    enough: bool | None = None
    start_by: dt.date | None = None
    steps: tuple[Step, ...] = ()
    basis: Basis = Basis.UNKNOWN


@dataclass(frozen=True, slots=True)
class GoalMatch:
    """Which goal a call serves and by what: a sentence that stands in the call, and shared words.

    `field` is where the sentence stands: title, summary, description, organisation or tags.
    `also` are further goals of the mentee that the call serves nearly as well.
    """

    goal_id: str
    goal: str
    sentence: str
    field: str
    words: tuple[str, ...] = ()
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reasons:
    """Why a call is shown to a mentee. `line` says it in one sentence."""

    line: str
    match: GoalMatch | None
    eligibility: Eligibility
    time_left: TimeLeft
    changes_verdict: tuple[str, ...] = ()  # what would change it: a question to ask, or what is missing
    warnings: tuple[str, ...] = ()  # "little time", "costs a fee", "pays nothing", "starts before they are available"
    learned: tuple[str, ...] = ()  # what moved it up or down: "Less workshops, because 2 were dismissed …"


@dataclass(frozen=True, slots=True)
class CallSummary:
    """What a row on a page shows of a call, complete without asking again."""

    id: str
    kind: Kind
    title: str
    organisation: str
    url: str
    summary: str
    places: tuple[Place, ...]
    remote: bool | None
    timing: Timing
    funding: Funding
    money: tuple[Money, ...]
    tags: tuple[str, ...]
    flags: tuple[str, ...]
    edition: str
    series_id: str | None
    first_seen_at: dt.datetime
    last_seen_at: dt.datetime
    changed_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Recommended:
    """One call in a mentee's list. `score` is the percentile (0-100) among what she could be shown."""

    rank: int
    score: float
    opportunity: CallSummary
    status: Status
    deadline: Deadline | None
    closes_at: dt.datetime | None
    reasons: Reasons

    @property
    def opportunity_id(self) -> str:
        """The call's identifier."""
        return self.opportunity.id


@dataclass(frozen=True, slots=True)
class CallName:
    """What a call is known by."""

    id: str
    kind: Kind
    title: str
    organisation: str


@dataclass(frozen=True, slots=True)
class Chosen:
    """A call of a list that nobody was shown yet: why it is on it is worked out when somebody is.

    `goal_id`, `also`: the goal that it was chosen for, and further ones that it serves. `closes_at` as of the list.
    """

    rank: int
    score: float
    opportunity: CallName
    goal_id: str
    also: tuple[str, ...]
    closes_at: dt.datetime | None

    @property
    def opportunity_id(self) -> str:
        """The call's identifier."""
        return self.opportunity.id


@dataclass(frozen=True, slots=True)
class Learned:
    """One thing that a list was ranked by because of what was done before: `said` in words.

    `change` is what it adds to a score, and `because` the calls whose decisions taught it; undo those and it is gone.
    """

    said: str
    change: float
    because: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ask:
    """The question about a mentee whose answer alone decides most of a list's `unknown` calls.

    Of those, its answer alone decides `settles`; the others wait for something else besides.
    """

    question: str
    settles: int
    unknown: int


@dataclass(frozen=True, slots=True)
class RankedList:
    """A mentee's list as served. `considered` calls passed every filter; `items` are the best of them.

    `hidden_ineligible` counts the calls left out because she may not apply. `further` follow the items, where only
    the first were asked for with their reasons.
    """

    mentee_id: str
    mentee_version: int
    items: tuple[Recommended, ...]
    considered: int
    hidden_ineligible: int
    mode: Mode
    degraded: tuple[Degradation, ...]
    model: str
    index_rev: int
    created_at: dt.datetime
    filters: dict[str, Any]
    weights: dict[str, float]
    learned: tuple[Learned, ...] = ()
    ask: Ask | None = None
    further: tuple[Chosen, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A mentee on the board of one call. `score` is the call's percentile (0-100) in that mentee's own list."""

    mentee_id: str
    standing: Standing
    score: float
    reasons: Reasons


@dataclass(frozen=True, slots=True)
class Board:
    """For one call: which mentees, by the same scorer as their own lists."""

    opportunity_id: str
    status: Status
    deadline: Deadline | None
    closes_at: dt.datetime | None
    candidates: tuple[Candidate, ...]
    mode: Mode
    degraded: tuple[Degradation, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """One call found by a search or by likeness. `sentence` stands in the call; `score` is a percentile."""

    rank: int
    score: float
    opportunity: CallSummary
    status: Status
    deadline: Deadline | None
    closes_at: dt.datetime | None
    sentence: str = ""
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SearchResults:
    """What a search found, best first."""

    items: tuple[Found, ...]
    considered: int
    mode: Mode
    degraded: tuple[Degradation, ...]


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
