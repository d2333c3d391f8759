"""Whether one can still go for an opportunity, worked out when asked and never stored.

The rules: a date without a time is open until that date has ended everywhere (AoE); a clock time
without a zone likewise; of several deadlines the next one that a newcomer must meet decides; a
date more than five years ahead is a placeholder and no deadline; what names no end and has been seen
nowhere for 60 days is unknown; an edition that is only expected from its series is unknown once its
window has passed.
"""

import calendar
import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol, Self

from catalog.drafts import Deadline, Moment, PostingDraft
from catalog.recurrence import Window
from catalog.values import AOE
from catalog.words import DeadlinePurpose, Kind, Outcome, Precision, Status, Timing

CLOSING_SOON = dt.timedelta(days=14)
FORGOTTEN_AFTER = dt.timedelta(days=60)
"""What names no end and was seen nowhere for so long is no longer shown as open: nobody can tell."""
PLACEHOLDER_AFTER = dt.timedelta(days=5 * 365 + 2)
_FIRST_ZONE = dt.timezone(dt.timedelta(hours=14))
_FIRST = dt.datetime.min.replace(tzinfo=dt.UTC)
_LAST = dt.datetime.max.replace(tzinfo=dt.UTC)
_OUTCOMES = frozenset(Outcome)
_FIRST_STAGE = {DeadlinePurpose.LETTER_OF_INTENT, DeadlinePurpose.ABSTRACT, DeadlinePurpose.NOMINATION}
_SECOND_STAGE = {DeadlinePurpose.APPLICATION, DeadlinePurpose.PAPER}


@dataclass(frozen=True, slots=True)
class Standing:
    """A status, the deadline that decides it, and the instant (UTC) at which that one passes.

    `expected`: the window of an edition that is not announced yet. `forgotten`: it names no date,
    and no crawl has seen it for so long that it may be over.
    """

    status: Status
    deadline: Deadline | None = None
    closes_at: dt.datetime | None = None
    expected: Window | None = None
    forgotten: bool = False

    @property
    def day(self) -> dt.date | None:
        """The day of closing as the page shows it, by which lists are narrowed; of a month its last one."""
        if self.deadline is None or self.deadline.on is None:
            return None
        return last_day(self.deadline)


class Dated(Protocol):
    """An opportunity's row, or as many of its columns as its standing depends on."""

    kind: Kind
    timing: Timing
    deadlines: tuple[Deadline, ...]
    opens: Moment | None
    starts: Moment | None
    outcome: Outcome
    withdrawn_at: dt.datetime | None
    predicted: bool
    expected: Window | None
    last_seen_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Timetable:
    """What an opportunity's standing depends on, as any posting or opportunity can give it."""

    kind: Kind
    timing: Timing = Timing.UNKNOWN
    deadlines: tuple[Deadline, ...] = ()
    opens: Moment | None = None
    starts: Moment | None = None
    outcome: Outcome = Outcome.OPEN
    withdrawn: bool = False
    predicted: bool = False  # an edition expected from its series, not yet announced
    expected: Window | None = None  # when that one will close
    last_seen_at: dt.datetime | None = None  # by a healthy crawl

    @classmethod
    def said_by(cls, draft: PostingDraft) -> Self:
        """The timetable of one source's record."""
        return cls(draft.kind, draft.timing, draft.deadlines, draft.opens, draft.starts, draft.outcome)

    @classmethod
    def of(cls, row: Dated) -> Self:
        """The timetable of an opportunity as it is kept."""
        return cls(
            kind=row.kind,
            timing=row.timing,
            deadlines=row.deadlines,
            opens=row.opens,
            starts=row.starts,
            outcome=row.outcome,
            withdrawn=row.withdrawn_at is not None,
            predicted=row.predicted,
            expected=row.expected,
            last_seen_at=row.last_seen_at,
        )


def passes_at(moment: Moment) -> dt.datetime | None:
    """The first instant (UTC) at which `moment` is over everywhere, or None when it names no date."""
    if moment.at is not None:
        return moment.at
    if moment.on is None:
        return None
    if moment.precision is Precision.LOCAL_TIME and moment.clock is not None:
        return _instant(moment.on, moment.clock, AOE)
    return _instant(last_day(moment), dt.time(), AOE, days_later=1)


def last_day(moment: Moment) -> dt.date:
    """The last day that `moment` may mean. It must name one."""
    assert moment.on is not None, "a moment of words alone has no day"
    return _end_of_month(moment.on) if moment.precision is Precision.MONTH else moment.on


def begins_at(moment: Moment) -> dt.datetime | None:
    """The first instant (UTC) at which `moment` has begun somewhere, or None when it names no date."""
    if moment.at is not None:
        return moment.at
    if moment.on is None:
        return None
    return _instant(moment.on, moment.clock or dt.time(), _FIRST_ZONE)


def is_placeholder(moment: Moment, now: dt.datetime) -> bool:
    """Whether a date lies so far ahead that it stands for "no date" (2099-12-31 and its like)."""
    return moment.on is not None and moment.on > (now + PLACEHOLDER_AFTER).date()


