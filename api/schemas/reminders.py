"""Reminders of an opportunity for a mentee."""

import datetime as dt

from pydantic import Field

from api.languages import Said
from api.schemas.forwards import ForwardedOpportunity
from api.schemas.shapes import Answer, Body, Identifier, Line, Person
from catalog.values import Day
from catalog.words import ReminderBasis

_BASIS = (
    "date: on `remind_on`; deadline: `days_before` the deadline; start_by: `days_before` the latest sensible day to "
    "begin. The last two move with the deadline"
)


class When(Body):
    """On which day."""

    basis: ReminderBasis = Field(description=_BASIS)
    remind_on: Day | None = Field(None, description="Needed with `date`, and with it only")
    days_before: int = Field(0, ge=0, le=365, description="The lead time, in days")


class ReminderBody(When):
    """A new reminder for me."""

    mentee_id: Identifier = Field(examples=["mte_01k9z5v3q8m4n7p2r6s1t0w9xy"])
    opportunity_id: Identifier = Field(examples=["opp_5q0k3v8m1n7p2r6s4t9w0xyza"])
    text: Line = Field("", max_length=300, examples=["Ask whether the letters are on their way"])


class ReminderPatch(Body):
    """Fields of a reminder to change; what is left out, or null, stays. A new day is said whole, in `when`."""

    when: When | None = None
    text: Line | None = Field(None, max_length=300)
    done: bool | None = None


class ReminderView(Answer):
    """A reminder with the day it falls on as things stand now."""

    id: str = Field(examples=["rem_01k9z5v3q8m4n7p2r6s1t0w9xy"])
    mentee: Person
    opportunity: ForwardedOpportunity
    remind: Person | None = Field(description="Whom; null: every mentor of this mentee")
    asked_by_mentee: bool = Field(description="They answered `remind_me`")
    forward_id: str | None
    basis: ReminderBasis
    days_before: int
    text: str
    day: dt.date | None = Field(description="null: the date it hung on is no longer given, so it is due")
    due: bool = Field(description="Its day has come where you are, and it is not done")
    moved_from: dt.date | None = Field(description="The deadline when it was set, if that is no longer it")
    done_at: dt.datetime | None
    created_at: dt.datetime
    version: int = Field(description="The ETag is made from it")


class ReminderPage(Answer):
    """One page of reminders: those to come by day, done ones newest first."""

    items: list[ReminderView]
    next: str | None


class ReminderChoice(Answer):
    """A day to be reminded on, ready to be sent back."""

    basis: ReminderBasis
    days_before: int
    day: dt.date
    label: Said = Field(examples=["The latest sensible day to begin (letters of recommendation take about 21 days)"])
    usual: bool = Field(description="Mine: so long before the deadline as `reminder_lead_days` of /v1/me says")


class ReminderChoices(Answer):
    """Days that suggest themselves, those that are still to come; none where nothing is dated."""

    items: list[ReminderChoice]
    next: str | None = None
