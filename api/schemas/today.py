"""What needs a mentor today, and who has had nothing lately."""

import datetime as dt
from typing import Any

from pydantic import Field

from api.languages import Said
from api.schemas.forwards import ForwardedOpportunity
from api.schemas.recommendations import EligibilityView, MatchView, ReasonView, TimeLeftView
from api.schemas.shapes import Answer, Person
from catalog.words import ChangeKind, Funding
from recommender.day import DueBecause


class TodayCounts(Answer):
    """How many there are in all, also of those that are not listed."""

    new: int
    changed: int
    due: int
    unanswered: int


class NewItem(Answer):
    """A call that is new, fits, and nothing was done about: as a row of the mentee's list would show it."""

    opportunity: ForwardedOpportunity
    first_seen_at: dt.datetime
    funding: Funding
    score: float = Field(description="Percentile, comparable only within this mentee", examples=[97.2])
    line: Said = Field(description="Why, in one sentence")
    reasons: list[ReasonView]
    match: MatchView | None
    eligibility: EligibilityView
    time_left: TimeLeftView


class PassingOn(Answer):
    """A message to pass a change on with, ready to be copied."""

    subject: str
    message: str


class ChangedItem(Answer):
    """A change of something sent or saved, as it was and as it is. Shown until it is seen to, for 30 days."""

    notice_id: str = Field(description="For POST /v1/notices/{id}/done", examples=["ntc_01k9z5v3q8m4n7p2r6s1t0w9xy"])
    opportunity: ForwardedOpportunity
    kind: ChangeKind
    said: str = Field(description="The change in a sentence, in the mentor's language")
    old: Any
    new: Any
    old_quote: str
    new_quote: str
    read_at: dt.datetime
    forward_id: str | None = Field(description="What was sent; null when it was saved")
    sent_at: dt.datetime | None
    draft: PassingOn


class DueItem(Answer):
    """Something to do something about."""

    because: DueBecause = Field(
        description="reminder: asked for; deadline: sent or saved, and it closes within a week, or too "
        "soon after your next digest; snooze_over: put aside until now; "
        "not_sent: a mail that failed, or may not have left (see `failed_because` of the forward)"
    )
    opportunity: ForwardedOpportunity
    on: dt.date | None = Field(description="The deadline, or the day it was to come back")
    forward_id: str | None
    decision_id: str | None
    reminder_id: str | None
    text: str = Field(description="Of a reminder: what the mentor noted")


class UnansweredItem(Answer):
    """Something sent a week or more ago, still open, that nobody answered."""

    forward_id: str
    opportunity: ForwardedOpportunity
    sent_at: dt.datetime
    days: int = Field(examples=[9])


class UnservedGoal(Answer):
    """A goal that no open opportunity serves."""

    id: str
    text: str


class MenteeToday(Answer):
    """What needs somebody for one mentee: the first 3 that are new and 5 of the others, all counted; up to 100 of each
    where the mentee was asked for."""

    mentee: Person
    counts: TodayCounts
    new: list[NewItem] = Field(max_length=100)
    changed: list[ChangedItem] = Field(max_length=100)
    due: list[DueItem] = Field(max_length=100)
    unanswered: list[UnansweredItem] = Field(max_length=100)
    last_sent_at: dt.datetime | None
    unserved_goals: list[UnservedGoal]


class QuietMentee(Answer):
    """A mentee to whom nothing was sent for 60 days or more."""

    mentee: Person
    last_sent_at: dt.datetime | None = Field(description="null: never")
    days: int = Field(description="Since then, or since they were added", examples=[73])


class StaleSource(Answer):
    """A source that was not read well lately: what it says may be out of date."""

    name: str
    title: str
    last_healthy_at: dt.datetime | None = Field(description="null: never")


class TodayPage(Answer):
    """One page of mentees who need somebody, the most urgent first; the rest of the answer is about all of them."""

    on: dt.date = Field(description="The date where the mentor is")
    items: list[MenteeToday]
    next: str | None = Field(description="Cursor of the next page; null on the last one")
    total: int = Field(description="Mentees who need somebody")
    counts: TodayCounts
    quiet: list[QuietMentee] = Field(description="The ten who have waited longest", max_length=10)
    quiet_total: int
    stale_sources: list[StaleSource]
    looked_at: dt.datetime | None = Field(
        description="When the recommender last looked for the mentee it looked for longest ago"
    )


class FairnessItem(Answer):
    """How one mentee fares."""

    mentee: Person
    mentors: list[Person]
    last_sent_at: dt.datetime | None = Field(description="null: never")
    days: int = Field(description="Since then, or since they were added")
    quiet: bool = Field(description="60 days or more")
    unserved_goals: list[UnservedGoal]


class FairnessPage(Answer):
    """One page of mentees, those who have waited longest first."""

    items: list[FairnessItem]
    next: str | None = Field(description="Cursor of the next page; null on the last one")
    total: int
    quiet_total: int
