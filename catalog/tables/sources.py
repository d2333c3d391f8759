"""Where opportunities come from, and the record of reading there."""

import datetime as dt
from typing import Any

from sqlalchemy import ForeignKeyConstraint, UniqueConstraint
from sqlmodel import Field

from catalog.columns import Json, word
from catalog.identifiers import identifier
from catalog.tables.base import Instant, Table, utc_now
from catalog.words import Kind, ReviewState, RunState, RunVerdict, Way


class Source(Table, table=True):
    """A publisher's place that is read. Its facts are upserted from the source's class."""

    name: str = Field(primary_key=True, max_length=64)
    title: str
    organisation: str = ""
    kinds: list[str] = Field(default_factory=list, sa_type=Json)
    way: Way = Field(sa_type=word(Way))
    homepage: str
    hosts: list[str] = Field(default_factory=list, sa_type=Json)
    terms: str = ""
    robots_exemption: str = ""
    min_items: int = 0
    gaps: str = Field(default="", sa_column_kwargs={"server_default": ""})
    enabled: bool = True
    disabled_reason: str = ""
    last_healthy_at: dt.datetime | None = Field(default=None, sa_type=Instant)
    updated_at: dt.datetime = Field(default_factory=utc_now, sa_type=Instant)


class CrawlRun(Table, table=True):
    """One crawl of one or more sources."""

    id: str = Field(default_factory=lambda: identifier("run"), primary_key=True)
    state: RunState = Field(default=RunState.RUNNING, sa_type=word(RunState))
    as_of: dt.datetime = Field(sa_type=Instant)
    sample_mode: bool = False
    started_at: dt.datetime = Field(default_factory=utc_now, sa_type=Instant)
    finished_at: dt.datetime | None = Field(default=None, sa_type=Instant)
    report: dict[str, Any] = Field(default_factory=dict, sa_type=Json)


class SourceRun(Table, table=True):
    """One source's part of a crawl, with our own verdict on it."""

    __table_args__ = (UniqueConstraint("run_id", "source"),)

    id: str = Field(default_factory=lambda: identifier("srn"), primary_key=True)
    run_id: str = Field(foreign_key="crawlrun.id", ondelete="CASCADE")
    source: str = Field(foreign_key="source.name", index=True)
    state: RunState = Field(default=RunState.RUNNING, sa_type=word(RunState))
    verdict: RunVerdict | None = Field(default=None, sa_type=word(RunVerdict))
    reasons: list[str] = Field(default_factory=list, sa_type=Json)
    stats: dict[str, Any] = Field(default_factory=dict, sa_type=Json)
    new: int = 0
    refreshed: int = 0
    missed: int = 0
    refused: int = 0
    started_at: dt.datetime = Field(default_factory=utc_now, sa_type=Instant)
    finished_at: dt.datetime | None = Field(default=None, sa_type=Instant)


class NightRun(Table, table=True):
    """One night of `opportune nightly`: when it began and ended, with which exit code, and its report."""

    id: str = Field(default_factory=lambda: identifier("ngt"), primary_key=True)
    started_at: dt.datetime = Field(default_factory=utc_now, sa_type=Instant, index=True)
    finished_at: dt.datetime | None = Field(default=None, sa_type=Instant)  # none: it runs, or was killed
    exit_code: int | None = None
    report: dict[str, Any] = Field(default_factory=dict, sa_type=Json)


class StagedPosting(Table, table=True):
    """A draft as it came in, waiting for its source's verdict."""

    run_id: str = Field(foreign_key="crawlrun.id", ondelete="CASCADE", primary_key=True)
    source: str = Field(foreign_key="source.name", primary_key=True)
    key: str = Field(primary_key=True, max_length=512)
    draft: dict[str, Any] = Field(sa_type=Json)
    staged_at: dt.datetime = Field(default_factory=utc_now, sa_type=Instant)