def entries(deadlines: Iterable[Deadline], now: dt.datetime) -> list[tuple[dt.datetime, Deadline]]:
    """The deadline by which a newcomer must enter each round, with the instant it passes, in order.

    A round ends with an application or paper deadline; a letter of intent, abstract or nomination
    due before it must be met first, unless the page calls it optional. Registration stands by itself.
    Of what is due on the same day the first stage comes first, however the page orders it.
    """
    dated = [(over, d) for d in deadlines if not d.superseded and not is_placeholder(d, now) and (over := passes_at(d))]
    deciding = [pair for pair in dated if pair[1].purpose is not DeadlinePurpose.OTHER] or dated
    found: list[tuple[dt.datetime, Deadline]] = []
    gates: list[tuple[dt.datetime, Deadline]] = []
    for pair in sorted(deciding, key=lambda pair: (pair[0], pair[1].purpose not in _FIRST_STAGE)):
        purpose = pair[1].purpose
        if purpose in _FIRST_STAGE:
            if not pair[1].optional:
                gates.append(pair)
        elif purpose in _SECOND_STAGE:
            found.append(gates[0] if gates else pair)
            gates = []
        else:
            found.append(pair)
    return sorted(found + gates[:1], key=lambda pair: pair[0])


def next_round(deadlines: Iterable[Deadline], now: dt.datetime) -> tuple[dt.datetime, Deadline] | None:
    """Of a newcomer's deadlines the next one, or the last when all have passed, with the instant it passes."""
    rounds = entries(deadlines, now)
    return next((pair for pair in rounds if pair[0] > now), rounds[-1] if rounds else None)


def standing(timetable: Timetable, now: dt.datetime, closing_soon: dt.timedelta = CLOSING_SOON) -> Standing:
    """Say whether one can still go for it at `now` (an aware instant), and which deadline decides."""
    closes_at, deadline = next_round(timetable.deadlines, now) or (None, None)
    status = _status(timetable, now, closing_soon, closes_at)
    if status in (Status.ROLLING, Status.UNKNOWN) and closes_at is None and _is_forgotten(timetable, now):
        return Standing(Status.UNKNOWN, forgotten=True)
    return Standing(status, deadline, closes_at, timetable.expected if status is Status.EXPECTED else None)


def forgotten_at(timetable: Timetable) -> dt.datetime | None:
    """When something that names no date at all will have been seen nowhere for too long, unless it is seen again."""
    seen, dated = timetable.last_seen_at, timetable.opens or timetable.starts
    return None if seen is None or timetable.predicted or dated else seen + FORGOTTEN_AFTER


def expected_until(timetable: Timetable) -> dt.datetime | None:
    """When the window of a predicted edition is over everywhere."""
    return _instant(timetable.expected.last, dt.time(), AOE, days_later=1) if timetable.expected else None


def _is_forgotten(timetable: Timetable, now: dt.datetime) -> bool:
    at = forgotten_at(timetable)
    return at is not None and at <= now


def _status(
    timetable: Timetable, now: dt.datetime, closing_soon: dt.timedelta, closes_at: dt.datetime | None
) -> Status:
    if timetable.withdrawn:
        return Status.WITHDRAWN
    if timetable.predicted:
        over = expected_until(timetable)
        return Status.UNKNOWN if over is not None and over <= now else Status.EXPECTED
    if timetable.outcome not in _OUTCOMES:  # only a newer version can tell
        return Status.UNKNOWN
    if timetable.outcome is not Outcome.OPEN or (closes_at is not None and closes_at <= now):
        return Status.CLOSED
    if closes_at is None and _event_is_over(timetable, now):
        return Status.CLOSED
    opens_at = begins_at(timetable.opens) if timetable.opens else None
    if opens_at is not None and opens_at > now:
        return Status.UPCOMING
    if closes_at is not None:
        return Status.CLOSING_SOON if closes_at - now <= closing_soon else Status.OPEN
    return Status.ROLLING if timetable.timing is Timing.ROLLING else Status.UNKNOWN


def _event_is_over(timetable: Timetable, now: dt.datetime) -> bool:
    if timetable.timing is Timing.ROLLING or timetable.starts is None:
        return False
    return has_passed(timetable.starts, now)


def has_passed(moment: Moment, now: dt.datetime) -> bool:
    """Whether `moment` is over everywhere; one that names no date never is."""
    over = passes_at(moment)
    return over is not None and over <= now


def _instant(day: dt.date, clock: dt.time, zone: dt.timezone, *, days_later: int = 0) -> dt.datetime:
    """A clock time as an instant; pages write the years 1 and 9999 too, whose edges lie outside the calendar."""
    try:
        return (dt.datetime.combine(day, clock, zone) + dt.timedelta(days=days_later)).astimezone(dt.UTC)
    except OverflowError:
        return _LAST if day.year > 1 else _FIRST


def _end_of_month(day: dt.date) -> dt.date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])
