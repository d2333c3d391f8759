"""How well the next edition of a series is predicted, leaving each edition out in turn, beside "last year + 364 days".

The labelled rows are editions: whose series, which year, when it closed. Only what was known before
an edition is used to predict it.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from catalog.recurrence import Window, window_after
from catalog.series import series_key
from catalog.titles import title_words

BASELINE = "last year + 364 days"
_WITHIN = (7, 14, 30)


@dataclass(frozen=True, slots=True)
class Trial:
    """One edition that was left out: when it closed, what was predicted, and what the baseline says."""

    truth: dt.date
    window: Window | None
    baseline: dt.date
    editions: int  # known before it

    @property
    def covered(self) -> bool:
        """Whether it closed within the window."""
        return self.window is not None and self.window.first <= self.truth <= self.window.last


@dataclass(frozen=True, slots=True)
class Errors:
    """Of a number of predictions: the median error in days, and the share within so many days."""

    count: int
    median: float | None
    within: Mapping[int, float]


@dataclass(frozen=True, slots=True)
class SeriesScores:
    """Ours beside the baseline: on every edition, and on those for which ours gives a window.

    `covered` is the share of windows that held the truth; `give_or_take` their median ± in days.
    """

    series: int
    trials: int
    answered: int
    ours: Errors
    baseline_same: Errors
    baseline_all: Errors
    covered: float
    give_or_take: float


def editions(rows: Iterable[Mapping[str, Any]]) -> dict[str, dict[int, dt.date]]:
    """The last closing day by series and year. A row has `title` and `deadline`, and may have `series`, `organisation`.

    Rows without a date are left out; without `series`, the title and organisation name it, as in the catalogue.
    """
    found: dict[str, dict[int, dt.date]] = defaultdict(dict)
    for row in rows:
        closed = _day(row.get("deadline"))
        if closed is None:
            continue
        title = str(row.get("title") or "")
        name = str(row.get("series") or series_key(title, str(row.get("organisation") or row.get("org") or "")))
        year = int(row.get("edition") or min(title_words(title).years, default=closed.year))
        found[name][year] = max(closed, found[name].get(year, closed))
    return dict(found)


def trials(series: Mapping[str, Mapping[int, dt.date]], *, yearly: bool = True) -> Iterator[Trial]:
    """Each edition that has one the year before. With `yearly` off one edition alone predicts nothing."""
    for closed in series.values():
        for year in sorted(closed):
            if year - 1 not in closed:
                continue
            before = sorted(day for earlier, day in closed.items() if earlier < year)
            baseline = closed[year - 1] + dt.timedelta(days=364)
            yield Trial(closed[year], window_after(before, yearly=yearly), baseline, len(before))


def scored(found: Sequence[Trial], series: int) -> SeriesScores:
    """The figures of a number of trials."""
    answered = [(one, one.window) for one in found if one.window is not None]
    return SeriesScores(
        series=series,
        trials=len(found),
        answered=len(answered),
        ours=_errors((one.truth - window.on).days for one, window in answered),
        baseline_same=_errors((one.truth - one.baseline).days for one, _ in answered),
        baseline_all=_errors((one.truth - one.baseline).days for one in found),
        covered=sum(one.covered for one in found) / len(answered) if answered else 0.0,
        give_or_take=median(window.days for _, window in answered) if answered else 0.0,
    )


def _errors(days: Iterable[int]) -> Errors:
    found = [abs(one) for one in days]
    return Errors(
        count=len(found),
        median=float(median(found)) if found else None,
        within={limit: sum(one <= limit for one in found) / len(found) if found else 0.0 for limit in _WITHIN},
    )


def _day(text: Any) -> dt.date | None:
    try:
        return dt.date.fromisoformat(str(text)[:10])
    except ValueError:
        return None
