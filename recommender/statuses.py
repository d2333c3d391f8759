"""The standing of every call of a snapshot at one moment, kept from answer to answer.

A standing changes only at instants that a call's dates name. Each call's next such instant is
remembered, so that a later answer works out again only the few calls that have passed theirs.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from catalog.standing import PLACEHOLDER_AFTER, Timetable, begins_at, expected_until, passes_at, standing
from catalog.words import Status
from recommender.snapshot import Call, Snapshot

SETS_REMEMBERED = 16  # of wanted statuses; people ask for few
_CODES = {status: code for code, status in enumerate(Status)}


@dataclass(frozen=True, slots=True, eq=False)
class Statuses:
    """Standings at `at`, each of shape (calls,).

    codes: positions in Status. closes: instants of closing in Unix seconds. days: the deadline's date as the
    page shows it, as an ordinal. good_until: when to work it out again. Infinite where there is none.
    """

    at: dt.datetime
    codes: NDArray[np.int8]
    closes: NDArray[np.float64]
    days: NDArray[np.float64]
    good_until: NDArray[np.float64]
    until: float  # Unix seconds; before it no standing changes
    _among: dict[frozenset[Status], NDArray[np.bool_]] = field(default_factory=dict, repr=False)

    def holds_at(self, now: dt.datetime) -> bool:
        """Whether these are the standings at `now` too."""
        return self.at <= now and now.timestamp() < self.until

    def among(self, wanted: frozenset[Status], span: slice) -> NDArray[np.bool_]:
        """Which calls of a span have one of these statuses, shape (calls in it,). The caller's to change."""
        found = self._among.get(wanted)
        if found is None:
            if len(self._among) >= SETS_REMEMBERED:
                self._among.clear()
            found = self._among[wanted] = np.isin(self.codes, [_CODES[status] for status in wanted])
        return found[span].copy()


def statuses_at(
    snapshot: Snapshot, now: dt.datetime, closing_soon: dt.timedelta, before: Statuses | None = None
) -> Statuses:
    """Every call's standing at `now`, taking over from `before` (of the same snapshot) what has not changed."""
    moment = now.timestamp()
    if before is None or before.at > now or len(before.codes) != len(snapshot):
        stale = np.arange(len(snapshot))
        codes = np.empty(len(snapshot), dtype=np.int8)
        closes, days, good_until = (np.empty(len(snapshot)) for _ in range(3))
    else:
        stale = np.flatnonzero(before.good_until <= moment)
        codes, closes = before.codes.copy(), before.closes.copy()
        days, good_until = before.days.copy(), before.good_until.copy()
    for at in stale:
        timetable = snapshot.calls[at].timetable
        found = standing(timetable, now, closing_soon)
        codes[at] = _CODES[found.status]
        closes[at] = found.closes_at.timestamp() if found.closes_at is not None else np.inf
        days[at] = found.day.toordinal() if found.day is not None else np.inf
        good_until[at] = min(
            (instant.timestamp() for instant in _turning_points(timetable, closing_soon) if instant > now),
            default=np.inf,
        )
    return Statuses(now, codes, closes, days, good_until, float(good_until.min(initial=np.inf)))


def carried_over(before: Snapshot, known: Statuses, snapshot: Snapshot) -> Statuses | None:
    """What was known of the calls of `before`, for those that are the same in `snapshot`; of others nothing.

    To begin from in `statuses_at`: all of a hundred thousand are seconds of work, and a crawl changes few of them.
    """
    if not len(before):
        return None
    place = np.array([_place(before, call) for call in snapshot.calls], dtype=np.intp)
    good_until = np.where(place >= 0, known.good_until[place], -np.inf)
    return Statuses(known.at, known.codes[place], known.closes[place], known.days[place], good_until, -np.inf)


def _place(before: Snapshot, call: Call) -> int:
    """Where the very same call stood; -1 where it did not."""
    at = before.place.get(call.id, -1)
    return at if at >= 0 and before.calls[at] is call else -1


def _turning_points(timetable: Timetable, closing_soon: dt.timedelta) -> Iterator[dt.datetime]:
    for deadline in timetable.deadlines:
        over = passes_at(deadline)
        if over is not None:
            yield over
            yield _before(over, closing_soon)
        if deadline.on is not None:  # a placeholder may come near enough to be a deadline
            yield _before(dt.datetime.combine(deadline.on, dt.time(), dt.UTC), PLACEHOLDER_AFTER)
    opens = begins_at(timetable.opens) if timetable.opens else None
    starts = passes_at(timetable.starts) if timetable.starts else None
    yield from (instant for instant in (opens, starts, expected_until(timetable)) if instant is not None)


def _before(instant: dt.datetime, span: dt.timedelta) -> dt.datetime:
    """So long before, or the first instant of the calendar: pages write the year 1 too."""
    return instant - min(span, instant - dt.datetime.min.replace(tzinfo=dt.UTC))
