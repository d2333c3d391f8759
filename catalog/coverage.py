"""How well what is open is covered: how fresh each source is, how it went lately, and what it leaves out.

Decisions only, on rows that a store has read. What is shown to everybody is made here: nothing of a
reason but its code leaves, since the rest may quote a site's or a program's own words.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from catalog.tables import Source, SourceRun
from catalog.words import Kind, RunVerdict

STALE_AFTER = dt.timedelta(days=3)
"""How long after its last healthy crawl a source's data still counts as fresh."""
NIGHTS = 14
"""How many crawls a trend shows."""


class Freshness(StrEnum):
    """How a source is."""

    FRESH = "fresh"
    STALE = "stale"  # it was read well once, too long ago
    NEVER = "never"  # never read well
    OFF = "off"


@dataclass(frozen=True, slots=True)
class Night:
    """One crawl of a source: when it began, how many postings it found, and its verdict."""

    at: dt.datetime
    items: int
    verdict: RunVerdict


@dataclass(frozen=True, slots=True)
class Coverage:
    """One source as everybody may see it."""

    source: Source
    freshness: Freshness
    open: Mapping[Kind, int]
    trend: tuple[Night, ...]  # the earliest first
    trouble: tuple[str, ...]  # codes of the last crawl's reasons, when it was not healthy


def freshness_of(source: Source, now: dt.datetime, stale_after: dt.timedelta = STALE_AFTER) -> Freshness:
    """How a source is at `now`."""
    if not source.enabled:
        return Freshness.OFF
    if source.last_healthy_at is None:
        return Freshness.NEVER
    return Freshness.STALE if now - source.last_healthy_at > stale_after else Freshness.FRESH


def hours_since(at: dt.datetime | None, now: dt.datetime) -> int | None:
    """Whole hours since an instant; None when it never was, 0 when a clock was set back meanwhile."""
    return None if at is None else max(0, int((now - at).total_seconds() // 3600))


def cover(
    sources: Iterable[Source],
    runs: Mapping[str, Sequence[SourceRun]],
    counts: Mapping[str, Mapping[Kind, int]],
    now: dt.datetime,
) -> list[Coverage]:
    """Every source with its last runs (`runs`: the latest first) and its open opportunities by kind."""
    return [_covered(source, runs.get(source.name, ()), counts.get(source.name, {}), now) for source in sources]


def _covered(source: Source, runs: Sequence[SourceRun], counts: Mapping[Kind, int], now: dt.datetime) -> Coverage:
    judged = [(run, run.verdict) for run in runs if run.verdict is not None and not run.stats.get("reread")]
    trend = [Night(run.started_at, int(run.stats.get("items", 0)), verdict) for run, verdict in judged[:NIGHTS]]
    last = judged[0] if judged else None
    unwell = last is not None and last[1] is not RunVerdict.HEALTHY
    codes = dict.fromkeys(reason.partition(":")[0] for reason in last[0].reasons) if last and unwell else {}
    return Coverage(source, freshness_of(source, now), counts, tuple(reversed(trend)), tuple(codes))
