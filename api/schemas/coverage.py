"""How well what is open is covered: what everybody may see, without signing in."""

import datetime as dt

from pydantic import Field

from api.schemas.shapes import Answer
from catalog.coverage import Freshness
from catalog.words import Kind, RunVerdict, Way


class NightView(Answer):
    """One crawl of a source."""

    at: dt.datetime
    items: int = Field(description="Postings found")
    verdict: RunVerdict


class OpenCounts(Answer):
    """Opportunities that can still be gone for, by kind."""

    fellowship: int = 0
    internship: int = 0
    workshop: int = 0
    journal_call: int = 0


class CoveredSource(Answer):
    """A source: whether it can be relied on now, what it holds, and what it leaves out."""

    name: str = Field(examples=["maastricht_events"])
    title: str
    organisation: str
    kinds: list[Kind]
    way: Way
    homepage: str
    freshness: Freshness
    off_because: str = Field(description="Why it is off; empty when it is on")
    last_healthy_at: dt.datetime | None
    trouble: list[str] = Field(description="Codes of what was wrong with the last crawl; docs/running.md explains them")
    open: OpenCounts
    trend: list[NightView] = Field(description="The last crawls, the earliest first; at most 14")
    gaps: str = Field(description="What it cannot tell or leaves out; empty when nothing is known")


class CoveragePage(Answer):
    """The sources that are asked for, all unless narrowed, and their sums. Nothing here is about a person."""

    last_healthy_at: dt.datetime | None = Field(description="When any of those listed was last read well")
    stale_after_hours: int
    open: OpenCounts = Field(description="Of those listed; what several carry counts once for each")
    items: list[CoveredSource]
    next: str | None = None
