"""What can happen on a date: the words for it."""

from dataclasses import dataclass
from enum import StrEnum

from catalog.words import DeadlinePurpose


class Role(StrEnum):
    """What happens on a date."""

    DEADLINE = "deadline"
    OPENS = "opens"
    EVENT = "event"  # the thing itself takes place
    STARTS = "starts"  # what one applies for begins
    ENDS = "ends"
    DECISION = "decision"  # notification, interviews, reviews, results
    FINAL = "final"  # camera-ready and other things due from those accepted
    MONEY = "money"  # payment, refund, cancellation
    POSTED = "posted"
    UPDATED = "updated"
    PAST = "past"  # history, biographies, earlier editions
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Sense:
    """What a clause makes of its date. `sure` is false where only the form suggests a deadline.

    `if_ahead` is what a date said of an earlier time is where the page writes a day that is still to come.
    """

    role: Role
    purpose: DeadlinePurpose = DeadlinePurpose.APPLICATION
    extended: bool = False
    early: bool = False  # an early-bird price or the like, not the last day
    optional: bool = False
    sure: bool = True
    if_ahead: "Sense | None" = None
