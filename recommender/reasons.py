"""Why a call is shown to a mentee: may they apply, is there time, which goal does it serve; each with its words.

Plain frozen values, stored as JSON with the ranking that they belong to (`served`).
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Literal

from catalog.drafts import Requirement
from catalog.words import Verdict


@dataclass(frozen=True, slots=True)
class Confirmed:
    """That a mentor said the person meets a condition, and when."""

    id: str
    at: dt.datetime


Confirmations = Mapping[str, Confirmed]
"""What was confirmed of one person for one call, by the quote that asks for it."""
NONE_CONFIRMED: Confirmations = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class RequirementVerdict:
    """One requirement of a call held against one person.

    `question` is what to ask when the verdict is unknown; `gap` says what is missing when it is
    ineligible, and so what would change it. `confirmed`: no fact tells that it is met, a mentor did.
    """

    requirement: Requirement
    verdict: Verdict
    question: str = ""
    gap: str = ""
    confirmed: Confirmed | None = None


@dataclass(frozen=True, slots=True)
class Eligibility:
    """May this person apply? `question` is the one thing to ask that would settle an unknown."""

    verdict: Verdict
    requirements: tuple[RequirementVerdict, ...] = ()
    question: str = ""

    @property
    def confirmed_at(self) -> dt.datetime | None:
        """When a mentor last confirmed something that it rests on; None where facts alone tell."""
        return max((one.confirmed.at for one in self.requirements if one.confirmed), default=None)


class Basis(StrEnum):
    """What the time left is reckoned from."""

    DEADLINE = "deadline"
    EXPECTED = "expected"  # a day that the series makes likely; our prediction
    ROLLING = "rolling"  # open all the time
    UNKNOWN = "unknown"  # no date is given


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
    warnings: tuple[str, ...] = ()  # "costs a fee", "pays nothing", "starts before they are available"
    learned: tuple[str, ...] = ()  # what moved it up or down: "Less workshops, because 2 were dismissed …"
