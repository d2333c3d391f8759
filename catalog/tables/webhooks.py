"""Programs that want to hear of events, what is owed to each, and how far the catalogue has been followed for them."""

import datetime as dt
from typing import Any

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from catalog.columns import Json, word
from catalog.events import Told
from catalog.identifiers import identifier
from catalog.tables.base import Instant, Table, utc_now
from catalog.words import OutboxState


class Webhook(Table, table=True):
    """An address of a program that wants to hear of events. Secrets are sealed (`catalog.sealing`)."""

    __table_args__ = (UniqueConstraint("mentor_id", "url"),)

    id: str = Field(default_factory=lambda: identifier("whk"), primary_key=True)
    mentor_id: str = Field(foreign_key="mentor.id", ondelete="CASCADE")
    name: str = Field(default="", max_length=100)
    url: str = Field(max_length=2048)
    secret: str
    old_secret: str = ""  # signs too, until `old_secret_until`
    old_secret_until: dt.datetime | None = Field(default=None, sa_type=Instant)
    events: list[str] = Field(default_factory=list, sa_type=Json)
    filters: dict[str, Any] = Field(default_factory=dict, sa_type=Json)
    only_held: bool = False  # opportunities that the mentor forwarded or saved
    active: bool = True
    paused_at: dt.datetime | None = Field(default=None, sa_type=Instant)  # not active because it failed for days
    paused_because: str = ""
    failures: int = 0  # in a row
    failing_since: dt.datetime | None = Field(default=None, sa_type=Instant)
    hold_until: dt.datetime | None = Field(default=None, sa_type=Instant)  # nothing is tried before
    created_at: dt.datetime = Field(default_factory=utc_now, sa_type=Instant)
    version: int = 1


class WebhookDelivery(Table, table=True):
    """One event for one webhook, retried and replayable."""

    __table_args__ = (
        UniqueConstraint("webhook_id", "event_id"),
        Index("ix_webhookdelivery_state_not_before", "state", "not_before"),
    )

    id: str = Field(default_factory=lambda: identifier("whd"), primary_key=True)
    webhook_id: str = Field(foreign_key="webhook.id", ondelete="CASCADE")
    event_id: str = Field(max_length=64)
    event: dict[str, Any] = Field(sa_type=Json)
    state: OutboxState = Field(default=OutboxState.QUEUED, sa_type=word(OutboxState))
    not_before: dt.datetime = Field(default_factory=utc_now, sa_type=Instant)
    attempts: int = 0
    claimed_by: str | None = None
    claimed_at: dt.datetime | None = Field(default=None, sa_type=Instant)
    tried_at: dt.datetime | None = Field(default=None, sa_type=Instant)
    response_status: int | None = None
    last_error: str = ""
    settled_at: dt.datetime | None = Field(default=None, sa_type=Instant)
    created_at: dt.datetime = Field(default_factory=utc_now, sa_type=Instant)


class Follower(Table, table=True):
    """How far somebody who follows `rev` has come: all rows up to (`rev`, `row_id`), in that order."""

    name: str = Field(primary_key=True, max_length=32)
    rev: int = 0
    row_id: str = Field(default="", max_length=64)


class FollowedOpportunity(Table, table=True):
    """What webhooks were last told of an opportunity, so that each turn of it is told once."""

    opportunity_id: str = Field(primary_key=True, foreign_key="opportunity.id", max_length=64, ondelete="CASCADE")
    told: Told = Field(sa_type=word(Told))
    rev: int  # of the opportunity when it was last looked at
    turn: int = 0  # counts what was told; below 0: it was there when the following began, and was not looked at yet
    due_at: dt.datetime | None = Field(default=None, sa_type=Instant, index=True)  # when it closes by time passing
