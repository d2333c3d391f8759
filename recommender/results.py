"""What the recommender answers with: a mentee's list, a call's board, what a search found. Plain frozen values.

Lists are stored as JSON (`served`), so that a page of results and "why did I see this on the 3rd?" read exactly
what was served.
"""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from catalog.drafts import Deadline, Money, Place
from catalog.words import Funding, Kind, Status, Timing
from recommender.health import Degradation, Mode
from recommender.reasons import Reasons


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
class CallName:
    """What a call is known by."""

    id: str
    kind: Kind
    title: str
    organisation: str


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


class Standing(StrEnum):
    """Where a mentee stands with a call, on the board of that call."""

    FITS = "fits"
    ONE_THING_MISSING = "one_thing_missing"  # everything is met but one requirement
    NOT_ELIGIBLE = "not_eligible"
    CANNOT_TELL = "cannot_tell"


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
