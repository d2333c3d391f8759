"""Webhooks: programs that want to hear of events, and what was delivered to them."""

import datetime as dt
from typing import Any, Literal

from pydantic import Field

from api.schemas.shapes import Answer, Body, Instant, Line
from catalog.events import EventType
from catalog.words import OutboxState
from recommender.narrowing import WebhookFilters

Heard = Literal[EventType.NEW, EventType.CHANGED, EventType.CLOSED, EventType.WITHDRAWN, EventType.REPLIED]
_EVENTS = Field(
    min_length=1,
    max_length=20,
    description="Which events to send; `forward.replied` is about your own forwards only",
    examples=[["opportunity.new", "opportunity.changed", "forward.replied"]],
)
_HELD = Field(description="Of opportunities only those that you forwarded or saved for somebody")


class WebhookBody(Body):
    """A program to tell of events. `filters` narrow it, as in the opportunities' list, or to a mentee."""

    url: Line = Field(
        min_length=1, max_length=2048, description="A public https address", examples=["https://hooks.example.org/in"]
    )
    name: Line = Field("", max_length=100, description="By which you know it", examples=["Our chat"])
    events: list[Heard] = _EVENTS
    filters: WebhookFilters = Field(
        default_factory=WebhookFilters, examples=[{"kind": ["fellowship"], "mentee_id": "mte_ben"}]
    )
    only_held: bool = Field(False, description=_HELD.description)


class WebhookPatch(Body):
    """What to change. What is left out, or null, stays as it is. `active: true` ends a pause."""

    url: Line | None = Field(None, min_length=1, max_length=2048)
    name: Line | None = Field(None, max_length=100)
    events: list[Heard] | None = Field(None, min_length=1, max_length=20)
    filters: WebhookFilters | None = Field(
        None, description="Those that are not named stay; null, or an empty list, takes one away"
    )
    only_held: bool | None = None
    active: bool | None = Field(None, description="false: nothing is sent, and nothing is written down for it")


class WebhookView(Answer):
    """A webhook and how it fares. Its secret is shown when it is made and never again."""

    id: str = Field(examples=["whk_01k9z5v3q8m4n7p2r6s1t0w9xy"])
    name: str
    url: str
    events: list[EventType | str]
    filters: WebhookFilters | dict[str, Any]
    set_aside: bool = Field(
        description="Its filters name what only a newer version of the service knows: until that runs again it is told "
        "of no opportunity"
    )
    only_held: bool
    active: bool
    paused_at: dt.datetime | None = Field(description="Since when nothing is tried, because it failed for days")
    paused_because: str = Field(examples=["its receiver answered 410 (gone)"])
    failures: int = Field(description="In a row, up to now")
    failing_since: dt.datetime | None
    old_secret_until: dt.datetime | None = Field(description="Until then the secret before the present one signs too")
    created_at: dt.datetime


class NewWebhook(WebhookView):
    """A webhook with its secret, shown this once: what a receiver verifies signatures with."""

    secret: str = Field(examples=["whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD"])


class Webhooks(Answer):
    """All webhooks of mine, oldest first."""

    items: list[WebhookView]
    next: str | None = None


class DeliveryView(Answer):
    """One event for one webhook, and how its delivery goes."""

    id: str = Field(examples=["whd_01k9z5v3q8m4n7p2r6s1t0w9xy"])
    event_id: str = Field(description="The `webhook-id` header: the same at every attempt and replay")
    event: dict[str, Any] = Field(description="The body as it is sent")
    state: OutboxState = Field(description="queued: waits for its next attempt; failed: given up, replay it")
    attempts: int
    next_attempt_at: dt.datetime | None = Field(description="Of what is queued: not before")
    tried_at: dt.datetime | None
    response_status: int | None = Field(description="What the receiver answered last")
    last_error: str = Field(examples=["the receiver answered 503"])
    settled_at: dt.datetime | None
    created_at: dt.datetime


class DeliveryPage(Answer):
    """One page of deliveries, newest first; they are kept for 30 days."""

    items: list[DeliveryView]
    next: str | None


class ReplayBody(Body):
    """Which deliveries to make again."""

    since: Instant = Field(description="Events written down since then")
    only_failed: bool = Field(True, description="false: also those that were taken")


class Replayed(Answer):
    """How many deliveries were queued anew: at most 1,000 at a time, the oldest first."""

    queued: int
