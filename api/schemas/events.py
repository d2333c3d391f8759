"""What programs are sent by webhooks, as receivers read it. `catalog.stores.webhook_events` writes it."""

import datetime as dt
from typing import Literal

from pydantic import Field

from api.schemas.shapes import Answer
from catalog.events import EventType
from catalog.words import ChangeKind, Kind, ReplyAnswer, Status

_ABOUT_OPPORTUNITIES = Literal[EventType.NEW, EventType.CHANGED, EventType.CLOSED, EventType.WITHDRAWN]


class OpportunityTold(Answer):
    """Which opportunity it is, and how it stood when the event was written down."""

    opportunity_id: str = Field(examples=["opp_rural_surgery"])
    kind: Kind
    title: str = Field(examples=["Rural surgery fellowship"])
    url: str = Field(description="The page itself", examples=["https://lakeside.example.org/fellowship"])
    status: Status
    closes_at: dt.datetime | None
    changes: list[ChangeKind] = Field(description="Of `opportunity.changed`: what did; empty: it can be gone for again")


class OpportunityEvent(Answer):
    """Something happened to an opportunity. Holds nothing about a person."""

    type: _ABOUT_OPPORTUNITIES
    timestamp: dt.datetime = Field(description="When it was written down")
    data: OpportunityTold


class ReplyTold(Answer):
    """Which reply it is, in ids: read the rest from `GET /v1/forwards/{forward_id}`."""

    forward_id: str
    opportunity_id: str
    reply_id: str
    answer: ReplyAnswer
    by_mentor: bool = Field(description="Noted by a mentor, not given by link")


class ReplyEvent(Answer):
    """A forward of yours was answered."""

    type: Literal[EventType.REPLIED]
    timestamp: dt.datetime = Field(description="When it was written down")
    data: ReplyTold


class PingTold(Answer):
    """Which webhook is tried out."""

    webhook_id: str


class PingEvent(Answer):
    """You asked for it: `POST /v1/webhooks/{webhook_id}/ping`."""

    type: Literal[EventType.PING]
    timestamp: dt.datetime = Field(description="When it was asked for")
    data: PingTold
