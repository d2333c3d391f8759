"""What mentors decided about opportunities for a mentee."""

import datetime as dt

from pydantic import Field

from api.schemas.forwards import ForwardedOpportunity
from api.schemas.shapes import Answer, Body, Identifier, Person
from catalog.values import Day
from catalog.words import DecisionKind, DismissReason


class DecisionBody(Body):
    """Save, snooze or dismiss an opportunity for a mentee. A new decision replaces the last one."""

    opportunity_id: Identifier = Field(examples=["opp_5q0k3v8m1n7p2r6s4t9w0xyza"])
    kind: DecisionKind
    reason: DismissReason | None = Field(None, description="Needed to dismiss; of no other kind")
    until: Day | None = Field(None, description="Needed to snooze: it comes back on this day. Of no other kind")


class DecisionView(Answer):
    """What was decided."""

    id: str
    mentee_id: str
    opportunity_id: str
    opportunity_title: str
    kind: DecisionKind
    reason: DismissReason | None
    until: dt.date | None
    decided_by: Person | None
    created_at: dt.datetime


class DecidedView(DecisionView):
    """What was decided, with the opportunity as it stands now: a row of a list of what was saved."""

    opportunity: ForwardedOpportunity


class DecisionPage(Answer):
    """One page of decisions, newest first."""

    items: list[DecidedView]
    next: str | None
