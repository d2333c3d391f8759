"""Crawl now: a coordinator's wish that sources be read before the next night."""

import datetime as dt
from typing import Annotated, Literal

from pydantic import Field

from api.schemas.shapes import Answer, Body, Person

SourceName = Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[a-z0-9_]+$")]


class CrawlRequestBody(Body):
    """What to read."""

    sources: list[SourceName] = Field(
        default_factory=list,
        max_length=100,
        description="Names of sources that are on; left out: all of them",
        examples=[["maastricht_events"]],
    )


class CrawlRequestView(Answer):
    """A wish and what became of it."""

    id: str = Field(examples=["req_5q0k3v8m1n7p2r6s4t9w0xyza"])
    sources: list[str] = Field(description="Empty: all")
    requested_by: Person | None
    requested_at: dt.datetime
    state: Literal["waiting", "running", "finished", "failed"] = Field(
        description="waiting until a crawl takes it up; failed: that crawl did not come to an end"
    )
    finished_at: dt.datetime | None = Field(description="When the crawl that answered it ended")


class CrawlRequests(Answer):
    """The wishes of the last seven days, the newest first; at most fifty."""

    items: list[CrawlRequestView]
    next: str | None = None
