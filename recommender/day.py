"""The values that a mentor's day is made of, and what it is worked out from. See `recommender.today`."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from catalog.standing import Standing, Timetable
from catalog.words import PAST, ChangeKind, DecisionKind, Kind, ReplyAnswer

LEAD = dt.timedelta(days=7)
"""How long before its deadline what was sent or saved is due, at the least."""
NEW_FOR = dt.timedelta(days=8)
"""How long a call is new: a weekly digest, late by a day, still tells of all."""
QUIET_AFTER = dt.timedelta(days=60)
"""For so long nothing was sent to a mentee, and the mentor is told. New mentees have as long."""


def act_by(current: Standing) -> dt.date:
    """Until when something can be done about a call, by which what needs a mentor is ordered.

    What closes on no day comes behind all that does, and what is over, of which one can but tell, behind that.
    """
    if current.status in PAST:
        return dt.date.max
    closes = current.closes_at.date() if current.closes_at else dt.date.max - dt.timedelta(days=1)
    return current.day or closes


class DueBecause(StrEnum):
    """Why something is due."""

    REMINDER = "reminder"  # the mentor wanted to hear of it, or the mentee asked to be reminded
    DEADLINE = "deadline"  # what was sent or saved closes soon
    NOT_SENT = "not_sent"  # a mail failed, or nobody knows whether it left
    SNOOZE_OVER = "snooze_over"  # it was put aside until now


@dataclass(frozen=True, slots=True)
class CallFacts:
    """As much of an opportunity as a line about it shows."""

    id: str
    kind: Kind
    title: str
    organisation: str
    url: str
    timetable: Timetable


@dataclass(frozen=True, slots=True)
class SentCall:
    """Something this mentor sent to a mentee and answers for."""

    forward_id: str
    mentee_id: str
    call: CallFacts
    at: dt.datetime
    reached: bool  # sent or copied: not waiting, nor of an unknown fate
    answer: ReplyAnswer | None = None


@dataclass(frozen=True, slots=True)
class DecidedCall:
    """Something that was saved or put aside for a mentee."""

    decision_id: str
    mentee_id: str
    call: CallFacts
    kind: DecisionKind
    until: dt.date | None = None


@dataclass(frozen=True, slots=True)
class RemindedCall:
    """A reminder that is due. `day` is None where the date it hung on is gone."""

    reminder_id: str
    mentee_id: str
    call: CallFacts
    day: dt.date | None
    text: str


@dataclass(frozen=True, slots=True)
class ChangedCall:
    """A notice of a change that nobody has seen to: as it was and as it is, with the words of both."""

    key: str
    notice_id: str
    mentee_id: str
    call: CallFacts
    standing: Standing
    kind: ChangeKind
    old: Any
    new: Any
    old_quote: str
    new_quote: str
    read_at: dt.datetime
    forward_id: str | None
    sent_at: dt.datetime | None  # none: it was saved


@dataclass(frozen=True, slots=True)
class NewCall:
    """A call that is new and fits: as it is now, and `found` as it was ranked (`results.Recommended` as JSON)."""

    key: str
    call: CallFacts
    standing: Standing
    found: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class DueCall:
    """Something to do something about. `day`: when it closes, or for which day the reminder was set."""

    key: str
    because: DueBecause
    call: CallFacts
    standing: Standing
    day: dt.date | None
    forward_id: str | None = None
    decision_id: str | None = None
    reminder_id: str | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class UnansweredCall:
    """Something sent a while ago that nobody answered."""

    key: str
    forward_id: str
    call: CallFacts
    standing: Standing
    sent_at: dt.datetime
    days: int


@dataclass(frozen=True, slots=True)
class Ward:
    """A mentee as their mentor's day sees them. finds: what the recommender last found new, best first."""

    id: str
    name: str
    created_at: dt.datetime
    last_sent_at: dt.datetime | None = None
    shown: frozenset[str] = frozenset()  # opportunities that this mentor was shown in their lists lately
    looked_at: dt.datetime | None = None  # when the recommender last looked for them
    finds: Sequence[Mapping[str, Any]] = ()
    unserved: tuple[tuple[str, str], ...] = ()  # goals (id, text) that no open call serves
    put_away: frozenset[str] = frozenset()  # opportunities sent, saved, dismissed or put aside

    @property
    def quiet_since(self) -> dt.datetime:
        """When something was last sent to them, or when they joined."""
        return self.last_sent_at or self.created_at

    @property
    def turn(self) -> tuple[dt.datetime, str]:
        """Where they stand among others who wait: who waited longest comes first."""
        return (self.quiet_since, self.id)

    def days_quiet(self, now: dt.datetime) -> int:
        """Whole days since anything was sent to them, or since they joined."""
        return max(0, (now - self.quiet_since).days)

    def is_quiet(self, now: dt.datetime) -> bool:
        """Whether nothing was sent to them for long."""
        return now - self.quiet_since >= QUIET_AFTER


@dataclass(frozen=True, slots=True)
class Material:
    """Everything a mentor's day is worked out from. `notices` have no key and standing yet: see `changed`."""

    today: dt.date  # where the mentor is
    wards: Sequence[Ward] = ()
    sent: Sequence[SentCall] = ()
    decided: Sequence[DecidedCall] = ()
    reminded: Sequence[RemindedCall] = ()
    changed: Sequence[ChangedCall] = ()
    later: Mapping[tuple[str, str], dt.date] = field(default_factory=dict)
    """For mentee and opportunity, the next day on which the mentor wants to hear of it, if that is to come."""
    calls: Mapping[str, CallFacts] = field(default_factory=dict)
    """What was found new, as it is now."""
    stopped: Sequence[SentCall] = ()  # mails that failed or may not have left, and nothing was sent instead
    lead: dt.timedelta = LEAD  # how long before its deadline what was sent or saved is due


@dataclass(frozen=True, slots=True)
class MenteeDay:
    """What needs somebody for one mentee."""

    ward: Ward
    new: tuple[NewCall, ...] = ()
    changed: tuple[ChangedCall, ...] = ()
    due: tuple[DueCall, ...] = ()
    unanswered: tuple[UnansweredCall, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of all that is said here."""
        return tuple(item.key for group in (self.new, self.changed, self.due, self.unanswered) for item in group)

    def untold(self, told: Collection[str]) -> "MenteeDay":
        """The same without what was told before."""
        return replace(
            self,
            new=tuple(one for one in self.new if one.key not in told),
            changed=tuple(one for one in self.changed if one.key not in told),
            due=tuple(one for one in self.due if one.key not in told),
            unanswered=tuple(one for one in self.unanswered if one.key not in told),
        )

    @property
    def urgency(self) -> tuple[int, int, int, str, str]:
        """What a list of mentees is ordered by: of what changed or is due, what can be done for the shortest time."""
        standings = [*(one.standing for one in self.changed), *(one.standing for one in self.due)]
        first = min(map(act_by, standings), default=dt.date.max)
        rank = 0 if self.changed or self.due else 1 if self.unanswered else 2
        return (rank, first.toordinal(), -len(self.new), self.ward.name.casefold(), self.ward.id)
