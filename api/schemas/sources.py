"""Where opportunities come from and how well that goes, and how the service itself is."""

import datetime as dt
from typing import Literal

from pydantic import Field

from api.schemas.coverage import NightView
from api.schemas.shapes import Answer
from catalog.words import Kind, RunVerdict, Way


class SourceRunView(Answer):
    """The last time a source was read."""

    verdict: RunVerdict | None = Field(description="null while it runs")
    reasons: list[str]
    started_at: dt.datetime
    finished_at: dt.datetime | None
    new: int
    refreshed: int
    missed: int
    refused: int


class SourceView(Answer):
    """A source and its health. Nothing is shown as fresh that was not seen by a healthy crawl."""

    name: str = Field(examples=["maastricht_events"])
    title: str
    organisation: str
    kinds: list[Kind]
    way: Way
    homepage: str
    terms: str
    robots_exemption: str
    enabled: bool
    disabled_reason: str
    last_healthy_at: dt.datetime | None
    hours_since_healthy: int | None = Field(description="Whole hours since its last healthy crawl; null: never")
    stale: bool = Field(description="On, and no healthy crawl for three days, or never")
    gaps: str = Field(description="What it cannot tell or leaves out")
    last_run: SourceRunView | None
    trouble: list[str] = Field(description="Codes of what was wrong with the last crawl; docs/running.md explains them")
    trend: list[NightView] = Field(description="The last crawls, the earliest first; at most 14")
    open_items: int = Field(description="Opportunities of this source that can still be gone for")


class SourcePage(Answer):
    """All sources, by name."""

    items: list[SourceView]
    next: str | None
    last_healthy_at: dt.datetime | None = Field(description="When any source was last read well")
    hours_since_healthy: int | None = Field(
        description="Whole hours since then, or null: never. It grows also when no crawl begins at all: watch it"
    )
    stale_after_hours: int = Field(description="From when on a source is called stale")


class Alive(Answer):
    """The process answers."""

    status: Literal["alive"] = "alive"


class CheckView(Answer):
    """One thing that the service depends on."""

    name: Literal["database", "schema", "model", "index", "crawl", "replica"]
    state: Literal["ok", "degraded", "dead"]
    detail: str
    since: dt.datetime | None = None


class Readiness(Answer):
    """Whether requests can be served. Degraded still serves; unavailable does not (503)."""

    status: Literal["ready", "degraded", "unavailable"]
    checks: list[CheckView]