class RefusedPosting(Table, table=True):
    """Something seen and not kept, with why: the last time it was seen counts."""

    source: str = Field(foreign_key="source.name", primary_key=True)
    key: str = Field(primary_key=True, max_length=512)
    url: str = ""
    title: str = ""
    reason: str
    run_id: str | None = Field(default=None, foreign_key="crawlrun.id", ondelete="SET NULL")
    seen_at: dt.datetime = Field(default_factory=utc_now, sa_type=Instant)


class FetchedPage(Table, table=True):
    """What a conditional request needs, and where the archived body lies."""

    url_hash: str = Field(primary_key=True, max_length=64)
    source: str = Field(foreign_key="source.name", index=True)
    url: str
    etag: str = ""
    last_modified: str = ""
    body_hash: str = ""
    archive: str = ""  # file name within the archive folder
    archive_offset: int | None = None
    keys: list[str] = Field(default_factory=list, sa_type=Json)  # postings read from it: a 304 counts them as seen
    fetched_at: dt.datetime = Field(default_factory=utc_now, sa_type=Instant)


class Lease(Table, table=True):
    """Who may do a thing that only one may do at a time. `fence` grows with each holder."""

    name: str = Field(primary_key=True, max_length=64)
    holder: str
    fence: int = 1
    expires_at: dt.datetime = Field(sa_type=Instant)


class WatchedPage(Table, table=True):
    """A page that a coordinator asked to have read every night, and how its last reading went."""

    id: str = Field(default_factory=lambda: identifier("wpg"), primary_key=True)
    url: str = Field(unique=True, max_length=2048)
    kind: Kind | None = Field(default=None, sa_type=word(Kind))
    organisation: str = ""
    active: bool = True  # False: no longer watched; what was found there is kept
    added_by: str | None = Field(default=None, foreign_key="mentor.id", ondelete="SET NULL")
    created_at: dt.datetime = Field(default_factory=utc_now, sa_type=Instant)
    checked_at: dt.datetime | None = Field(default=None, sa_type=Instant)  # when it was last asked for
    read_at: dt.datetime | None = Field(default=None, sa_type=Instant)  # when it last gave something
    verdict: RunVerdict | None = Field(default=None, sa_type=word(RunVerdict))
    reason: str = ""  # `code` or `code: particulars`; none when all is well
    bad_nights: int = 0  # in a row
    keys: list[str] = Field(default_factory=list, sa_type=Json)  # of the postings found there


class RequestedRun(Table, table=True):
    """ "Crawl now": a row that the worker or the next crawl picks up."""

    id: str = Field(default_factory=lambda: identifier("req"), primary_key=True)
    sources: list[str] = Field(default_factory=list, sa_type=Json)
    requested_by: str | None = Field(default=None, foreign_key="mentor.id", ondelete="SET NULL")
    requested_at: dt.datetime = Field(default_factory=utc_now, sa_type=Instant)
    run_id: str | None = Field(default=None, foreign_key="crawlrun.id", ondelete="SET NULL")


class ReviewItem(Table, table=True):
    """Something the reader was unsure of, for a person to accept, mend or refuse. Decisions are remembered."""

    __table_args__ = (
        UniqueConstraint("source", "key"),
        ForeignKeyConstraint(["source"], ["source.name"], name="fk_reviewitem_source"),
    )

    id: str = Field(default_factory=lambda: identifier("rvw"), primary_key=True)
    source: str
    key: str = Field(max_length=512)
    draft: dict[str, Any] = Field(sa_type=Json)  # as it was read, without what a person mended
    doubts: list[dict[str, Any]] = Field(default_factory=list, sa_type=Json)  # `catalog.reviewing.Doubt`s
    gist: str = Field(default="", max_length=64)  # of what was decided about: another gist is decided anew
    mends: dict[str, Any] = Field(default_factory=dict, sa_type=Json)  # what a person put right, by field
    why: str = ""
    state: ReviewState = Field(default=ReviewState.WAITING, sa_type=word(ReviewState))
    decided_by: str | None = Field(default=None, foreign_key="mentor.id", ondelete="SET NULL")
    decided_at: dt.datetime | None = Field(default=None, sa_type=Instant)
    created_at: dt.datetime = Field(default_factory=utc_now, sa_type=Instant)
