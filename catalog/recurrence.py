"""When the next edition of a series will close, from when earlier ones did: pure, and silent where nothing is regular.

A programme keeps its weekday more often than its date, so the day is the last one and 52 weeks,
unless the series itself has kept a calendar date, the end of a month or an nth weekday. How far it
may be off is how far the series has moved before. One edition predicts nothing unless its own words
say that it comes back, and what has moved by months predicts nothing at all: *unknown* is a value.
"""

import calendar
import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

from pydantic import Field

from catalog.drafts import Read

REGULAR_WITHIN = 60
"""Days: two years' rounds that lie further apart in the year are not the same round."""
_REMEMBERED = 4  # editions; what was done longer ago says little
_LONGEST_PERIOD = 4  # years: congresses and prizes of every second, third and fourth year
_YEAR = 365.25
_LONE_DAYS = 35
"""± of one edition alone: measured, five in six next editions lie within (`opportune evaluate series`)."""

Rule = Callable[[dt.date, int], dt.date]


class Window(Read):
    """When something is expected to close: around `on`, give or take `days`, going by the days in `seen`."""

    on: dt.date
    days: int = Field(ge=1)
    seen: tuple[dt.date, ...] = Field(min_length=1)  # oldest first
    years: int = Field(default=1, ge=1)  # it comes back every so many years

    @property
    def first(self) -> dt.date:
        """The earliest day that is expected."""
        return self.on - dt.timedelta(days=self.days)

    @property
    def last(self) -> dt.date:
        """The latest day that is expected."""
        return self.on + dt.timedelta(days=self.days)


def in_words(window: Window) -> str:
    """As people say it: "around 12 March 2027 ± 3 weeks, from 2024, 2025, 2026"."""
    weeks = window.days // 7
    every = "" if window.years == 1 else f" every {window.years} years"
    years = ", ".join(str(year) for year in dict.fromkeys(day.year for day in window.seen))
    day = f"{window.on.day} {calendar.month_name[window.on.month]} {window.on.year}"
    return f"around {day} ± {weeks} week{'s' if weeks != 1 else ''},{every} from {years}"


def next_window(rounds: Iterable[dt.date], *, after: dt.date, yearly: bool = False) -> Window | None:
    """The next round to come after `after`, of a series whose rounds closed on `rounds`; None when it cannot be told.

    Several rounds a year are told apart by their place in the year. `yearly`: the series says of
    itself that it comes back, so that one edition will do.
    """
    days = sorted(set(rounds))
    if not days:
        return None
    period = _period(days)
    latest = [day for day in days if (days[-1] - day).days < _YEAR * period - REGULAR_WITHIN]
    found = [window for day in latest if (window := window_after(_same_round(day, days, period), period, yearly))]
    return min((one for one in found if one.last > after and one.on > days[-1]), key=lambda one: one.on, default=None)


def window_after(seen: Sequence[dt.date], years: int = 1, yearly: bool = False) -> Window | None:
    """The window of the edition after `seen`: one round's days, oldest first, every `years` years or a few of that."""
    seen = tuple(seen[-_REMEMBERED:])
    if not seen or (len(seen) == 1 and not yearly):
        return None
    moved = max((abs(_moved(*pair)) for pair in pairwise(seen)), default=None)
    if moved is not None and moved > REGULAR_WITHIN:
        return None
    return Window(on=_rule(seen)(seen[-1], years), days=_give_or_take(moved), seen=seen, years=years)


def _period(days: Sequence[dt.date]) -> int:
    """Every how many years it comes back: the least whole years between two of its days."""
    gaps = [round((later - day).days / _YEAR) for day in days for later in days if later > day]
    return min((gap for gap in gaps if gap >= 1), default=1) if max(gaps, default=0) <= 12 else 1


def _same_round(day: dt.date, days: Sequence[dt.date], period: int) -> list[dt.date]:
    """`day` and what closed at about the same place of the years before, oldest first."""
    chain = [day]
    for step in range(1, _LONGEST_PERIOD * 2):
        if len(chain) == _REMEMBERED:
            break
        wanted = shifted(day, -step * period)
        near = min((one for one in days if one < chain[0]), key=lambda one: abs(one - wanted), default=None)
        if near is not None and abs(near - wanted).days <= REGULAR_WITHIN * 2:
            chain.insert(0, near)
    return chain


def _moved(before: dt.date, after: dt.date) -> int:
    """By how many days a round moved within the year, whole years of 52 weeks and their leap weeks apart."""
    return (after - _same_weekday(before, max(1, round((after - before).days / _YEAR)))).days


def _rule(seen: Sequence[dt.date]) -> Rule:
    """How this series puts its day: the first rule that it has kept each time, else the same weekday."""
    if len(seen) > 1:
        for rule in (_end_of_month, shifted, _nth_weekday):
            if all(rule(one, next_.year - one.year) == next_ for one, next_ in pairwise(seen)):
                return rule
    return _same_weekday


def _same_weekday(day: dt.date, years: int) -> dt.date:
    return day + dt.timedelta(weeks=round(years * _YEAR / 7))


def shifted(day: dt.date, years: int) -> dt.date:
    """The same calendar date so many years later; 29 February becomes the 28th."""
    last = calendar.monthrange(day.year + years, day.month)[1]
    return day.replace(year=day.year + years, day=min(day.day, last))


def _end_of_month(day: dt.date, years: int) -> dt.date:
    if day.day != calendar.monthrange(day.year, day.month)[1]:
        return dt.date.min  # not a series of last days
    return dt.date(day.year + years, day.month, calendar.monthrange(day.year + years, day.month)[1])


def _nth_weekday(day: dt.date, years: int) -> dt.date:
    first = dt.date(day.year + years, day.month, 1)
    place = (day.weekday() - first.weekday()) % 7 + (day.day - 1) // 7 * 7
    return first + dt.timedelta(days=place)


def _give_or_take(moved: int | None) -> int:
    """± in whole weeks, two at least."""
    if moved is None:
        return _LONE_DAYS
    return max(14, -(-(7 + moved * 3 // 4) // 7) * 7)
