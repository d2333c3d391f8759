"""What can be gone for: postings as read, joined into opportunities, in series, with their changes."""

import datetime as dt
from typing import Any

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field

from catalog.columns import Checked, Json, word
from catalog.drafts import Deadline, Moment, Money, Place, PostingDraft, Requirement
from catalog.identifiers import identifier
from catalog.recurrence import Window
from catalog.tables.base import Instant, Table, utc_now
from catalog.words import ChangeKind, Funding, Kind, Outcome, Timing


class Revision(Table, table=True):
    """The counter behind every `rev`: taken under a row lock, so revisions become visible in order."""

    name: str = Field(primary_key=True, max_length=32)
    value: int = 0


class Tombstone(Table, table=True):
    """A deletion, for readers that follow `rev`."""

    __table_args__ = (Index("ix_tombstone_rev", "rev"),)

    table_name: str = Field(primary_key=True, max_length=64)
    row_id: str = Field(primary_key=True, max_length=64)
    rev: int


class Series(Table, table=True):
    """The same opportunity year after year."""

    __table_args__ = (UniqueConstraint("kind", "natural_key"),)

    id: str = Field(primary_key=True, max_length=64)
    kind: Kind = Field(sa_type=word(Kind))
    natural_key: str = Field(max_length=512)
    title: str
    organisation: str = ""


class Opportunity(Table, table=True):
    """One edition of one thing a person can go for: what mentors see, forward and rank."""

    __table_args__ = (
        Index("ix_opportunity_rev", "rev"),
        Index("ix_opportunity_kind_closes_at", "kind", "closes_at"),
        CheckConstraint("length(title) >= 3", name="title_is_said"),
    )

    id: str = Field(primary_key=True, max_length=64)
    series_id: str | None = Field(default=None, foreign_key="series.id", index=True, ondelete="SET NULL")
    edition: str = Field(default="", max_length=32)  # a year, or year and month; "" when the page has no date
    kind: Kind = Field(sa_type=word(Kind))
    title: str
    organisation: str = ""
    url: str = Field(max_length=2048)
    summary: str = ""
    description: str = ""
    language: str | None = None
    places: tuple[Place, ...] = Field(default=(), sa_type=Checked(tuple[Place, ...]))
    remote: bool | None = None
    timing: Timing = Field(default=Timing.UNKNOWN, sa_type=word(Timing, newer=Timing.UNKNOWN))
    deadlines: tuple[Deadline, ...] = Field(default=(), sa_type=Checked(tuple[Deadline, ...]))
    opens: Moment | None = Field(default=None, sa_type=Checked(Moment))
    starts: Moment | None = Field(default=None, sa_type=Checked(Moment))
    ends: Moment | None = Field(default=None, sa_type=Checked(Moment))
    requirements: tuple[Requirement, ...] = Field(default=(), sa_type=Checked(tuple[Requirement, ...]))
    funding: Funding = Field(default=Funding.UNKNOWN, sa_type=word(Funding, newer=Funding.UNKNOWN))
    money: tuple[Money, ...] = Field(default=(), sa_type=Checked(tuple[Money, ...]))
    tags: list[str] = Field(default_factory=list, sa_type=Json)
    quotes: dict[str, str] = Field(default_factory=dict, sa_type=Json)
    flags: list[str] = Field(default_factory=list, sa_type=Json)
    outcome: Outcome = Field(default=Outcome.OPEN, sa_type=word(Outcome))
    predicted: bool = False  # expected from its series, not yet announced
    expected: Window | None = Field(default=None, sa_type=Checked(Window))  # when a predicted one will close
    closes_at: dt.datetime | None = Field(default=None, sa_type=Instant)  # when its last round has passed, if dated
    first_seen_at: dt.datetime = Field(default_factory=utc_now, sa_type=Instant)
    last_seen_at: dt.datetime = Field(default_factory=utc_now, sa_type=Instant)
    changed_at: dt.datetime = Field(default_factory=utc_now, sa_type=Instant)
    withdrawn_at: dt.datetime | None = Field(default=None, sa_type=Instant)
    text_hash: str = Field(default="", max_length=64)  # of what is embedded
    rev: int = 0


class Posting(Table, table=True):
    """One source's record, as last read."""

    __table_args__ = (UniqueConstraint("source", "key"),)

    id: str = Field(primary_key=True, max_length=64)
    source: str = Field(foreign_key="source.name")
    key: str = Field(max_length=512)
    opportunity_id: str | None = Field(default=None, foreign_key="opportunity.id", index=True, ondelete="SET NULL")
    draft: PostingDraft = Field(sa_type=Checked(PostingDraft))
    draft_hash: str = Field(max_length=64)
    first_seen_at: dt.datetime = Field(default_factory=utc_now, sa_type=Instant)
    last_seen_at: dt.datetime = Field(default_factory=utc_now, sa_type=Instant)
    missed_healthy_runs: int = 0
    withdrawn_at: dt.datetime | None = Field(default=None, sa_type=Instant)


class JoinKey(Table, table=True):
    """What a posting shares with others that may be the same thing, so that few need be compared."""

    key: str = Field(primary_key=True, max_length=64)
    posting_id: str = Field(primary_key=True, foreign_key="posting.id", index=True, ondelete="CASCADE")


class KeptApart(Table, table=True):
    """Two postings of which a person has said that they are not the same thing: they are never joined again."""

    posting_id: str = Field(primary_key=True, foreign_key="posting.id", ondelete="CASCADE")
    other_id: str = Field(primary_key=True, foreign_key="posting.id", index=True, ondelete="CASCADE")
    told_by: str = ""
    told_at: dt.datetime = Field(default_factory=utc_now, sa_type=Instant)


class Change(Table, table=True):
    """Something about an opportunity that is no longer as it was, with the words then and now."""

    __table_args__ = (Index("ix_change_rev", "rev"),)

    id: str = Field(default_factory=lambda: identifier("chg"), primary_key=True)
    opportunity_id: str = Field(foreign_key="opportunity.id", index=True, ondelete="CASCADE")
    source: str = Field(foreign_key="source.name")
    kind: ChangeKind = Field(sa_type=word(ChangeKind))
    old: Any = Field(default=None, sa_type=Json, nullable=True)
    new: Any = Field(default=None, sa_type=Json, nullable=True)
    old_quote: str = ""
    new_quote: str = ""
    old_read_at: dt.datetime | None = Field(default=None, sa_type=Instant)
    new_read_at: dt.datetime = Field(sa_type=Instant)
    rev: int = 0
