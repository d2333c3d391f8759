"""What mentors are owed: what is in view for each mentee, notices of change, digests, and what was told already."""

import datetime as dt
from typing import Any

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from catalog.columns import Json
from catalog.identifiers import identifier
from catalog.tables.base import Instant, Table, utc_now


class Outlook(Table, table=True):
    """What the recommender last saw for a mentee: what is new and fits, and which goals nothing open serves."""

    mentee_id: str = Field(foreign_key="mentee.id", ondelete="CASCADE", primary_key=True)
    mentee_version: int
    index_rev: int
    model: str
    finds: list[dict[str, Any]] = Field(default_factory=list, sa_type=Json)
    unserved: list[str] = Field(default_factory=list, sa_type=Json)  # ids of goals
    looked_at: dt.datetime = Field(sa_type=Instant)


class Notice(Table, table=True):
    """That something which a mentor sent or saved for a mentee changed. Once for each change and holder."""

    __table_args__ = (
        UniqueConstraint("change_id", "mentor_id", "mentee_id"),
        Index("ix_notice_mentor_id_done_at", "mentor_id", "done_at"),
    )

    id: str = Field(default_factory=lambda: identifier("ntc"), primary_key=True)
    change_id: str = Field(foreign_key="change.id", ondelete="CASCADE")
    mentor_id: str = Field(foreign_key="mentor.id", ondelete="CASCADE")
    mentee_id: str = Field(foreign_key="mentee.id", index=True, ondelete="CASCADE")
    opportunity_id: str = Field(foreign_key="opportunity.id", ondelete="CASCADE")
    forward_id: str | None = Field(default=None, foreign_key="forward.id", ondelete="SET NULL")  # none: it was saved
    created_at: dt.datetime = Field(default_factory=utc_now, sa_type=Instant)
    done_at: dt.datetime | None = Field(default=None, sa_type=Instant)  # the mentor has seen to it


class Digest(Table, table=True):
    """A mentor's digest of one day of theirs, also one that had nothing to say: so that each is owed once."""

    mentor_id: str = Field(foreign_key="mentor.id", ondelete="CASCADE", primary_key=True)
    on: dt.date = Field(primary_key=True)
    items: int = 0
    message_id: str | None = Field(default=None, foreign_key="outboxmessage.id", ondelete="SET NULL")
    created_at: dt.datetime = Field(default_factory=utc_now, sa_type=Instant)


class Told(Table, table=True):
    """Something a digest told a mentor, by what it was and why, so that it is told once."""

    mentor_id: str = Field(foreign_key="mentor.id", ondelete="CASCADE", primary_key=True)
    key: str = Field(primary_key=True, max_length=200)
    mentee_id: str = Field(foreign_key="mentee.id", index=True, ondelete="CASCADE")
    message_id: str | None = Field(default=None, foreign_key="outboxmessage.id", index=True, ondelete="SET NULL")
    told_at: dt.datetime = Field(sa_type=Instant)
