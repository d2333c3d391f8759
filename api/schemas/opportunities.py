"""Opportunities as they are shown: a row of a list, and everything known about one."""

import datetime as dt
from typing import Any

from pydantic import Field

from api.schemas.shapes import Answer, DeadlineView, MomentView, MoneyView, PlaceView, RequirementView
from api.schemas.trust import TrustReasonView
from catalog.words import CareerStage, ChangeKind, Funding, Kind, Outcome, Status, Timing


class ExpectedView(Answer):
    """When an edition that is not announced yet is expected to close, going by those before it."""

    on: dt.date = Field(description="The likeliest day", examples=["2027-03-12"])
    days: int = Field(description="Give or take so many days: five in six lie within", examples=[21])
    seen: list[dt.date] = Field(description="When the editions before it closed, oldest first")
    years: int = Field(description="It comes back every so many years")
    words: str = Field(
        description="The same as a sentence says it", examples=["around 12 March 2027 ± 3 weeks, from 2024, 2025, 2026"]
    )


class OpportunityRow(Answer):
    """What a row on a page shows of an opportunity, complete without further calls."""

    id: str = Field(examples=["opp_5q0k3v8m1n7p2r6s4t9w0xyza"])
    kind: Kind
    title: str = Field(examples=["Summer School in Global Surgery"])
    organisation: str = Field(examples=["Example University"])
    url: str = Field(description="The page it was read from; always http(s)", examples=["https://example.org/summer"])
    host: str = Field(description="The host of `url`, in its ASCII form", examples=["example.org"])
    summary: str
    places: list[PlaceView]
    remote: bool | None = Field(description="null: the page does not say")
    status: Status = Field(description="As of this answer; of two calls the later may differ")
    timing: Timing
    deadline: DeadlineView | None = Field(description="The deadline that decides the status")
    closes_at: dt.datetime | None = Field(description="The instant (UTC) at which that deadline is over everywhere")
    expected: ExpectedView | None = Field(description="Of what is expected from its series: when it will close")
    forgotten: bool = Field(description="It names no date, and no crawl has seen it for 60 days: it may be over")
    opens: MomentView | None = Field(description="From when on one can apply, where the page says")
    starts: MomentView | None
    ends: MomentView | None
    funding: Funding
    money: list[MoneyView]
    career_stages: list[CareerStage] = Field(description="Stages that the page names as welcome")
    tags: list[str]
    flags: list[str] = Field(description="Doubts about what was read", examples=[["link_to_other_domain"]])
    sources: list[str] = Field(description="Names of the sources that carry it", examples=[["maastricht_events"]])
    first_seen_at: dt.datetime
    last_seen_at: dt.datetime = Field(description="When a healthy crawl last saw it: how fresh this is")
    changed_at: dt.datetime


class OpportunityPage(Answer):
    """One page of opportunities."""

    items: list[OpportunityRow]
    next: str | None = Field(description="Cursor of the next page; null on the last one")


class PostingView(Answer):
    """One source's record of an opportunity."""

    source: str = Field(examples=["maastricht_events"])
    source_title: str = Field(examples=["Maastricht University: events"])
    key: str = Field(description="What the source calls it; with `opportune split` a wrong join is mended")
    title: str
    url: str
    first_seen_at: dt.datetime
    last_seen_at: dt.datetime
    fetched_at: dt.datetime | None
    withdrawn_at: dt.datetime | None
    external_ids: dict[str, str]


class ChangeView(Answer):
    """Something that is no longer as it was, with the words then and now."""

    id: str
    kind: ChangeKind
    old: Any
    new: Any
    old_quote: str
    new_quote: str
    old_read_at: dt.datetime | None
    new_read_at: dt.datetime
    source: str


class EditionView(Answer):
    """Another year's edition of the same opportunity."""

    id: str
    edition: str = Field(examples=["2026"])
    title: str
    status: Status
    closes_at: dt.datetime | None
    expected: ExpectedView | None = Field(description="Of one that is not announced yet: when it will close")


class SeriesView(Answer):
    """The same opportunity year after year."""

    id: str
    title: str
    editions: list[EditionView]


class OpportunityView(OpportunityRow):
    """Everything known about an opportunity, each thing with the words it came from."""

    description: str
    language: str | None
    edition: str
    outcome: Outcome
    predicted: bool = Field(description="Expected from its series, not yet announced")
    deadlines: list[DeadlineView]
    requirements: list[RequirementView]
    quotes: dict[str, str] = Field(description="The words behind each other field, by field name")
    postings: list[PostingView]
    changes: list[ChangeView] = Field(description="Newest first")
    series: SeriesView | None
    withdrawn_at: dt.datetime | None
    trust: list[TrustReasonView] = Field(
        description="Reasons to trust a journal's call or an event, then those against, then what is not known"
    )
