"""What was served, forwarded and answered, and the messages that are owed because of it."""

import datetime as dt
from typing import Any

from sqlalchemy import Index
from sqlmodel import Field

from catalog.columns import Json, word
from catalog.identifiers import identifier
from catalog.tables.base import Instant, Table, utc_now
from catalog.words import Channel, DeliveryState, DismissReason, OutboxState, ReplyAnswer


class Ranking(Table, table=True):
    """A list as it was served: cursors and "why did I see this on the 3rd?" read it, from any process."""

    id: str = Field(default_factory=lambda: identifier("rnk"), primary_key=True)
    mentee_id: str = Field(foreign_key="mentee.id", index=True, ondelete="CASCADE")
    mentee_version: int
    index_rev: int
    model: str
    mode: str  # "hybrid", or "lexical" when degraded
    filters: dict[str, Any] = Field(default_factory=dict, sa_type=Json)
    weights: dict[str, Any] = Field(default_factory=dict, sa_type=Json)
    items: list[dict[str, Any]] = Field(default_factory=list, sa_type=Json)
    created_at: dt.datetime = Field(default_factory=utc_now, sa_type=Instant)
    expires_at: dt.datetime = Field(sa_type=Instant, index=True)


class Forward(Table, table=True):
    """An opportunity sent by a mentor to a mentee. Delivery is apart from outcome, which is in `Reply`."""

    __table_args__ = (Index("ix_forward_mentee_id_opportunity_id", "mentee_id", "opportunity_id"),)

    id: str = Field(default_factory=lambda: identifier("fwd"), primary_key=True)
    mentor_id: str | None = Field(default=None, foreign_key="mentor.id", index=True, ondelete="SET NULL")
    mentee_id: str | None = Field(default=None, foreign_key="mentee.id", ondelete="SET NULL")  # none once erased
    opportunity_id: str = Field(foreign_key="opportunity.id")
    goal_id: str | None = Field(default=None, foreign_key="goal.id", ondelete="SET NULL")
    channel: Channel = Field(sa_type=word(Channel))
    subject: str = ""
    message: str = ""
    note: str = ""
    state: DeliveryState = Field(sa_type=word(DeliveryState))
    undo_until: dt.datetime | None = Field(default=None, sa_type=Instant)
    opportunity_rev: int | None = None  # of the opportunity as it was sent
    created_at: dt.datetime = Field(default_factory=utc_now, sa_type=Instant)
    settled_at: dt.datetime | None = Field(default=None, sa_type=Instant)  # sent, copied, undone or failed
    mailed_with: str | None = Field(default=None, index=True, max_length=64)  # the forward whose mail carries this one


class Reply(Table, table=True):
    """What came back for a forward; the newest one counts."""

    id: str = Field(default_factory=lambda: identifier("rpl"), primary_key=True)
    forward_id: str = Field(foreign_key="forward.id", index=True, ondelete="CASCADE")
    answer: ReplyAnswer = Field(sa_type=word(ReplyAnswer))
    why: DismissReason | None = Field(default=None, sa_type=word(DismissReason))  # of not_for_me, in one of our words
    reason: str = Field(default="", max_length=500)
    remind_on: dt.date | None = None
    by_mentor: bool = False  # recorded by the mentor, not through the mentee's link
    created_at: dt.datetime = Field(default_factory=utc_now, sa_type=Instant)


class OutboxMessage(Table, table=True):
    """A message that is owed, written in the transaction that owes it. `natural_key` makes it owed once."""

    __table_args__ = (
        Index("ix_outboxmessage_state_not_before", "state", "not_before"),
        Index("ix_outboxmessage_mentor_id_created_at", "mentor_id", "created_at"),
    )

    id: str = Field(default_factory=lambda: identifier("msg"), primary_key=True)
    natural_key: str = Field(unique=True, max_length=200)
    forward_id: str | None = Field(default=None, foreign_key="forward.id", ondelete="CASCADE")
    mentor_id: str | None = Field(default=None, foreign_key="mentor.id", ondelete="SET NULL")
    recipient: str = Field(max_length=320)
    reply_to: str = ""
    subject: str = ""
    body: str = ""
    attachments: list[dict[str, str]] = Field(default_factory=list, sa_type=Json)
    state: OutboxState = Field(default=OutboxState.QUEUED, sa_type=word(OutboxState))
    not_before: dt.datetime = Field(default_factory=utc_now, sa_type=Instant)
    attempts: int = 0
    claimed_by: str | None = None
    claimed_at: dt.datetime | None = Field(default=None, sa_type=Instant)
    last_error: str = ""
    settled_at: dt.datetime | None = Field(default=None, sa_type=Instant)
    created_at: dt.datetime = Field(default_factory=utc_now, sa_type=Instant)


class Suppression(Table, table=True):
    """An address that must not be written to: it bounced or unsubscribed. Only its hash is kept."""

    address_hash: str = Field(primary_key=True, max_length=64)
    reason: str
    created_at: dt.datetime = Field(default_factory=utc_now, sa_type=Instant)
