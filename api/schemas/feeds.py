"""Feeds: a list as a calendar, RSS or JSON Feed, by a link of its own."""

import datetime as dt
from typing import Any, Literal

from pydantic import Field

from api.schemas.shapes import Answer, Body, Identifier, Instant, Line, Person
from recommender.narrowing import SearchFilters


class FeedBody(Body):
    """What a feed shows: a mentee's recommendations, or what passes a filter."""

    what: Literal["recommendations", "opportunities"]
    mentee_id: Identifier | None = Field(None, description="Whose recommendations; needed for those")
    name: Line = Field(
        "", max_length=100, description="By which you know it in your list; never in the feed", examples=["My calendar"]
    )
    filters: SearchFilters = Field(
        default_factory=SearchFilters,
        description="As of the list; `q` and `source` are for opportunities only",
        examples=[{"kind": ["fellowship"], "country": ["NL"]}],
    )
    expires_at: Instant | None = Field(None, description="Left out: until it is revoked")


class FeedView(Answer):
    """A feed. Its address is shown when it is made and never again."""

    id: str = Field(examples=["tok_01k9z5v3q8m4n7p2r6s1t0w9xy"])
    what: Literal["recommendations", "opportunities"]
    mentee: Person | None
    name: str
    filters: dict[str, Any]
    set_aside: bool = Field(
        description="Its filters name what only a newer version of the service knows: until that runs again its "
        "addresses are answered 503"
    )
    expires_at: dt.datetime | None
    revoked_at: dt.datetime | None
    created_at: dt.datetime


class FeedAddresses(Answer):
    """Where a feed is found, in three forms. Whoever has one of these can read it: treat them as passwords."""

    ics: str = Field(examples=["https://opportune.example.org/v1/feeds/3q…Zw.ics"])
    rss: str
    json_feed: str


class NewFeed(FeedView):
    """A feed with its addresses, shown this once."""

    addresses: FeedAddresses


class Feeds(Answer):
    """All feeds of mine, newest first; those that are over for 30 days more."""

    items: list[FeedView]
    next: str | None = None
