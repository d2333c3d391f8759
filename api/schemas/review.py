"""The review queue: what the reader was unsure of, and what a person decides about it."""

import datetime as dt
from typing import Annotated

from pydantic import Field

from api.languages import Said
from api.schemas.shapes import Answer, Body, DeadlineView, Line, MomentView, Person
from catalog.mending import FIELDS
from catalog.reviewing import DoubtCode
from catalog.words import Kind, Outcome, ReviewState, Timing

_GIST = "`gist` of the item you looked at: 409 if it has been read anew meanwhile and says something else"

Mendable = Annotated[str, Field(max_length=30, json_schema_extra={"enum": list(FIELDS)})]


class DoubtView(Answer):
    """One reason to ask, with the words of the page that gave it."""

    code: DoubtCode
    says: Said = Field(examples=["The page names different dates for one and the same thing."])
    quotes: list[str] = Field(examples=[["Apply by 3 May 2027", "The deadline is 10 May 2027"]])


class ReviewItemView(Answer):
    """A posting about which a person is, or was, asked. The fields are as the source says them, without mends."""

    id: str = Field(examples=["rvw_5q0k3v8m1n7p2r6s4t9w0xyza"])
    state: ReviewState
    source: str
    source_title: str
    asked_at: dt.datetime
    doubts: list[DoubtView] = Field(description="Why a person is asked; empty once somebody has decided")
    title: str
    organisation: str
    kind: Kind
    url: str
    host: str = Field(description="The host of `url`, in its ASCII form")
    summary: str
    outcome: Outcome
    timing: Timing
    deadlines: list[DeadlineView]
    opens: MomentView | None
    starts: MomentView | None
    ends: MomentView | None
    values: dict[str, str] = Field(
        description="What can be mended, as one writes it: what the source says now", examples=[{"deadline": "unknown"}]
    )
    mends: dict[str, str] = Field(
        description="What a person put right, by field", examples=[{"deadline": "2027-05-31"}]
    )
    why: str = Field(description="What the person who decided wrote")
    decided_by: Person | None
    decided_at: dt.datetime | None
    opportunity_id: str | None = Field(description="The opportunity that carries the posting")
    also_from: list[str] = Field(
        description="Titles of other sources that carry the same opportunity: it stays open after a refusal",
        examples=[["Call Digest"]],
    )
    gist: str = Field(description="Of what is decided about: send it with your decision")


class ReviewPage(Answer):
    """One page of the queue."""

    items: list[ReviewItemView]
    next: str | None
    waiting: int = Field(description="How many wait for somebody, on all pages")


class ReviewBody(Body):
    """It is right as it was read."""

    gist: Annotated[str, Field(max_length=64, description=_GIST)] = ""


class MendBody(ReviewBody):
    """It is right but for these fields."""

    values: dict[Mendable, Annotated[Line, Field(min_length=1, max_length=500)]] = Field(
        min_length=1,
        max_length=10,
        description="By field: title, organisation, kind; deadline (YYYY-MM-DD, rolling or unknown); opens, starts,"
        " ends (YYYY-MM-DD or unknown); outcome (open or closed)",
        examples=[{"deadline": "2027-05-31"}],
    )
    why: Line = Field("", max_length=500, description="Shown as the reason wherever the value is shown")


class RefuseBody(ReviewBody):
    """It is nothing for mentees."""

    why: Line = Field("", max_length=500)
